// How time, memory and cost of a country's plan grow with its orders: the report of shanpai bench city as an SVG chart.
import { LineChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { NationalReport, NationalRun } from "./national.ts";
import { plainSvg } from "./plain-svg.ts";

echarts.use([LineChart, GridComponent, TitleComponent, SVGRenderer]);

const WIDTH = 960;
const HEIGHT = 330;
const PANEL = 300;

/** The chart; it needs nothing else. */
export function nationalChart({ runs, jobs, machine }: NationalReport): string {
  const panels: readonly {
    readonly title: string;
    readonly value: (run: NationalRun) => number;
    readonly more?: (run: NationalRun) => number;
  }[] = [
    {
      title: "seconds (upper: answer, lower: first plan)",
      value: ({ totalS }) => totalS,
      more: ({ firstPlanS }) => firstPlanS,
    },
    { title: "peak memory, MB", value: ({ peakMb }) => peakMb },
    { title: "soft cost per order served, min", value: ({ levels, served }) => (levels[1] ?? 0) / served / 60 },
  ];
  const points = (value: (run: NationalRun) => number) =>
    runs.map((run) => [run.orders, Math.round(value(run) * 100) / 100]);
  const line = (axis: number, colour: string, value: (run: NationalRun) => number) => ({
    ...{ type: "line", xAxisIndex: axis, yAxisIndex: axis, symbolSize: 7, data: points(value) },
    ...{ lineStyle: { color: colour }, itemStyle: { color: colour } },
  });
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: [
      ...panels.map(({ title }, at) => ({
        text: title,
        left: 20 + at * (PANEL + 15),
        top: 8,
        textStyle: { fontSize: 13 },
      })),
      {
        text: `orders; ${jobs} threads, ${machine}`,
        left: "center",
        bottom: 4,
        textStyle: { fontSize: 11, fontWeight: "normal" },
      },
    ],
    grid: panels.map((_, at) => ({ left: 60 + at * (PANEL + 15), width: PANEL - 70, top: 44, bottom: 60 })),
    xAxis: panels.map((_, at) => ({ gridIndex: at, type: "value", splitNumber: 3, axisLabel: { rotate: 30 } })),
    yAxis: panels.map((_, at) => ({ gridIndex: at, type: "value", min: 0 })),
    series: panels.flatMap(({ value, more }, at) => [
      line(at, "#0072B2", value),
      ...(more ? [line(at, "#D55E00", more)] : []),
    ]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return plainSvg(svg, "Seconds, peak memory and soft cost of an order by the number of orders");
}
