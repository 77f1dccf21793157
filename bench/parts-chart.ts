// The report of shanpai bench parts as an SVG chart: a panel for each figure, a line for each variant, intervals as bars.
import { CustomChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { meanWithInterval } from "./interval.ts";
import { COLUMNS, type Column, runsOf } from "./parts-table.ts";
import { type PartsReport, VARIANTS, type Variant } from "./parts-worth.ts";
import { plainSvg } from "./plain-svg.ts";

echarts.use([CustomChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008), and marks of different shape, by variant. */
const LOOKS = [
  { colour: "#666666", symbol: "rect" },
  { colour: "#CC6699", symbol: "triangle" },
  { colour: "#0072B2", symbol: "circle" },
  { colour: "#D55E00", symbol: "diamond" },
  { colour: "#009E73", symbol: "path://M0 5.5L5-4H-5Z" },
] as const;

const PANEL = { width: 400, height: 230, left: 52, right: 16, top: 34, bottom: 46 };
const LEGEND = 64;
const COLUMNS_WIDE = 2;
/** Share of the way between two levels that lies between the marks of two variants at one level. */
const APART = 0.1;

interface Mean {
  readonly level: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The chart; it needs nothing else and is readable on white and on dark pages. */
export function partsChart(report: PartsReport): string {
  const { orders, engineers, seeds, levels } = report;
  const rows = Math.ceil(COLUMNS.length / COLUMNS_WIDE);
  const corner = (index: number) => ({
    left: (index % COLUMNS_WIDE) * PANEL.width + PANEL.left,
    top: LEGEND + Math.floor(index / COLUMNS_WIDE) * PANEL.height,
  });
  const size = { width: COLUMNS_WIDE * PANEL.width, height: LEGEND + rows * PANEL.height };
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    color: LOOKS.map(({ colour }) => colour),
    legend: { left: PANEL.left - 10, top: 6, data: VARIANTS.map(({ name }) => name) },
    title: [
      {
        ...{ left: PANEL.left - 10, top: 46, textStyle: { fontSize: 12, fontWeight: "normal", color: "#555555" } },
        text: `${orders} orders, ${engineers} engineers; mean of ${seeds.length} seeds with 95 % interval`,
      },
      ...COLUMNS.map(({ title }, index) => ({
        ...{ text: title, left: corner(index).left - 10, top: corner(index).top + 6, textStyle: { fontSize: 12 } },
      })),
    ],
    grid: COLUMNS.map((_, index) => ({
      left: corner(index).left,
      top: corner(index).top + PANEL.top,
      width: PANEL.width - PANEL.left - PANEL.right,
      height: PANEL.height - PANEL.top - PANEL.bottom,
    })),
    // Levels lie at 0, 1, 2, ...
    xAxis: COLUMNS.map((_, gridIndex) => ({
      ...{ gridIndex, type: "value", min: -0.5, max: levels.length - 0.5, interval: 0.5 },
      ...{ splitLine: { show: false }, axisTick: { show: false }, nameLocation: "middle", nameGap: 26 },
      name: "SKUs of the trade that a van carries",
      axisLabel: { formatter: (at: number) => (levels[at] === undefined ? "" : `${levels[at]} %`) },
    })),
    yAxis: COLUMNS.map((_, gridIndex) => ({
      ...{ gridIndex, type: "value", min: 0, splitNumber: 5 },
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
    })),
    series: COLUMNS.flatMap((column, axis) => seriesOf(report, column, axis)),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return plainSvg(svg, "Orders served, working time, loans and detours by van stock");
}

/** Lines and intervals of one panel. */
function seriesOf(report: PartsReport, column: Column, axis: number) {
  // Variants without lenders have no loans to draw.
  const shown = VARIANTS.map((variant, index) => ({ variant, ...LOOKS[index]! })).filter(
    ({ variant }) => !column.ofLoans || variant.lenders !== "none",
  );
  return shown.flatMap(({ variant, colour, symbol }, position) => {
    const aside = (position - (shown.length - 1) / 2) * APART;
    const means = meansOf(report, variant, column).map((each) => ({
      ...each,
      at: report.levels.indexOf(each.level) + aside,
    }));
    const own = { xAxisIndex: axis, yAxisIndex: axis, name: variant.name, itemStyle: { color: colour } };
    return [
      {
        ...own,
        ...{ type: "line", symbol, symbolSize: 9, lineStyle: { color: colour, opacity: 0.45, width: 1 } },
        data: means.map(({ at, mean }) => [at, mean]),
      },
      {
        ...own,
        ...{
          type: "custom",
          renderItem: whisker,
          data: means.map(({ at, low, high }) => [at, Math.max(0, low), high]),
        },
        encode: { x: 0, y: [1, 2] },
      },
    ];
  });
}

function meansOf(report: PartsReport, { name }: Variant, { value }: Column): Mean[] {
  return report.levels.flatMap((level) => {
    const { mean, interval } = meanWithInterval(runsOf(report, level, name).map(value));
    return mean === null ? [] : [{ level, mean, low: interval?.[0] ?? mean, high: interval?.[1] ?? mean }];
  });
}

/** What ECharts hands to a custom series, as far as it is used here. */
interface Coordinates {
  value(dimension: number): number;
  coord(point: readonly [number, number]): [number, number];
  visual(name: "color"): string;
}

/** An interval as a bar with two ends. */
function whisker(_: unknown, { value, coord, visual }: Coordinates) {
  const [x, low] = coord([value(0), value(1)]);
  const [, high] = coord([value(0), value(2)]);
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: "line",
    shape: { x1, y1, x2, y2 },
    style: { stroke: visual("color"), lineWidth: 1.5 },
  });
  const children = [line(x, low, x, high), line(x - 3, low, x + 3, low), line(x - 3, high, x + 3, high)];
  return { type: "group", children };
}
