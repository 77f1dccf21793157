// What loans of parts are worth: days of the generated city at several levels of van stock, with and without a centre and lenders.
import { create } from "@bufbuild/protobuf";
import { z } from "zod";
import type { Lenders } from "../datasets/city/lending.ts";
import { generateCity } from "../datasets/city.ts";
import type { AssignRequest, AssignResponse } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../solver/check/check.ts";
import { costOf } from "../solver/check/cost.ts";
import { detourSeconds } from "../solver/check/detour.ts";
import { factsOf, readRoutes } from "../solver/check/facts.ts";
import { findings } from "../solver/check/finding.ts";
import { meetingsOf } from "../solver/check/meetings.ts";
import type { Assigner } from "./assigner.ts";
import { commitOfPackage, machineName } from "./machine.ts";

export interface Variant {
  readonly name: string;
  readonly centreStock: boolean;
  readonly lenders: Lenders;
  /** Name of the variant with one source less, that this one is compared with. */
  readonly against?: string;
}

/** Where parts come from besides the van. */
export const VARIANTS: readonly Variant[] = [
  { name: "on hand only", centreStock: false, lenders: "none" },
  { name: "on hand + loans", centreStock: false, lenders: "consent", against: "on hand only" },
  { name: "+ centre", centreStock: true, lenders: "none", against: "on hand only" },
  { name: "+ centre + loans", centreStock: true, lenders: "consent", against: "+ centre" },
  { name: "+ centre + loans from hubs", centreStock: true, lenders: "hubs", against: "+ centre" },
];

export interface PartsOptions {
  /** Orders and engineers of every day. */
  readonly orders: number;
  readonly engineers: number;
  /** Percent of the SKUs of its trade that a van carries. */
  readonly levels: readonly number[];
  /** Seeds of the day and of the search on it. */
  readonly seeds: readonly number[];
  /** Iterations of every solve. */
  readonly iterations: number;
}

const count = z.number().int().min(0);

const runSchema = z.object({
  level: count,
  variant: z.string(),
  seed: count,
  /** Orders. */
  served: count,
  /** Departure to return over all routes, unpaid breaks taken out, s. */
  working: count,
  travel: count,
  supplyStops: count,
  /** Meetings. */
  loans: count,
  /** Extra travel of both, hand-over and the lender's waiting, over all meetings, s. */
  detour: count,
  /** What the checker found. */
  problems: z.array(z.string()),
});

export const partsReportSchema = z.object({
  machine: z.string(),
  node: z.string(),
  commit: z.string().nullable(),
  orders: count,
  engineers: count,
  iterations: count,
  levels: z.array(count),
  seeds: z.array(count),
  /** By seed, level and variant. */
  runs: z.array(runSchema),
});

/** One plan. */
export type PartsRun = z.infer<typeof runSchema>;
export type PartsReport = z.infer<typeof partsReportSchema>;

/** Solves every day in every variant, `jobs` of them side by side, and judges each plan by the checker. */
export async function measureParts(
  options: PartsOptions,
  jobs: number,
  assigner: Assigner,
  onRun: (run: PartsRun) => void,
): Promise<PartsReport> {
  const { orders, engineers, levels, seeds, iterations } = options;
  const tasks = seeds.flatMap((seed) =>
    levels.flatMap((level) => VARIANTS.map((variant) => ({ seed, level, variant }))),
  );
  const runs: PartsRun[] = [];
  let next = 0;
  const work = async () => {
    while (next < tasks.length) {
      const index = next++;
      const { seed, level, variant } = tasks[index]!;
      const { name, centreStock, lenders } = variant;
      const request = generateCity({ orders, engineers, seed, vanStock: level, centreStock, lenders });
      request.search = create(SearchOptionsSchema, {
        mode: SearchOptions_Mode.ROUTE,
        seed: BigInt(seed),
        iterations: BigInt(iterations),
      });
      runs[index] = { level, variant: name, seed, ...judge(request, await assigner.assign(request)) };
      onRun(runs[index]);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return {
    machine: machineName(),
    node: process.version,
    commit: await commitOfPackage(),
    orders,
    engineers,
    iterations,
    levels: [...levels],
    seeds: [...seeds],
    runs,
  };
}

/** The figures of a plan, all from the checker's own reading of it. */
function judge(request: AssignRequest, response: AssignResponse): Omit<PartsRun, "level" | "variant" | "seed"> {
  const plan = response.plan!;
  const facts = factsOf(request);
  const { report } = findings();
  const meetings = meetingsOf(readRoutes(facts, plan, report), report);
  const { measures } = costOf(request, plan);
  const stops = (kind: Stop_Kind) =>
    plan.routes.reduce((sum, route) => sum + route.stops.filter((stop) => stop.kind === kind).length, 0);
  return {
    served: stops(Stop_Kind.SERVICE),
    // The city's ticks are seconds.
    working: Number(measures.workingTime),
    travel: Number(measures.travelTime),
    supplyStops: stops(Stop_Kind.SUPPLY),
    loans: meetings.length,
    detour: meetings.reduce((sum, meeting) => sum + detourSeconds(facts, meeting), 0),
    problems: checkResponse(request, response).map(
      ({ code, engineerId, stopIndex, orderId, expected, got }) =>
        `${code} at ${[engineerId, stopIndex, orderId].filter((part) => part !== undefined).join("/")}: expected ${expected}, got ${got}`,
    ),
  };
}
