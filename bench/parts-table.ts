// The report of shanpai bench parts as text: means over the seeds with their intervals.
import { meanWithInterval } from "./interval.ts";
import type { PartsReport, PartsRun } from "./parts-worth.ts";
import { VARIANTS } from "./parts-worth.ts";
import { alignColumns } from "./table.ts";

interface Column {
  readonly name: string;
  readonly digits: number;
  readonly value: (run: PartsRun) => number;
}

/** What is told of each plan; the chart draws the same. */
export const COLUMNS: readonly Column[] = [
  { name: "orders served", digits: 1, value: ({ served }) => served },
  { name: "working time, h", digits: 1, value: ({ working }) => working / 3600 },
  { name: "loans", digits: 1, value: ({ loans }) => loans },
  { name: "detour, min", digits: 0, value: ({ detour }) => detour / 60 },
];

/** What is compared with the variant that has a centre and no loans, seed by seed. */
const DIFFERENCES: readonly Column[] = [
  { name: "more served", digits: 1, value: ({ served }) => served },
  { name: "min for each order", digits: 2, value: ({ working, served }) => working / 60 / Math.max(1, served) },
];

/** Runs of one level and variant, in the order of the seeds. */
export function runsOf({ runs }: PartsReport, level: number, variant: string): PartsRun[] {
  return runs.filter((run) => run.level === level && run.variant === variant);
}

const REFERENCE = VARIANTS[1].name;

/** One row for each level and variant; intervals are 95 %, differences paired by seed. */
export function partsTable(report: PartsReport): string {
  const { machine, node, commit, orders, engineers, iterations, seeds, levels, runs } = report;
  const header = [
    "van stock",
    "parts from",
    ...COLUMNS.map(({ name }) => name),
    ...DIFFERENCES.map(({ name }) => name),
  ];
  const rows = levels.flatMap((level) =>
    VARIANTS.map(({ name }) => {
      const own = runsOf(report, level, name);
      const reference = runsOf(report, level, REFERENCE);
      return [
        `${level} %`,
        name,
        ...COLUMNS.map(({ value, digits }) => cell(own.map(value), digits)),
        ...DIFFERENCES.map(({ value, digits }) =>
          name === REFERENCE
            ? "-"
            : cell(
                own.map((run, index) => value(run) - value(reference[index]!)),
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
    `the last two columns: against "${REFERENCE}" of the same seed`,
    "",
    ...alignColumns([header, ...rows]),
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
