// Runs a suite of instances through an assigner and measures every plan against the best-known value.
import { performance } from "node:perf_hooks";
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import type { AssignRequest, AssignResponse } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, PlanSchema, Stop_Kind } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { check } from "../solver/check/check.ts";
import type { Assigner } from "./assigner.ts";
import { type BestKnown, readBestKnown } from "./best-known.ts";
import { commitOfPackage, machineName } from "./machine.ts";
import type { BenchReport, BenchResult, BenchSettings } from "./report.ts";
import {
  findInstances,
  type Instance,
  readInstance,
  SUITES,
  type Suite,
  type SuiteName,
  supportedInstances,
} from "./suites.ts";

export interface BenchOptions {
  /** The version that is measured, such as "v0.2". */
  readonly name?: string | undefined;
  readonly suite: SuiteName;
  /** Folder that holds the suites' folders. */
  readonly dir: string;
  /** Glob over instance names, such as "R1*". */
  readonly instances: string;
  /** Longest solve, seconds; undefined: none stated, so 10 s, or none when `iterations` is given. */
  readonly timeLimitS?: number | undefined;
  /** Iterations of each worker; undefined: as many as the time allows. */
  readonly iterations?: number | undefined;
  /** Every instance is solved once with each. */
  readonly seeds: readonly number[];
  /** Workers on each solve. */
  readonly workers: number;
  /** Solves side by side; default 1. They share the machine, so times are then not comparable. */
  readonly jobs?: number | undefined;
  /** Keep the plans' routes in the results; default false. */
  readonly routes?: boolean | undefined;
}

/** Called after every solve with its result, how many are done, and the report so far, in the order of completion. */
export type OnProgress = (result: BenchResult, done: number, total: number, report: BenchReport) => void;

/** What a report says of a run with these options, here and now. */
export async function settingsOf(options: BenchOptions): Promise<BenchSettings> {
  return {
    name: options.name ?? null,
    suite: options.suite,
    instances: options.instances,
    timeLimitS: options.timeLimitS ?? null,
    iterations: options.iterations ?? null,
    seeds: [...options.seeds],
    workers: options.workers,
    jobs: options.jobs ?? 1,
    routes: options.routes ?? false,
    machine: machineName(),
    node: process.version,
    commit: await commitOfPackage(),
  };
}

/**
 * Solves every instance that is supported with every seed, but for those in `finished`, whose results are taken over. Rejects, naming instance and seed,
 * as soon as a solve is refused.
 */
export async function runBench(
  options: BenchOptions,
  assigner: Assigner,
  onProgress: OnProgress,
  finished: readonly BenchResult[] = [],
): Promise<BenchReport> {
  const settings = await settingsOf(options);
  const suite: Suite = SUITES[options.suite];
  const found = await findInstances(suite, options.dir, options.instances);
  const { supported: instances, unsupported } = await supportedInstances(suite, found);
  const bestKnown = suite.bestKnown === undefined ? new Map<string, BestKnown>() : await readBestKnown(suite.bestKnown);
  const tasks = instances.flatMap((instance) => options.seeds.map((seed) => ({ instance, seed })));
  const results = tasks.map(({ instance, seed }) =>
    finished.find((result) => result.instance === instance.name && result.seed === seed),
  );
  const report = () => ({
    ...settings,
    ...(unsupported.length > 0 ? { unsupported } : {}),
    results: results.filter((result) => result !== undefined),
  });
  const left = tasks.map((_, index) => index).filter((index) => results[index] === undefined);
  let next = 0;
  const work = async () => {
    while (next < left.length) {
      const index = left[next++]!;
      const { instance, seed } = tasks[index]!;
      const best = bestKnown.get(instance.name);
      const result = await solve(suite, instance, seed, best, options, assigner).catch((error) => {
        // The other jobs begin nothing new.
        next = left.length;
        throw error;
      });
      results[index] = result;
      const soFar = report();
      onProgress(result, soFar.results.length, tasks.length, soFar);
    }
  };
  await Promise.all(Array.from({ length: settings.jobs }, work));
  return report();
}

async function solve(
  suite: Suite,
  instance: Instance,
  seed: number,
  best: BestKnown | undefined,
  options: BenchOptions,
  assigner: Assigner,
): Promise<BenchResult> {
  try {
    const text = await readInstance(suite, instance);
    const request = suite.request(text);
    request.search = searchOf(options, seed);
    const begin = performance.now();
    const response = await assigner.assign(request);
    const elapsedS = (performance.now() - begin) / 1000;
    return {
      instance: instance.name,
      seed,
      elapsedS,
      iterations: Number(response.statistics?.iterations ?? 0n),
      ...judge(suite, text, request, response, best, options.routes ?? false),
    };
  } catch (cause) {
    throw new Error(`${instance.name}, seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function searchOf({ timeLimitS, iterations, workers }: BenchOptions, seed: number) {
  const search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.ROUTE, seed: BigInt(seed), workers });
  if (iterations !== undefined) search.iterations = BigInt(iterations);
  if (timeLimitS !== undefined) {
    const ms = Math.round(timeLimitS * 1000);
    search.timeLimit = create(DurationSchema, { seconds: BigInt(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1e6 });
  }
  return search;
}

/** Everything about a plan that does not depend on how it was found. */
function judge(
  suite: Suite,
  text: string,
  request: AssignRequest,
  response: AssignResponse,
  best: BestKnown | undefined,
  keepRoutes: boolean,
) {
  const plan = response.plan ?? create(PlanSchema);
  const routes = routesOf(plan);
  const { cost, problems } = suite.evaluate(text, routes);
  if (!response.plan) problems.push("the answer has no plan");
  for (const finding of check(request, plan)) {
    const where = [finding.engineerId, finding.stopIndex, finding.orderId].filter((part) => part !== undefined);
    problems.push(`${finding.code} at ${where.join("/")}: expected ${finding.expected}, got ${finding.got}`);
  }
  const valid = problems.length === 0;
  const served = new Set(routes.flatMap(({ visits }) => visits.filter((visit) => visit !== 0)));
  const unassigned = request.orders.length - served.size;
  const engineersUsed = routes.filter(({ visits }) => visits.some((visit) => visit !== 0)).length;
  const comparable =
    best !== undefined &&
    valid &&
    best.unserved === unassigned &&
    (suite.fewestEngineers !== true || best.vehicles === engineersUsed);
  return {
    cost,
    levels: (response.cost?.levels ?? []).map(Number),
    bestKnown: best?.value ?? null,
    gap: comparable ? (cost - best.value) / best.value : null,
    engineersUsed,
    unassigned,
    valid,
    problems,
    ...(keepRoutes ? { routes } : {}),
  };
}

/** Routes in the instance's own numbers. */
function routesOf(plan: Plan): { engineer: number; visits: number[] }[] {
  return plan.routes.map((route) => ({
    engineer: Number(route.engineerId),
    visits: route.stops
      .filter(({ kind }) => kind === Stop_Kind.SERVICE || kind === Stop_Kind.SUPPLY)
      .map(({ kind, orderId }) => (kind === Stop_Kind.SUPPLY ? 0 : Number(orderId))),
  }));
}
