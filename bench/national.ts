// A whole country's day: how long a first plan takes, how good the plan is after so much time, what memory it needs, and how all that grows.

import { generateCity } from "../datasets/city.ts";
import type { AssignRequest, AssignResponse } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkResponse } from "../solver/check/check.ts";

/** Orders and engineers of one operating centre. */
export const CENTRE = { orders: 125, engineers: 38 } as const;

/** Plans a request area by area. */
export type PlanNational = (
  request: AssignRequest,
  budget: Budget,
  onFirstPlan: (ms: number) => void,
) => Promise<AssignResponse>;

export interface Budget {
  /** Milliseconds for all areas together. */
  readonly timeLimitMs?: number;
  /** For each area. */
  readonly iterations?: number;
}

export interface NationalRun {
  readonly orders: number;
  readonly engineers: number;
  readonly centres: number;
  readonly budget: Budget;
  readonly seed: number;
  /** Seconds from the request to a plan that has looked at every order, and to the answer. */
  readonly firstPlanS: number;
  readonly totalS: number;
  /** CPU of all threads until the answer: what the time would be on one core of an idle machine. */
  readonly cpuS: number;
  readonly served: number;
  readonly leftOut: number;
  /** Orders left out weighted by priority, and soft cost in equivalent seconds: the levels. */
  readonly levels: readonly number[];
  readonly loans: number;
  /** What the independent checker says, and how long it takes. */
  readonly findings: number;
  readonly checkS: number;
  /** Largest memory of the process so far, MB; runs of one report get larger. */
  readonly peakMb: number;
}

export interface NationalReport {
  readonly machine: string;
  readonly node: string;
  readonly commit: string | null;
  readonly jobs: number;
  readonly runs: readonly NationalRun[];
}

/** Plans the generated country with `centres` centres of 125 orders and 38 engineers once. */
export async function runNational(
  plan: PlanNational,
  size: { orders: number; engineers: number; centres: number },
  budget: Budget,
  seed: number,
): Promise<NationalRun> {
  const request = generateCity({ ...size, seed });
  let firstPlanMs = Number.NaN;
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const answer = await plan(request, budget, (ms) => {
    firstPlanMs = ms;
  });
  const totalMs = performance.now() - begin;
  const used = process.cpuUsage(cpu);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const checking = performance.now();
  const findings = checkResponse(request, answer).length;
  const round = (ms: number) => Math.round(ms / 10) / 100;
  return {
    ...{
      ...size,
      budget,
      seed,
      firstPlanS: round(firstPlanMs),
      totalS: round(totalMs),
      cpuS: round((used.user + used.system) / 1000),
    },
    served: answer.assignments.length,
    leftOut: answer.plan!.unassigned.length,
    levels: answer.cost!.levels.map(Number),
    loans: answer.plan!.routes.reduce(
      (sum, { engineerId, stops }) => sum + stops.filter(({ loan }) => loan?.lenderEngineerId === engineerId).length,
      0,
    ),
    ...{ findings, checkS: round(performance.now() - checking), peakMb },
  };
}

/** Runs as text; `best` is what gaps are against: the best soft cost among runs of the same size with as few left out. */
export function nationalTable(runs: readonly NationalRun[]): string {
  const head = [
    "orders",
    "engineers",
    "centres",
    "budget",
    "first plan, s",
    "total, s",
    "CPU, s",
    "left out",
    "level 1",
    "soft cost, h",
    "gap, %",
    "loans",
    "peak, MB",
    "findings",
    "check, s",
  ];
  const rows = runs.map((run) => {
    const gap = gapOf(run, runs);
    return [
      ...[run.orders, run.engineers, run.centres].map(String),
      budgetWords(run.budget),
      ...[
        run.firstPlanS.toFixed(1),
        run.totalS.toFixed(1),
        run.cpuS.toFixed(1),
        String(run.leftOut),
        String(run.levels[0]),
        ((run.levels[1] ?? 0) / 3600).toFixed(1),
      ],
      gap === undefined ? "-" : gap.toFixed(2),
      ...[run.loans, run.peakMb, run.findings].map(String),
      run.checkS.toFixed(1),
    ];
  });
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]!.length)));
  return `${[head, ...rows].map((row) => row.map((cell, at) => cell.padStart(widths[at]!)).join("  ")).join("\n")}\n`;
}

const budgetWords = ({ timeLimitMs, iterations }: Budget) =>
  timeLimitMs === undefined ? `${iterations} it/area` : `${timeLimitMs / 1000} s`;

/** Soft cost over the longest run's of the same size and seed, in percent; undefined where that one leaves out others, or is this one. */
export function gapOf(run: NationalRun, runs: readonly NationalRun[]): number | undefined {
  const [longest] = runs
    .filter(({ orders, centres, seed }) => orders === run.orders && centres === run.centres && seed === run.seed)
    .sort((a, b) => b.totalS - a.totalS);
  if (!longest || longest === run || longest.levels[0] !== run.levels[0]) return undefined;
  return 100 * (run.levels[1]! / longest.levels[1]! - 1);
}
