// The best insertions of one order into a running plan, by engineer and shift.

import { isDeepStrictEqual } from "node:util";
import type { Core } from "./core.ts";
import { decodePlan, type PlannedRoute } from "./decode.ts";
import type { SolveControl } from "./drive.ts";
import { type EncodedProblem, encodeProblem, hasLoans } from "./encode.ts";
import type { GivenStop, Problem, ProblemEngineer } from "./model/problem.ts";
import { writeDistances } from "./plan-distances.ts";
import { withRunningPlan } from "./running.ts";
import type { Reason } from "./solution.ts";
import { reasonsOf, throwOnStatus } from "./solve.ts";
import { tieStops } from "./tied-stops.ts";

/** What is asked for beside the problem. */
export interface RecommendQuestion {
  readonly orderId: string;
  /** 1 to 100. */
  readonly limit: number;
  /** Most of one engineer and shift, 1 to 10. */
  readonly slots: number;
}

/** One insertion with the engineer's routes, and others that it changes, before and after it. */
export interface PlannedInsertion {
  /** Change of each level. */
  readonly levelChanges: readonly bigint[];
  readonly before: readonly PlannedRoute[];
  readonly after: readonly PlannedRoute[];
  /** Of `after`: the route that has the order, and the index of its stop behind the head. */
  readonly route: PlannedRoute;
  readonly stop: number;
}

/** The answer; `reason` only without insertions. */
export interface RecommendedPlaces {
  /** The problem that was solved: the running plan's orders and those that may be asked about. */
  readonly problem: Problem;
  readonly orderRow: number;
  /** Levels of the running plan without the order. */
  readonly levels: readonly bigint[];
  readonly insertions: readonly PlannedInsertion[];
  readonly reason: Reason | undefined;
}

/** A running plan in the core, ready for questions about orders that it does not serve. */
export interface LoadedPlan {
  readonly problem: Problem;
  readonly encoded: EncodedProblem;
  readonly levels: readonly bigint[];
  readonly epoch: number;
  /** Orders that may be asked about. */
  readonly open: ReadonlySet<string>;
}

/** Orders that a running plan is loaded with beside those it serves, at most: questions about them need no other load. */
const MOST_OPEN = 64;

/** Loads the running plan for a question about one order, and about others that it does not serve either. */
export function loadRunningPlan(core: Core, asked: Problem, orderId: string, control: SolveControl): LoadedPlan {
  const { reduced, open } = reduce(asked, orderId);
  const problem = tieStops(withRunningPlan(reduced));
  const encoded = encodeProblem(problem);
  core.load(encoded.columns, isOver(control));
  const { exports } = core;
  throwOnStatus(exports.startPlan(0n), core, encoded);
  exports.openRunning();
  const known = new Set(problem.orders.map(({ id }) => id));
  const others = asked.orders.filter(({ id }) => !known.has(id));
  const levels = [...core.int64s(exports.runningLevels.value, problem.levels.length)].map(
    (value, level) => value + leftOutCost(problem.levels[level]!, others),
  );
  return { problem, encoded, levels, epoch: core.epoch, open };
}

const isOver = (control: SolveControl) => () => control.stopped() || performance.now() >= control.deadlineMs;

/** True when the core still has the plan, and the order may be asked about. */
export function isLoaded(core: Core, loaded: LoadedPlan, orderId: string): boolean {
  return core.epoch === loaded.epoch && loaded.open.has(orderId);
}

/** Places for one order in a loaded plan; undefined when the time was over first. The plan is gone where there is a reason. */
export function recommend(
  core: Core,
  { problem, encoded, levels }: LoadedPlan,
  { orderId, limit, slots }: RecommendQuestion,
  control: SolveControl,
): RecommendedPlaces | undefined {
  core.watch(isOver(control));
  const orderRow = problem.orders.findIndex(({ id }) => id === orderId);
  if (core.exports.findInsertions(orderRow, limit, slots) === 0) return undefined;
  const insertions = plannedInsertions(core, problem, encoded, orderRow);
  const [reason] =
    insertions.length > 0 ? [] : reasonsOf(core, problem, encoded, Int32Array.of(orderRow), control, false);
  return { problem, orderRow, levels, insertions, reason };
}

/** What a level counts for orders that nobody asks about and nobody serves. */
function leftOutCost(weights: Problem["levels"][number], orders: Problem["orders"]): bigint {
  const sum = (of: (order: Problem["orders"][number]) => number) =>
    BigInt(orders.reduce((total, one) => total + of(one), 0));
  return (
    BigInt(weights[0]) * sum((one) => one.unassignedWeight) + BigInt(weights[5]) * sum((one) => one.priceTicks ?? 0)
  );
}

/** Bytes of an insertion and of the route in it: assembly/search/best-insertions.ts. */
const ROW_BYTES = 96;
const ROUTE_AT = 48;

function plannedInsertions(
  core: Core,
  problem: Problem,
  encoded: EncodedProblem,
  orderRow: number,
): PlannedInsertion[] {
  const { exports } = core;
  const orderId = problem.orders[orderRow]!.id;
  // A meeting ties routes of others to the engineer's.
  const tied = hasLoans(problem);
  const routesOf = (engineerRow: number) => {
    if (tied) exports.writePlan();
    else exports.writeEngineer(engineerRow);
    const planWords = core.int32s(exports.planWords.value, exports.planLength.value);
    if (encoded.columns.distance.length === 0) writeDistances(problem, encoded, planWords);
    return decodePlan(problem, { planWords });
  };
  const running = tied ? routesOf(0) : [];
  return Array.from({ length: exports.insertionCount.value }, (_, index) => {
    const at = exports.insertions.value + index * ROW_BYTES;
    const levelChanges = [...core.int64s(at, problem.levels.length)];
    const { engineer } = encoded.routes[core.int32s(at + ROUTE_AT, 1)[0]!]!;
    const engineerRow = problem.engineers.indexOf(engineer);
    const all = tied ? running : routesOf(engineerRow);
    exports.makeInsertion(orderRow, index);
    const made = routesOf(engineerRow);
    exports.rollBack();
    const { before, after } = changed(all, made, engineer);
    const stopOf = (route: PlannedRoute) =>
      route.stops.findIndex((stop) => stop.kind === "order" && stop.orderId === orderId);
    const route = after.find((one) => stopOf(one) >= 0)!;
    return { levelChanges, before, after, route, stop: stopOf(route) };
  });
}

/** The engineer's routes and those of others that are not as they were; by engineer and shift, the engineer's first. */
function changed(all: readonly PlannedRoute[], made: readonly PlannedRoute[], engineer: ProblemEngineer) {
  const isSame = (a: PlannedRoute, b: PlannedRoute) =>
    a.shift === b.shift && a.departure === b.departure && a.end === b.end && isDeepStrictEqual(a.stops, b.stops);
  const isMine = (route: PlannedRoute) => route.engineer === engineer;
  const others = made.filter((route) => !isMine(route) && !all.some((old) => isSame(old, route)));
  const wasOthers = all.filter((old) => others.some(({ shift }) => shift === old.shift));
  return { before: [...all.filter(isMine), ...wasOthers], after: [...made.filter(isMine), ...others] };
}

/** The problem with the orders that the running plan serves, without the one asked about, and that one and other open orders beside them. */
function reduce(asked: Problem, orderId: string): { reduced: Problem; open: Set<string> } {
  const served = new Set<string>();
  for (const { shifts } of asked.engineers)
    for (const { chain, tied, warm } of shifts)
      for (const given of [...chain, ...tied, ...warm]) if (given.kind === "order") served.add(given.orderId);
  const others = served.has(orderId) ? [] : asked.orders.filter(({ id }) => !served.has(id));
  const open = new Set(others.length > MOST_OPEN ? [orderId] : [orderId, ...others.map(({ id }) => id)]);
  const isAsked = (given: GivenStop) =>
    given.kind === "loan" ? given.meeting.orderId === orderId : given.kind === "order" && given.orderId === orderId;
  const engineers = asked.engineers.map((engineer) => ({
    ...engineer,
    shifts: engineer.shifts.map((shift) => ({ ...shift, warm: shift.warm.filter((given) => !isAsked(given)) })),
  }));
  const orders = asked.orders.filter(({ id }) => served.has(id) || open.has(id));
  return { reduced: { ...asked, mode: "insert", engineers, orders }, open };
}
