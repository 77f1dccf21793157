// One request from message to message: validate, solve, answer.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { Highs } from "highs";
import {
  type AssignRequest,
  type AssignResponse,
  AssignResponseSchema,
  type Bound,
  Bound_Proof,
  type ProgressSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  PlanSchema,
  type UnassignedOrder,
  UnassignedReason_Code,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level, OnInvalidOrder, SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CORE_VERSION, type Core } from "../../solver/core.ts";
import { CATALOGUE_VERSION } from "../../solver/criteria.ts";
import { decodePlan } from "../../solver/decode.ts";
import type { SolveControl, SolveProgress } from "../../solver/drive.ts";
import { compareIds } from "../../solver/model/ids.ts";
import type { Problem } from "../../solver/model/problem.ts";
import type { Proof } from "../../solver/prove/prove.ts";
import { proveSolution } from "../../solver/prove/solution.ts";
import { keepsRunning, withRunningPlan } from "../../solver/running.ts";
import { compareSolutions, type Solution } from "../../solver/solution.ts";
import { LocksInfeasibleError, StoppedError, solve } from "../../solver/solve.ts";
import { tieStops } from "../../solver/tied-stops.ts";
import { travelOf } from "../../solver/travel/travel.ts";
import { invalidRequest, RequestError, stopIfGone } from "../errors.ts";
import { boundToProto, matchBoundToProto } from "../messages/bound-to-proto.ts";
import { problemFromProto } from "../messages/from-proto.ts";
import { runningToProto } from "../messages/running-to-proto.ts";
import { assignmentsOf, costToProto, routeToProto, unassignedToProto } from "../messages/to-proto.ts";
import { durationMs } from "../pool/peek.ts";
import type { RoadTravel } from "../roads/road-task.ts";
import type { FieldViolation } from "../validate/report.ts";
import { unsupported } from "../validate/unsupported.ts";
import { invalidOrderRows, validate } from "../validate/validate.ts";
import { policyDigest, requestDigest } from "./digest.ts";
import { explanationsOf } from "./explanations.ts";

export { compareSolutions };
/** What one search brings back; the pool passes it on unread. */
export type WorkerSolution = Solution;

/** How the request is stopped and watched. */
export interface AssignControl extends Omit<SolveControl, "onProgress"> {
  readonly onProgress?: (progress: MessageInitShape<typeof ProgressSchema>) => void;
  /** Solver of linear programs; required where the request asks for a proof. */
  readonly highs?: Highs;
  /** The request as it came, for its digest; where it is absent, the request is encoded again. */
  readonly bytes?: Uint8Array;
  /** What the road engine said; required where the request names one. */
  readonly road?: RoadTravel;
}

/** The whole request in this thread. Throws RequestError. */
export function assign(core: Core, request: AssignRequest, control: AssignControl): AssignResponse {
  const started = performance.now();
  const prepared = prepare(request, control);
  if (request.validateOnly) return echo(request, { violations: prepared.violations.map(violationToProto) });
  // Before the search: nothing that takes long is left for after it.
  const digest = requestDigest(request, control.bytes);
  const solution = search(core, prepared.problem, beforeProof(request, control));
  const proof = proofOf(core, request, prepared, solution, beforeExplaining(request, control));
  return answer(request, prepared, digest, solution, [solution], started, proof, control);
}

/** The search alone, for one of several workers on a request. Throws RequestError. */
export function searchOnly(core: Core, request: AssignRequest, control: AssignControl): WorkerSolution {
  return search(core, prepare(request, control).problem, beforeProof(request, control));
}

/** The answer from the searches of several workers; the best plan wins. Throws RequestError. */
export function answerFrom(
  core: Core,
  request: AssignRequest,
  control: AssignControl,
  solutions: WorkerSolution[],
): AssignResponse {
  const started = performance.now();
  const best = [...solutions].sort(compareSolutions)[0]!;
  const prepared = prepare(request, control);
  const proof = proofOf(core, request, prepared, best, beforeExplaining(request, control));
  const digest = requestDigest(request, control.bytes);
  return answer(request, prepared, digest, best, solutions, started - best.searchMs, proof, control);
}

/** Longest proof where there is neither a limit for it nor one for the whole request. */
const DEFAULT_PROOF_MS = 10_000;
/** What is left of the time for the answer itself after a proof. */
const ANSWER_MS = 20;

/** True when the caller wants a bound that the search does not bring by itself. */
function asksForProof({ search }: AssignRequest): boolean {
  return search?.prove === true && search.mode !== SearchOptions_Mode.MATCH;
}

/** Milliseconds kept for the proof, of the time from now to the deadline. */
function proofMs(request: AssignRequest, { deadlineMs }: AssignControl): number {
  const left = Math.max(0, deadlineMs - performance.now());
  const limit = request.search?.proveTimeLimit;
  if (limit !== undefined) return Math.min(durationMs(limit), left);
  return Number.isFinite(left) ? left / 2 : DEFAULT_PROOF_MS;
}

/** What a pair of an order and an engineer takes to explain, at most this share of the time there is. */
const EXPLAIN_PAIR_MS = 0.1;
const EXPLAIN_SHARE = 0.2;

/** Milliseconds kept for alternatives, of the time from now to the deadline. */
function explainMs({ explain, orders, engineers }: AssignRequest, { deadlineMs }: AssignControl): number {
  if (explain?.level !== Explain_Level.ALTERNATIVES || !Number.isFinite(deadlineMs)) return 0;
  const pairs = (explain.orderIds.length || orders.length) * engineers.length;
  return Math.min(pairs * EXPLAIN_PAIR_MS, Math.max(0, deadlineMs - performance.now()) * EXPLAIN_SHARE);
}

/** The control of everything before the explanations: it ends early by what they may take. */
function beforeExplaining(request: AssignRequest, control: AssignControl): AssignControl {
  return { ...control, deadlineMs: control.deadlineMs - explainMs(request, control) };
}

/** The search's control: it ends early by what proof and explanations may take. */
function beforeProof(request: AssignRequest, control: AssignControl): AssignControl {
  const early = beforeExplaining(request, control);
  return asksForProof(request) ? { ...early, deadlineMs: early.deadlineMs - proofMs(request, early) } : early;
}

interface TimedProof {
  readonly proof: Proof;
  readonly ms: number;
}

/** The bound of a plan, where it is asked for; undefined where it is not. */
function proofOf(
  core: Core,
  request: AssignRequest,
  { problem }: Prepared,
  solution: Solution,
  control: AssignControl,
): TimedProof | undefined {
  if (!asksForProof(request)) return undefined;
  const { highs, deadlineMs } = control;
  if (!highs) throw new Error("a proof needs a solver of linear programs");
  const begun = performance.now();
  // Of a request with both limits what the search left unused goes to the proof.
  const limit = request.search?.proveTimeLimit;
  const longest = limit ? durationMs(limit) : Number.isFinite(deadlineMs) ? deadlineMs - begun : DEFAULT_PROOF_MS;
  const end = Math.min(begun + longest, deadlineMs - ANSWER_MS);
  const proof = proveSolution(core, problem, solution, {
    highs,
    stopped: () => control.stopped() || performance.now() >= end,
  });
  stopIfGone(control);
  return { proof, ms: performance.now() - begun };
}

/** A request that may be answered. */
export interface Prepared {
  /** As it is solved: what a running plan breaks is eased. */
  readonly problem: Problem;
  /** As it was asked. */
  readonly asked: Problem;
  readonly violations: readonly FieldViolation[];
  /** Orders left out as broken, with what is wrong. */
  readonly broken: ReadonlyMap<string, readonly FieldViolation[]>;
}

/** Validates a request and makes its problem. Throws RequestError. */
export function prepare(request: AssignRequest, control: Pick<AssignControl, "stopped" | "road">): Prepared {
  const violations = validate(request);
  stopIfGone(control);
  const broken = new Map<string, readonly FieldViolation[]>();
  if (violations.length > 0 && !request.validateOnly) {
    const rows = invalidOrderRows(violations);
    const inOrders = [...rows.values()].reduce((sum, list) => sum + list.length, 0);
    if (request.onInvalidOrder !== OnInvalidOrder.LEAVE_OUT || inOrders < violations.length)
      throw invalidRequest(violations);
    for (const [index, list] of rows) broken.set(request.orders[index]!.id, list);
  }
  const reason = unsupported(request);
  if (reason !== undefined && violations.length === 0) throw new RequestError("UNIMPLEMENTED", reason);
  if (request.validateOnly) return { problem: undefined as never, asked: undefined as never, violations, broken };
  try {
    const asked = problemFromProto(request, new Set(broken.keys()), travelOf(request, control.road?.tables));
    return {
      problem: tieStops(keepsRunning(asked) ? withRunningPlan(asked) : asked),
      asked,
      violations,
      broken,
    };
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError("INVALID_ARGUMENT", error.message);
    throw error;
  }
}

function search(core: Core, problem: Problem, control: AssignControl): Solution {
  stopIfGone(control);
  const { onProgress } = control;
  try {
    return solve(core, problem, {
      workerIndex: control.workerIndex,
      deadlineMs: control.deadlineMs,
      stopped: control.stopped,
      ...(control.progressIntervalMs !== undefined && { progressIntervalMs: control.progressIntervalMs }),
      ...(onProgress && { onProgress: (progress) => onProgress(progressToProto(progress)) }),
    });
  } catch (error) {
    if (error instanceof StoppedError) throw new RequestError("CANCELLED", error.message);
    if (error instanceof LocksInfeasibleError)
      throw invalidRequest([{ field: "current_plan", description: error.message, code: "LOCKS_INFEASIBLE" }]);
    if (error instanceof RangeError) throw new RequestError("INVALID_ARGUMENT", error.message);
    throw error;
  }
}

export const milliseconds = (ms: number) => ({
  seconds: BigInt(Math.floor(ms / 1000)),
  nanos: Math.floor((ms % 1000) * 1e6),
});

function progressToProto(progress: SolveProgress): MessageInitShape<typeof ProgressSchema> {
  const { elapsedMs, iterations, levels, unassigned, engineersUsed, fraction } = progress;
  return { elapsed: milliseconds(elapsedMs), iterations, levels, unassigned, engineersUsed, fraction };
}

const violationToProto = ({ field, description, code }: FieldViolation) => ({ field, description, code });

function echo(request: AssignRequest, rest: MessageInitShape<typeof AssignResponseSchema>): AssignResponse {
  return create(AssignResponseSchema, { requestId: request.requestId, labels: request.labels, ...rest });
}

function answer(
  request: AssignRequest,
  prepared: Prepared,
  digest: string,
  solution: Solution,
  all: readonly Solution[],
  started: number,
  proof: TimedProof | undefined,
  control: AssignControl,
): AssignResponse {
  const { problem, asked, broken } = prepared;
  const planned = decodePlan(problem, solution);
  const routes = planned.map((route) => routeToProto(request, problem, route));
  const unassigned = [
    ...[...solution.absent].map((row, index) => unassignedToProto(problem, row, solution.reasons[index]!)),
    ...[...broken].map(([orderId, violations]): UnassignedOrder => brokenToProto(orderId, violations)),
  ].sort((a, b) => compareIds(a.orderId, b.orderId));
  const { explanations, unexplained } = explanationsOf(request, problem, planned, { unassigned }, control);
  const bound = solution.match
    ? matchBoundToProto(problem, solution.levels, solution.match)
    : routeBound(solution, proof);
  return echo(request, {
    plan: create(PlanSchema, { routes, unassigned }),
    assignments: assignmentsOf(routes),
    ...(solution.running && { running: runningToProto(request, asked, solution.running, planned, routes) }),
    cost: costToProto(problem, solution, planned),
    ...(bound && { bound }),
    ...(control.road && { travelReport: control.road.report }),
    explanations,
    provenance: {
      requestDigest: digest,
      policyDigest: policyDigest(problem.policy),
      catalogueVersion: CATALOGUE_VERSION,
      coreVersion: CORE_VERSION,
      seed: problem.seed,
      travelSource: problem.travel.source,
    },
    statistics: {
      iterations: all.reduce((sum, one) => sum + one.iterations, 0n),
      elapsed: milliseconds(performance.now() - started),
      search: milliseconds(solution.searchMs),
      firstPlan: milliseconds(solution.firstPlanMs),
      lastImprovement: milliseconds(solution.lastImprovementMs),
      workers: all.length,
      unexplained,
      ...(proof && { proof: milliseconds(proof.ms), noBoundReason: proof.proof.reason ?? "" }),
    },
  });
}

function routeBound(solution: Solution, timed: TimedProof | undefined): Bound | undefined {
  if (timed?.proof.levels === undefined) return undefined;
  const kind = timed.proof.kind === "priced-out" ? Bound_Proof.PRICED_OUT : Bound_Proof.LAGRANGIAN;
  return boundToProto(solution.levels, timed.proof.levels, kind);
}

function brokenToProto(orderId: string, violations: readonly FieldViolation[]): UnassignedOrder {
  return {
    $typeName: "shanpai.dispatch.v1.UnassignedOrder",
    orderId,
    relaxations: [],
    reasons: [
      {
        $typeName: "shanpai.dispatch.v1.UnassignedReason",
        code: UnassignedReason_Code.INVALID_INPUT,
        criteria: [],
        witnessEngineerId: "",
        skus: [],
        violations: violations.map((violation) => ({
          $typeName: "shanpai.dispatch.v1.FieldViolation",
          ...violationToProto(violation),
        })),
        message: violations.map(({ field, description }) => `${field}: ${description}`).join("; "),
      },
    ],
  };
}
