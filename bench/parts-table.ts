// The report of shanpai bench parts as text: means over the seeds with their intervals.
import { meanWithInterval } from "./interval.ts";
import { type PartsReport, type PartsRun, VARIANTS } from "./parts-worth.ts";
import { alignColumns } from "./table.ts";

export interface Column {
  /** In the table, and above the panel of the chart. */
  readonly name: string;
  readonly title: string;
  readonly digits: number;
  readonly value: (run: PartsRun) => number;
  /** It is 0 where nobody lends. */
  readonly ofLoans?: boolean;
}

/** What is told of each plan; the chart draws the same. */
export const COLUMNS: readonly Column[] = [
  { name: "orders served", title: "Orders served", digits: 1, value: ({ served }) => served },
  { name: "time, h", title: "Total working time, hours", digits: 1, value: ({ working }) => working / 3600 },
  { name: "loans", title: "Loans", digits: 1, value: ({ loans }) => loans, ofLoans: true },
  {
    name: "detour, min",
    title: "Detours of all loans, minutes",
    digits: 0,
    value: ({ detour }) => detour / 60,
    ofLoans: true,
  },
];

/** What is compared with the variant that has one source less, seed by seed. */
const DIFFERENCES: readonly Pick<Column, "name" | "digits" | "value">[] = [
  { name: "more served", digits: 1, value: ({ served }) => served },
  { name: "more time, h", digits: 1, value: ({ working }) => working / 3600 },
  { name: "more min an order", digits: 2, value: ({ working, served }) => working / 60 / Math.max(1, served) },
];

/** Runs of one level and variant, in the order of the seeds. */
export function runsOf({ runs }: PartsReport, level: number, variant: string): PartsRun[] {
  return runs.filter((run) => run.level === level && run.variant === variant);
}

/** One row for each level and variant; intervals are 95 %, differences paired by seed. */
export function partsTable(report: PartsReport): string {
  const { machine, node, commit, orders, engineers, iterations, seeds, levels, runs } = report;
  const columns = [...COLUMNS.map(({ name }) => name), "against", ...DIFFERENCES.map(({ name }) => name)];
  const rows = levels.flatMap((level) =>
    VARIANTS.map(({ name, against }) => {
      const own = runsOf(report, level, name);
      const others = against === undefined ? [] : runsOf(report, level, against);
      return [
        `${level} %`,
        name,
        ...COLUMNS.map(({ value, digits }) => cell(own.map(value), digits)),
        against ?? "-",
        ...DIFFERENCES.map(({ value, digits }) =>
          cell(
            others.map((other, index) => value(own[index]!) - value(other)),
            digits,
            true,
          ),
        ),
      ];
    }),
  );
  const invalid = runs.filter(({ problems }) => problems.length > 0);
  return `${[
    `${machine}, node ${node}, commit ${commit ?? "unknown"}`,
    `${orders} orders, ${engineers} engineers, ${iterations} iterations, seeds ${seeds.join(", ")}; mean ± half of the 95 % interval`,
    "",
    ...alignColumns([["van stock", "parts from", ...columns], ...rows]),
    "",
    `plans that are not valid: ${invalid.length} of ${runs.length}`,
    ...invalid.map(({ seed, level, variant, problems }) => `seed ${seed}, ${level} %, ${variant}: ${problems[0]}`),
  ].join("\n")}\n`;
}

function cell(values: readonly number[], digits: number, signed = false): string {
  const { mean, interval } = meanWithInterval(values);
  if (mean === null) return "-";
  const half = interval === null ? "" : ` ± ${((interval[1] - interval[0]) / 2).toFixed(digits)}`;
  return `${signed && mean > 0 ? "+" : ""}${mean.toFixed(digits)}${half}`;
}
