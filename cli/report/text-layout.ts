// Plain text in columns for a terminal: display width, wrapping, alignment. CJK characters are two columns wide.

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that `text` takes in a terminal: 2 for East Asian wide characters (Unicode TR 11), 0 for combining ones. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** `text` filled with blanks to `width` columns; longer text is returned as it is. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Breaks `text` into lines of at most `width` columns: between words, between CJK characters, inside words only when they are longer. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const token of tokens(printable(text))) {
    if (textWidth(line + token) <= width) {
      line += token;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trimEnd());
    line = token.trimStart();
    while (textWidth(line) > width) {
      const head = fitting(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines.length > 0 ? lines : [""];
}

/** A column: a fixed minimum, or the one that takes what is left of the line and wraps. */
export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
  readonly fill?: boolean;
}

/**
 * Rows in aligned columns under their heads, two blanks apart, in `width` columns altogether. A cell is one text or several lines;
 * only the column with `fill` is wrapped, and columns empty in every row are left out.
 */
export function columns(
  spec: readonly Column[],
  rows: readonly (readonly (string | readonly string[])[])[],
  width: number,
): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? [cell] : cell).map(printable)));
  const kept = spec.map((_, at) => at).filter((at) => cells.some((row) => row[at]?.some((text) => text !== "")));
  const widths = spec.map(({ head }, at) =>
    Math.max(textWidth(head), ...cells.flatMap((row) => row[at]!.map(textWidth))),
  );
  const fixed = kept.reduce((total, at) => total + (spec[at]!.fill ? 0 : widths[at]! + 2), 0);
  const fill = Math.max(20, width - fixed);
  const line = (texts: readonly string[]) =>
    kept
      .map((at) => pad(texts[at] ?? "", spec[at]!.fill ? Math.min(fill, widths[at]!) : widths[at]!, spec[at]!.align))
      .join("  ")
      .trimEnd();
  const body = cells.flatMap((row) => {
    const wrapped = row.map((texts, at) => (spec[at]!.fill ? texts.flatMap((text) => wrap(text, fill)) : texts));
    const height = Math.max(...kept.map((at) => wrapped[at]!.length));
    return Array.from({ length: height }, (_, at) => line(wrapped.map((texts) => texts[at] ?? "")));
  });
  return [line(spec.map(({ head }) => head)), ...body];
}

/** Words, blanks and single wide characters, in order. */
function tokens(text: string): string[] {
  const found: string[] = [];
  let word = "";
  for (const character of text) {
    const alone = character === " " || WIDE.test(character);
    if (alone && word !== "") {
      found.push(word);
      word = "";
    }
    if (alone) found.push(character);
    else word += character;
  }
  return word === "" ? found : [...found, word];
}

/** The longest head of `text` within `width` columns, at least one character. */
function fitting(text: string, width: number): string {
  let head = "";
  for (const character of text) {
    if (head !== "" && textWidth(head + character) > width) break;
    head += character;
  }
  return head;
}

/** Control characters could move the cursor or recolour the terminal: each becomes a blank. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ");
}
