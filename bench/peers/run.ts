// Our solver and others on the same instances: equal time, one core, every answer recomputed and checked.
import { readFile } from "node:fs/promises";
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import type { AssignRequest, AssignResponse, Progress } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { check } from "../../solver/check/check.ts";
import { retime } from "../../solver/check/retime.ts";
import { readBestKnown } from "../best-known.ts";
import { commitOfPackage, machineName } from "../machine.ts";
import { findInstances, SUITES, type Suite, type SuiteName } from "../suites.ts";
import { hgs, vroom } from "./binaries.ts";
import type { Peer, PeerAnswer, TracePoint } from "./peer.ts";
import { type PeerProblem, peerProblem } from "./problem.ts";
import { ortools, pyvrp } from "./python.ts";

/** All other solvers, by name. */
export const PEERS: Readonly<Record<string, Peer>> = { pyvrp, ortools, vroom, hgs };

/** Our own solver's name in a report. */
export const OWN = "shanpai";

export interface PeerRun {
  readonly solver: string;
  readonly instance: string;
  readonly seed: number;
  /** Wall time of the call, with everything the solver does before and after its search. */
  readonly elapsedS: number;
  /** Published cost, recomputed; 0 where there is no plan. */
  readonly cost: number;
  readonly bestKnown: number | null;
  /** (cost - bestKnown) / bestKnown; null where a plan is not valid or leaves somebody out. */
  readonly gap: number | null;
  readonly vehicles: number;
  readonly unserved: number;
  readonly problems: readonly string[];
  /** Published costs after so many seconds, as far as the solver tells. */
  readonly trace?: readonly TracePoint[] | undefined;
}

export interface PeersReport {
  readonly suite: SuiteName;
  readonly instances: string;
  readonly seconds: number;
  readonly seeds: readonly number[];
  readonly machine: string;
  readonly node: string;
  readonly commit: string | null;
  /** Versions by solver, and why others are absent. */
  readonly versions: Readonly<Record<string, string>>;
  readonly absent: Readonly<Record<string, string>>;
  readonly runs: readonly PeerRun[];
}

export interface PeersOptions {
  readonly suite: SuiteName;
  readonly dir: string;
  readonly instances: string;
  readonly seconds: number;
  readonly seeds: readonly number[];
  readonly peers: readonly string[];
}

/** Whoever answers requests and tells how the search stands. */
export interface TellingAssigner {
  assign(request: AssignRequest, onProgress: (progress: Progress) => void): Promise<AssignResponse>;
}

/** Runs every solver on every instance with every seed, one after the other. */
export async function runPeers(
  options: PeersOptions,
  assigner: TellingAssigner,
  onRun: (run: PeerRun, done: number, total: number) => void,
): Promise<PeersReport> {
  const suite: Suite = SUITES[options.suite];
  const instances = await findInstances(suite, options.dir, options.instances);
  const bestKnown = suite.bestKnown === undefined ? undefined : await readBestKnown(suite.bestKnown);
  const versions: Record<string, string> = {};
  const absent: Record<string, string> = {};
  const solvers: Peer[] = [ourselves(assigner)];
  for (const name of options.peers) {
    const found = await PEERS[name]!.find();
    if ("absent" in found) absent[name] = found.absent;
    else {
      versions[name] = found.version;
      solvers.push(PEERS[name]!);
    }
  }
  const runs: PeerRun[] = [];
  for (const { name, path } of instances) {
    const text = await readFile(path, "utf8");
    const request = suite.request(text);
    const problem = peerProblem(request);
    for (const seed of options.seeds)
      for (const solver of solvers) {
        const begin = performance.now();
        const answer = await ask(solver, problem, request, options.seconds, seed);
        const elapsedS = (performance.now() - begin) / 1000;
        const judged = judge(suite, text, request, problem, answer, bestKnown?.get(name)?.value);
        const run = { solver: solver.name, instance: name, seed, elapsedS, ...judged };
        runs.push(run);
        onRun(run, runs.length, instances.length * options.seeds.length * solvers.length);
      }
  }
  const { suite: suiteName, instances: pattern, seconds, seeds } = options;
  return {
    ...{ suite: suiteName, instances: pattern, seconds, seeds, machine: machineName(), node: process.version },
    ...{ commit: await commitOfPackage(), versions, absent, runs },
  };
}

type Answer = PeerAnswer & { readonly failure?: string };

async function ask(
  solver: Peer,
  problem: PeerProblem,
  request: AssignRequest,
  seconds: number,
  seed: number,
): Promise<Answer> {
  const own = solver as Partial<OwnSolver>;
  return (own.answer ? own.answer(request, seconds, seed) : solver.solve(problem, seconds, seed)).catch(
    (error: Error) => ({
      routes: [],
      failure: error.message,
    }),
  );
}

/** Our own solver reads the request itself. */
interface OwnSolver extends Peer {
  answer(request: AssignRequest, seconds: number, seed: number): Promise<PeerAnswer>;
}

function ourselves(assigner: TellingAssigner): OwnSolver {
  return {
    name: OWN,
    find: async () => ({ version: "" }),
    solve: () => Promise.reject(new Error("asked by its request")),
    answer: async (request, seconds, seed) => {
      const ms = Math.round(seconds * 1000);
      const timeLimit = create(DurationSchema, { seconds: BigInt(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1e6 });
      const search = create(SearchOptionsSchema, {
        mode: SearchOptions_Mode.ROUTE,
        seed: BigInt(seed),
        workers: 1,
        timeLimit,
      });
      const trace: TracePoint[] = [];
      const row = new Map(peerProblem(request).numbers.map((number, index) => [String(number), index]));
      const { plan } = await assigner.assign({ ...request, search }, ({ elapsed, levels, unassigned }) => {
        const cost = Number(levels.at(-1) ?? 0n);
        if (unassigned === 0 && (trace.length === 0 || cost < trace.at(-1)![1]))
          trace.push([Number(elapsed?.seconds ?? 0n) + (elapsed?.nanos ?? 0) / 1e9, cost]);
      });
      const routes = (plan?.routes ?? []).map(({ stops }) =>
        stops.flatMap(({ orderId }) => (orderId === "" ? [] : [row.get(orderId)!])),
      );
      return { routes, trace };
    },
  };
}

/** The published cost of the routes, and whether anything is wrong with them: nothing of what a solver says of itself is believed. */
function judge(
  suite: Suite,
  text: string,
  request: AssignRequest,
  { numbers }: PeerProblem,
  { routes, trace, failure }: Answer,
  best: number | undefined,
) {
  const used = routes.filter((route) => route.length > 0).map((route) => route.map((row) => numbers[row] ?? -1));
  const engineers = request.engineers.map(({ id }) => id);
  const { cost, problems } = suite.evaluate(
    text,
    used.map((visits, index) => ({ engineer: Number(engineers[index] ?? -1), visits })),
  );
  const words = failure === undefined ? [...problems] : [failure];
  const plan = create(PlanSchema, {
    routes: used.map((visits, index) => ({
      engineerId: engineers[index] ?? "",
      stops: visits.map((number) => ({ kind: Stop_Kind.SERVICE, orderId: String(number) })),
    })),
  });
  if (words.length === 0) {
    const { filled } = retime(request, plan);
    for (const { code, engineerId, orderId } of check(request, { ...filled, routes: sorted(filled.routes) }))
      if (code !== "ORDER_MISSING") words.push(`${code} at ${engineerId ?? ""} ${orderId ?? ""}`.trim());
  }
  const served = new Set(used.flat());
  const unserved = request.orders.length - served.size;
  const scale = request.ticksPerSecond || 1;
  return {
    cost,
    bestKnown: best ?? null,
    gap: best !== undefined && words.length === 0 && unserved === 0 ? (cost - best) / best : null,
    vehicles: used.length,
    unserved,
    problems: words,
    ...(trace && trace.length > 0 && { trace: trace.map(([seconds, ticks]): TracePoint => [seconds, ticks / scale]) }),
  };
}

const sorted = <T extends { engineerId: string }>(routes: readonly T[]) =>
  [...routes].sort((a, b) => Buffer.compare(Buffer.from(a.engineerId), Buffer.from(b.engineerId)));
