// The report of shanpai bench parts as an SVG chart.
import type { PartsReport } from "./parts-worth.ts";

export function partsChart(report: PartsReport): string {
  return `${report.runs.length}`;
}
