// The memory and the handles of a server over hours, as a drawing.
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { plainSvg } from "../../bench/plain-svg.ts";

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The server at one moment of the load. */
export interface SoakSample {
  readonly seconds: number;
  readonly residentMb: number;
  readonly handles: number;
  readonly files: number;
}

const WIDTH = 900;
const HEIGHT = 320;

/** An SVG: megabytes on the left, handles and open files on the right. */
export function soakChart(samples: readonly SoakSample[], title: string): string {
  const line = (name: string, yAxisIndex: number, value: (sample: SoakSample) => number) => ({
    ...{ type: "line", name, yAxisIndex, showSymbol: false },
    data: samples.map((sample) => [sample.seconds / 60, value(sample)]),
  });
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    color: ["#0072B2", "#D55E00", "#E69F00"],
    title: { text: title, left: 8, top: 4, textStyle: { fontSize: 12, fontWeight: "normal" } },
    legend: { right: 8, top: 4 },
    grid: { left: 70, right: 60, top: 44, bottom: 44 },
    xAxis: { type: "value", name: "min", nameLocation: "middle", nameGap: 26 },
    yAxis: [
      { type: "value", min: 0, axisLabel: { formatter: "{value} MB" } },
      { type: "value", min: 0, splitLine: { show: false } },
    ],
    series: [
      line("resident memory", 0, ({ residentMb }) => residentMb),
      line("active handles", 1, ({ handles }) => handles),
      line("open files", 1, ({ files }) => files),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return plainSvg(svg, title);
}
