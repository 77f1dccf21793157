// The report of shanpai bench parts as an SVG chart: a panel for each figure, a line for each variant, intervals as bars.
import { scaleLinear, scalePoint } from "d3-scale";
import { meanWithInterval } from "./interval.ts";
import { COLUMNS, type Column, runsOf } from "./parts-table.ts";
import { type PartsReport, VARIANTS, type Variant } from "./parts-worth.ts";

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008), and marks of different shape, by variant. */
const LOOKS = [
  { colour: "#666666", mark: "M-4-4H4V4H-4Z" },
  { colour: "#CC6699", mark: "M0-5.5L5 4H-5Z" },
  { colour: "#0072B2", mark: "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z" },
  { colour: "#D55E00", mark: "M0-6L6 0L0 6L-6 0Z" },
  { colour: "#009E73", mark: "M0 5.5L5-4H-5Z" },
] as const;

const PANEL = { width: 400, height: 230, left: 52, right: 16, top: 34, bottom: 46 };
const LEGEND = 64;
const COLUMNS_WIDE = 2;
/** Pixels between the marks of two variants at one level. */
const APART = 9;

/** The chart; it needs nothing else and is readable on white and on dark pages. */
export function partsChart(report: PartsReport): string {
  const rows = Math.ceil(COLUMNS.length / COLUMNS_WIDE);
  const [width, height] = [COLUMNS_WIDE * PANEL.width, LEGEND + rows * PANEL.height];
  const panels = COLUMNS.map((column, index) => {
    const x = (index % COLUMNS_WIDE) * PANEL.width;
    const y = LEGEND + Math.floor(index / COLUMNS_WIDE) * PANEL.height;
    return `<g transform="translate(${x} ${y})">\n${panel(report, column)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Orders served, working time, loans and detours by van stock">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${legend(report)}
${panels.join("\n")}
</svg>
`;
}

function legend({ orders, engineers, seeds }: PartsReport): string {
  const keys = VARIANTS.map(({ name }, index) => {
    const x = PANEL.left + (index % 3) * 190;
    const y = 18 + Math.floor(index / 3) * 20;
    return `<g transform="translate(${x} ${y})">${markOf(index, 0, 0)}<text x="12" y="4" fill="#222222">${name}</text></g>`;
  });
  const note = `${orders} orders, ${engineers} engineers; mean of ${seeds.length} seeds with 95 % interval`;
  return `${keys.join("\n")}\n<text x="${PANEL.left - 4}" y="60" fill="#555555">${note}</text>`;
}

interface Mean {
  readonly level: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function meansOf(report: PartsReport, { name }: Variant, { value }: Column): Mean[] {
  return report.levels.flatMap((level) => {
    const { mean, interval } = meanWithInterval(runsOf(report, level, name).map(value));
    return mean === null ? [] : [{ level, mean, low: interval?.[0] ?? mean, high: interval?.[1] ?? mean }];
  });
}

function panel(report: PartsReport, column: Column): string {
  // Variants without lenders have no loans to draw.
  const shown = VARIANTS.map((variant, index) => ({ variant, index })).filter(
    ({ variant }) => !column.ofLoans || variant.lenders !== "none",
  );
  const lines = shown.map(({ variant, index }) => ({ index, means: meansOf(report, variant, column) }));
  const highest = Math.max(1, ...lines.flatMap(({ means }) => means.map(({ high }) => high)));
  const bottom = PANEL.height - PANEL.bottom;
  const right = PANEL.width - PANEL.right;
  const x = scalePoint(report.levels, [PANEL.left, right]).padding(0.5);
  const y = scaleLinear([0, highest], [bottom, PANEL.top]).nice(5);
  const ticks = y.ticks(5).map((tick) => {
    const at = round(y(tick));
    return `<path d="M${PANEL.left} ${at}H${right}" stroke="#e3e3e3"/><text x="${PANEL.left - 7}" y="${at + 4}" text-anchor="end" fill="#444444">${tick}</text>`;
  });
  const levels = report.levels.map(
    (level) => `<text x="${round(x(level)!)}" y="${bottom + 18}" text-anchor="middle" fill="#444444">${level} %</text>`,
  );
  const drawn = lines.map(({ index, means }, position) => {
    const aside = (position - (lines.length - 1) / 2) * APART;
    const at = ({ level }: Mean) => round(x(level)! + aside);
    const { colour } = LOOKS[index]!;
    const way = means.map((mean, step) => `${step === 0 ? "M" : "L"}${at(mean)} ${round(y(mean.mean))}`).join("");
    const whiskers = means.map((mean) => {
      const [low, high] = [round(y(Math.max(0, mean.low))), round(y(mean.high))];
      return `M${at(mean)} ${low}V${high}M${at(mean) - 3} ${low}h6M${at(mean) - 3} ${high}h6`;
    });
    const marks = means.map((mean) => markOf(index, at(mean), round(y(mean.mean))));
    return `<g><path d="${way}" fill="none" stroke="${colour}" stroke-opacity="0.45"/><path d="${whiskers.join("")}" stroke="${colour}" stroke-width="1.5" fill="none"/>${marks.join("")}</g>`;
  });
  return [
    `<text x="${PANEL.left - 4}" y="18" font-weight="600" fill="#222222">${column.title}</text>`,
    ...ticks,
    `<path d="M${PANEL.left} ${bottom}H${right}" stroke="#888888"/>`,
    ...levels,
    `<text x="${(PANEL.left + right) / 2}" y="${bottom + 36}" text-anchor="middle" fill="#555555">SKUs of the trade that a van carries</text>`,
    ...drawn,
  ].join("\n");
}

function markOf(index: number, x: number, y: number): string {
  const { colour, mark } = LOOKS[index]!;
  return `<path transform="translate(${x} ${y})" d="${mark}" fill="${colour}"/>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
