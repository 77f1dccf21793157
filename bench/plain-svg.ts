// A drawing of ECharts as a file of its own.

/** The drawing without the style for a pointer, which nobody points at it with, and with words for those who do not see it. */
export function plainSvg(svg: string, words: string): string {
  return svg
    .replace(/<style ?>.*?<\/style>\n?/s, "")
    .replaceAll(/ class="zr\d+-cls-\d+"/g, "")
    .replace(">", `><title>${words.replace(/[<>&]/g, "")}</title>`);
}
