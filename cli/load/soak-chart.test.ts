import { expect, test } from "vitest";
import { soakChart } from "./soak-chart.ts";

test("memory, handles and files are lines of one drawing with words", () => {
  const samples = [0, 10, 20].map((seconds) => ({ seconds, residentMb: 100 + seconds, handles: 7, files: 30 }));
  const svg = soakChart(samples, "30 min <at> 10 calls");
  expect(svg).toMatch(/^<svg [^>]+><title>30 min at 10 calls<\/title>/);
  expect(svg).not.toContain("NaN");
  for (const name of ["resident memory", "active handles", "open files"]) expect(svg).toContain(`>${name}</text>`);
  const lines = ["#0072B2", "#D55E00", "#E69F00"].map((colour) => svg.includes(`stroke="${colour}"`));
  expect(lines).toEqual([true, true, true]);
});
