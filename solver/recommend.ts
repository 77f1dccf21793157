// The best insertions of one order into a running plan, by engineer and shift.
import type { Core } from "./core.ts";
import { decodePlan, type PlannedRoute } from "./decode.ts";
import type { SolveControl } from "./drive.ts";
import { type EncodedProblem, encodeProblem } from "./encode.ts";
import type { GivenStop, Problem } from "./model/problem.ts";
import { writeDistances } from "./plan-distances.ts";
import { withRunningPlan } from "./running.ts";
import type { Reason } from "./solution.ts";
import { reasonsOf, throwOnStatus } from "./solve.ts";

/** What is asked for beside the problem. */
export interface RecommendQuestion {
  readonly orderId: string;
  /** 1 to 100. */
  readonly limit: number;
  /** Most of one engineer and shift, 1 to 10. */
  readonly slots: number;
}

/** One insertion with the engineer's routes before and after it. */
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
  /** The problem that was solved: the running plan's orders and the one asked for. */
  readonly problem: Problem;
  readonly orderRow: number;
  /** Levels of the running plan without the order. */
  readonly levels: readonly bigint[];
  readonly insertions: readonly PlannedInsertion[];
  readonly reason: Reason | undefined;
}

/** Places for one order; undefined when the time was over first. */
export function recommend(
  core: Core,
  asked: Problem,
  question: RecommendQuestion,
  control: SolveControl,
): RecommendedPlaces | undefined {
  const problem = withRunningPlan(reduced(asked, question.orderId));
  const encoded = encodeProblem(problem);
  const isOver = () => control.stopped() || performance.now() >= control.deadlineMs;
  core.load(encoded.columns, isOver);
  const { exports } = core;
  throwOnStatus(exports.startPlan(0n), core, encoded);
  exports.openRunning();
  const orderIds = new Set(problem.orders.map(({ id }) => id));
  const orderRow = problem.orders.findIndex(({ id }) => id === question.orderId);
  const others = asked.orders.filter(({ id }) => !orderIds.has(id));
  const levels = [...core.int64s(exports.runningLevels.value, problem.levels.length)].map(
    (value, level) => value + leftOutCost(problem.levels[level]!, others),
  );
  if (exports.findInsertions(orderRow, question.limit, question.slots) === 0) return undefined;
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
const ROW_BYTES = 72;
const ROUTE_AT = 48;

function plannedInsertions(
  core: Core,
  problem: Problem,
  encoded: EncodedProblem,
  orderRow: number,
): PlannedInsertion[] {
  const { exports } = core;
  const orderId = problem.orders[orderRow]!.id;
  const routesOf = (engineerRow: number) => {
    exports.writeEngineer(engineerRow);
    const planWords = core.int32s(exports.planWords.value, exports.planLength.value);
    if (encoded.columns.distance.length === 0) writeDistances(problem, encoded, planWords);
    return decodePlan(problem, { planWords });
  };
  return Array.from({ length: exports.insertionCount.value }, (_, index) => {
    const at = exports.insertions.value + index * ROW_BYTES;
    const levelChanges = [...core.int64s(at, problem.levels.length)];
    const { engineer } = encoded.routes[core.int32s(at + ROUTE_AT, 1)[0]!]!;
    const engineerRow = problem.engineers.indexOf(engineer);
    const before = routesOf(engineerRow);
    exports.makeInsertion(orderRow, index);
    const after = routesOf(engineerRow);
    exports.rollBack();
    const stopOf = (route: PlannedRoute) =>
      route.stops.findIndex((stop) => stop.kind === "order" && stop.orderId === orderId);
    const route = after.find((one) => stopOf(one) >= 0)!;
    return { levelChanges, before, after, route, stop: stopOf(route) };
  });
}

/** The problem with the orders that the running plan serves, and the one asked for, which it does not. */
function reduced(asked: Problem, orderId: string): Problem {
  const served = new Set([orderId]);
  const engineers = asked.engineers.map((engineer) => ({
    ...engineer,
    shifts: engineer.shifts.map((shift) => {
      for (const given of [...shift.chain, ...shift.warm]) if (given.kind === "order") served.add(given.orderId);
      return {
        ...shift,
        warm: shift.warm.filter((given: GivenStop) => given.kind !== "order" || given.orderId !== orderId),
      };
    }),
  }));
  return { ...asked, mode: "insert", engineers, orders: asked.orders.filter(({ id }) => served.has(id)) };
}
