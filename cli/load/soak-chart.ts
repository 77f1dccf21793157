// The memory and the handles of a server over hours, as a drawing.
import { scaleLinear } from "d3-scale";

/** The server at one moment of the load. */
export interface SoakSample {
  readonly seconds: number;
  readonly residentMb: number;
  readonly handles: number;
  readonly files: number;
}

const WIDTH = 900;
const HEIGHT = 320;
const LEFT = 60;
const TOP = 40;
const RIGHT = 60;
const BOTTOM = 40;

/** An SVG: megabytes on the left, handles and open files on the right. */
export function soakChart(samples: readonly SoakSample[], title: string): string {
  const x = scaleLinear([0, samples.at(-1)?.seconds ?? 1], [LEFT, WIDTH - RIGHT]);
  const most = (key: "residentMb" | "handles" | "files") => Math.max(1, ...samples.map((one) => one[key]));
  const memory = scaleLinear([0, most("residentMb")], [HEIGHT - BOTTOM, TOP]).nice();
  const count = scaleLinear([0, Math.max(most("handles"), most("files"))], [HEIGHT - BOTTOM, TOP]).nice();
  const line = (colour: string, at: (one: SoakSample) => number) =>
    `<polyline fill="none" stroke="${colour}" points="${samples.map((one) => `${x(one.seconds).toFixed(1)},${at(one).toFixed(1)}`).join(" ")}"/>`;
  const text = (at: [number, number], words: string, anchor: string, colour = "#333") =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${words.replace(/[<&]/g, "")}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text([LEFT, 20], title, "start"),
    ...memory.ticks(5).map((value) => text([LEFT - 6, memory(value) + 4], `${value} MB`, "end", "#1f77b4")),
    ...count.ticks(5).map((value) => text([WIDTH - RIGHT + 6, count(value) + 4], String(value), "start", "#d62728")),
    ...x.ticks(6).map((value) => text([x(value), HEIGHT - 16], `${Math.round(value / 60)} min`, "middle")),
    line("#1f77b4", (one) => memory(one.residentMb)),
    line("#d62728", (one) => count(one.handles)),
    line("#ff7f0e", (one) => count(one.files)),
    text([WIDTH - RIGHT, 20], "resident memory, active handles, open files", "end"),
    "</svg>\n",
  ].join("\n");
}
