// shanpai bench candidates: what plans cost with candidates against all pairs, at equal iterations and at equal time.
import { z } from "zod";
import { type Arm, measureCandidates } from "../../bench/candidates-quality.ts";
import { alignColumns } from "../../bench/table.ts";
import { generateCity } from "../../datasets/city.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { loadCoreModule } from "../../solver/core.ts";
import { EXIT } from "../failure.ts";
import { file, milliseconds, parseOptions, seeds, whole } from "../options.ts";
import { groups } from "../report/format.ts";
import { type Origin, originLine, originOf, writeReport } from "./bench-report.ts";

const schema = z.object({
  orders: whole(1, 50_000),
  engineers: whole(1, 10_000),
  centres: whole(1, 1_000),
  candidates: seeds,
  seeds,
  iterations: whole(0, Number.MAX_SAFE_INTEGER),
  timeLimit: milliseconds,
  output: file.optional(),
});

/** Solves a generated city with each number of candidates and prints the table or writes JSON; returns the exit code. */
export async function benchCandidates(raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const { orders, engineers, centres, candidates, iterations, timeLimit, output } = options;
  const request = generateCity({ orders, engineers, centres, seed: 1 });
  // With parts for all, the arms leave the same orders out, and what they serve costs what can be compared.
  for (const centre of request.operatingCentres) for (const stock of centre.stock) stock.unlimited = true;
  const problem = problemFromProto(request, new Set());
  const module = await loadCoreModule();
  const measure = (budget: Parameters<typeof measureCandidates>[4]) =>
    measureCandidates(module, problem, candidates, options.seeds, budget);
  const report = {
    ...(await originOf()),
    orders,
    engineers,
    centres,
    iterations,
    timeMs: timeLimit,
    byIterations: iterations > 0 ? measure({ iterations }) : [],
    byTime: measure({ timeMs: timeLimit }),
  };
  await writeReport(report, output, table);
  return EXIT.ok;
}

interface Report extends Origin {
  readonly orders: number;
  readonly engineers: number;
  readonly centres: number;
  readonly iterations: number;
  readonly timeMs: number;
  readonly byIterations: readonly Arm[];
  readonly byTime: readonly Arm[];
}

const HEADER = [
  "budget",
  "candidates",
  "runs",
  "left out",
  "cost",
  "difference",
  "95 %",
  "fewer / more left out",
  "iterations",
];

function table(report: Report): string {
  const { orders, engineers, centres, iterations, timeMs, byIterations, byTime } = report;
  const rows = [
    ...byIterations.map((arm) => rowOf(`${groups(iterations)} iterations`, arm)),
    ...byTime.map((arm) => rowOf(`${timeMs / 1000} s`, arm)),
  ];
  return `${[
    originLine(report),
    `city of ${orders} orders, ${engineers} engineers, ${centres} centres`,
    "",
    ...alignColumns([HEADER, ...rows]),
  ].join("\n")}\n`;
}

function rowOf(budget: string, { engineers, runs, difference, interval, fewer, more }: Arm): string[] {
  const mean = (value: (run: Arm["runs"][number]) => number) =>
    runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  const percent = (share: number) => `${(100 * share).toFixed(3)} %`;
  return [
    budget,
    engineers === 0 ? "all pairs" : `${engineers}`,
    `${runs.length}`,
    mean((run) => run.unassigned).toFixed(1),
    groups(Math.round(mean((run) => run.cost))),
    difference === null ? "-" : percent(difference),
    interval === null ? "-" : interval.map(percent).join(" to "),
    `${fewer} / ${more}`,
    groups(Math.round(mean((run) => run.iterations))),
  ];
}
