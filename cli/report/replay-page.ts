// Replayed days as one HTML page: measures of every side, how orders were answered and served, who worked how long, and a map to step through.
import { basename } from "node:path";
import type { EChartsOption } from "echarts";
import type { Difference } from "../../replay/compare.ts";
import { comparedCells, MEASURE_ROWS, type ReplayRun, replayCells } from "../../replay/report.ts";
import type { Trace } from "../../replay/trace.ts";
import { CHART_COLOURS, type ChartSection, chartPage, tableOf } from "./chart-page.ts";
import { DAY_MAP_SCRIPT } from "./day-map-script.ts";
import { markup } from "./markup.ts";
import { type Projection, projectionOf } from "./projection.ts";

/** What happened on one side, to be drawn: its first day with its first seed. */
export interface TracedSide {
  readonly name: string;
  readonly trace: Trace;
}

export interface ReplayPage {
  readonly days: readonly string[];
  readonly runs: readonly ReplayRun[];
  readonly compared: readonly Difference[] | undefined;
  readonly traced: readonly TracedSide[];
}

const MAP_WIDTH = 1000;
const MINUTE = 60;

/** The page. */
export function replayPage({ days, runs, compared, traced }: ReplayPage): string {
  const sides = [...new Set(runs.map(({ side }) => side))];
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const places = traced.flatMap(({ trace }) => [
    ...trace.orders.map(({ place }) => place),
    ...trace.shifts.map(({ start }) => start),
    ...trace.centres,
  ]);
  const projection = projectionOf(places, MAP_WIDTH);
  return chartPage({
    title: `Replay: ${sides.join(" and ")}`,
    about: `${days.map((day) => basename(day)).join(", ")} · ${seeds} ${seeds === 1 ? "seed" : "seeds"}`,
    sections: [
      ...(projection ? [mapSection(traced, projection)] : []),
      {
        title: "Results",
        note: `Means over ${days.length === 1 ? "" : "days and "}seeds, smallest and largest in brackets.`,
        content: tableOf(
          ["", ...sides, ...(compared ? ["difference", "95 % interval"] : [])],
          MEASURE_ROWS.map((row) => [row.words, ...replayCells(row, sides, runs), ...comparedCells(row, compared)]),
        ),
        wide: true,
      },
      ...(compared ? [differenceSection(sides, runs, compared)] : []),
      ordersSection(traced),
      responseSection(traced),
      workSection(traced),
      timeSection(sides, runs),
    ],
    script: projection ? DAY_MAP_SCRIPT : "",
    ...(projection && { data: mapData(traced, projection) }),
  });
}

function mapSection(traced: readonly TracedSide[], { width, height }: Projection): ChartSection {
  return {
    title: "The day",
    note: "Move the clock or let it run. The first day with the first seed of every side.",
    wide: true,
    content: markup`
      <div class="day-clock">
        <button id="play" title="run the clock">▶</button>
        <button data-step="-900" title="15 minutes back">−15</button>
        <button data-step="900" title="15 minutes on">+15</button>
        <input id="moment" type="range" aria-label="moment of the day"><output id="moment-words"></output>
      </div>
      <div class="day-maps">${traced.map(({ name }, index) => markup`<div><h3>${name}</h3><div data-map="${index}" style="aspect-ratio:${width}/${height + 50};max-height:720px"></div></div>`)}</div>`,
  };
}

/** Rows as the page's script reads them (day-map-script.ts). */
function mapData(traced: readonly TracedSide[], projection: Projection) {
  const { width, height } = projection;
  const at = (place: Trace["centres"][number]) => {
    const { x, y } = projection.point(place) ?? { x: 0, y: 0 };
    return [round(x), round(y)];
  };
  return {
    begin: Math.min(...traced.map(({ trace }) => trace.begin)),
    end: Math.max(...traced.map(({ trace }) => trace.end)),
    zone: traced[0]?.trace.timeZone || "UTC",
    size: { width, height },
    sides: traced.map(({ trace }) => ({
      orders: trace.orders.map(({ id, place, created, answered, cancelled, begin, finish, late }) => [
        ...[id, ...at(place), created],
        ...[answered ?? null, cancelled ?? null, begin ?? null, finish ?? null, late ? 1 : 0],
      ]),
      shifts: trace.shifts.map(({ engineerId, start, stops }) => [
        engineerId,
        ...at(start),
        stops.map(({ place, leave, arrival, start, finish }) => [...at(place), leave, arrival, start, finish]),
      ]),
      centres: trace.centres.map((place) => [...at(place), "centre"]),
    })),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Beyond this a difference is in the table only: from a base of hardly anything it would flatten all others, per cent. */
const MOST_SHOWN = 200;
const edge = (percent: number) => Math.max(-MOST_SHOWN, Math.min(MOST_SHOWN, percent));

/** Differences of all measures in percent of the first side, those that it has none of left out. */
function differenceSection(
  sides: readonly string[],
  runs: readonly ReplayRun[],
  compared: readonly Difference[],
): ChartSection {
  const rows = MEASURE_ROWS.flatMap(({ measure, words }) => {
    const values = runs.filter(({ side }) => side === sides[0]).map(({ measures }) => measures[measure]);
    const base = values.reduce((sum, value) => sum + value, 0) / values.length;
    const found = compared.find((each) => each.measure === measure);
    if (!found || base === 0 || found.mean === 0) return [];
    const share = (value: number) => round((100 * value) / Math.abs(base));
    if (Math.abs(share(found.mean)) > MOST_SHOWN) return [];
    return [{ words: words.replace(/,.*/, ""), mean: share(found.mean), low: found.low, high: found.high, share }];
  });
  const intervals = rows.flatMap(({ low, high, share }, row) =>
    low === undefined || high === undefined
      ? []
      : [
          [edge(share(low)), row],
          [edge(share(high)), row],
          [null, null],
        ],
  );
  return {
    title: `${sides[1]} against ${sides[0]}`,
    note: `Difference in percent of the first, with its 95 % interval over the pairs; what differs by more than ${MOST_SHOWN} % is in the table.`,
    height: 60 + 26 * rows.length,
    chart: {
      grid: { left: 160, right: 30, top: 10, bottom: 40 },
      tooltip: {},
      xAxis: { type: "value", axisLabel: { formatter: "{value} %" } },
      yAxis: { type: "category", data: rows.map(({ words }) => words), inverse: true },
      series: [
        { type: "line", data: intervals, symbol: "none", lineStyle: { width: 3, color: "#666666" }, silent: true },
        { type: "scatter", data: rows.map(({ mean }, row) => [mean, row]), symbolSize: 10 },
      ],
    } as EChartsOption,
  };
}

/** Orders that came in, were answered and were served until each moment. */
function ordersSection(traced: readonly TracedSide[]): ChartSection {
  const [first] = traced;
  const begin = first?.trace.begin ?? 0;
  const steps = (times: readonly (number | undefined)[]) =>
    times
      .flatMap((time) => (time === undefined ? [] : [Math.max(0, (time - begin) / 3600)]))
      .sort((a, b) => a - b)
      .map((hour, index) => [Math.round(hour * 1000) / 1000, index + 1]);
  const line = (name: string, times: readonly (number | undefined)[], type: "solid" | "dashed", color: string) =>
    ({
      name,
      type: "line",
      step: "end",
      symbol: "none",
      data: steps(times),
      lineStyle: { type, color },
      itemStyle: { color },
    }) as const;
  return {
    title: "Orders over the day",
    note: "Hours since the day began. Solid: answered; dashed: service begun.",
    chart: {
      ...AXES("h", "orders"),
      series: [
        line("came in", first?.trace.orders.map(({ created }) => created) ?? [], "solid", "#999999"),
        ...traced.flatMap(({ name, trace: { orders } }, index) => [
          line(
            `${name}: answered`,
            orders.map(({ answered }) => answered),
            "solid",
            CHART_COLOURS[index]!,
          ),
          line(
            `${name}: begun`,
            orders.map(({ begin }) => begin),
            "dashed",
            CHART_COLOURS[index]!,
          ),
        ]),
      ],
    },
  };
}

const AXES = (x: string, y: string): EChartsOption => ({
  grid: { left: 50, right: 30, top: 40, bottom: 40 },
  legend: { top: 0, type: "scroll" },
  tooltip: { trigger: "axis" },
  xAxis: { type: "value", name: x, nameGap: 10 },
  yAxis: { type: "value", name: y },
});

/** Share of orders that were answered within so many minutes. */
function responseSection(traced: readonly TracedSide[]): ChartSection {
  return {
    title: "Response time",
    note: "Orders not called off that were answered within so many minutes, in percent.",
    chart: {
      ...AXES("min", "%"),
      series: traced.map(({ name, trace: { orders } }) => {
        const wanted = orders.filter(({ cancelled }) => cancelled === undefined);
        const waits = wanted
          .flatMap(({ created, answered }) =>
            answered === undefined ? [] : [Math.max(0, answered - created) / MINUTE],
          )
          .sort((a, b) => a - b);
        const data = waits.map((wait, index) => [round(wait), round((100 * (index + 1)) / wanted.length)]);
        return { name, type: "line" as const, step: "end" as const, symbol: "none", data: [[0, 0], ...data] };
      }),
    },
  };
}

/** Hours that every engineer worked, the busiest first. */
function workSection(traced: readonly TracedSide[]): ChartSection {
  const most = Math.max(0, ...traced.map(({ trace }) => trace.shifts.length));
  return {
    title: "Work of engineers",
    note: "From setting out to the last stop's end, the busiest first, in hours: the flatter, the fairer.",
    chart: {
      ...AXES("", "h"),
      xAxis: { type: "category", data: Array.from({ length: most }, (_, index) => `${index + 1}`) },
      series: traced.map(({ name, trace: { shifts } }) => ({
        name,
        type: "bar" as const,
        data: shifts
          .map(({ stops }) => (stops.length === 0 ? 0 : (stops.at(-1)!.finish - stops[0]!.leave) / 3600))
          .sort((a, b) => b - a)
          .map((hours) => Math.round(hours * 100) / 100),
      })),
    },
  };
}

/** Where working time goes, mean over all runs. */
function timeSection(sides: readonly string[], runs: readonly ReplayRun[]): ChartSection {
  const mean = (side: string, of: (measures: ReplayRun["measures"]) => number) => {
    const own = runs.filter((run) => run.side === side);
    return round(own.reduce((sum, { measures }) => sum + of(measures), 0) / own.length / 3600);
  };
  const part = (name: string, of: (measures: ReplayRun["measures"]) => number) =>
    ({ name, type: "bar", stack: "time", data: sides.map((side) => mean(side, of)) }) as const;
  return {
    title: "Working time",
    note: "Hours of all engineers, mean over all runs.",
    chart: {
      ...AXES("", "h"),
      xAxis: { type: "category", data: [...sides] },
      series: [
        part("travel", ({ travelS }) => travelS),
        part("idle", ({ idleS }) => idleS),
        part("service, breaks and centres", ({ workingS, travelS, idleS }) => workingS - travelS - idleS),
      ],
    },
  };
}
