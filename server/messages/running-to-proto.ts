// What an answer says of the running plan: its levels, the rules it still breaks, and what changed.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Assignment,
  type AssignRequest,
  FindingSchema,
  type PlanChange,
  PlanChange_Kind,
  PlanChangeSchema,
  type RunningPlan,
  RunningPlanSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Route } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { FindingCode } from "../../solver/check/codes.ts";
import type { PlannedRoute } from "../../solver/decode.ts";
import { isEligible } from "../../solver/explain/pair.ts";
import { compareIds } from "../../solver/model/ids.ts";
import type { Problem, ProblemEngineer, ProblemOrder, ProblemShift } from "../../solver/model/problem.ts";
import type { RunningPlan as Running } from "../../solver/solution.ts";
import { assignmentsOf } from "./to-proto.ts";

/** The running plan of a request beside the answer's routes; `asked` is the problem with none of its rules eased. */
export function runningToProto(
  request: AssignRequest,
  asked: Problem,
  running: Running,
  planned: readonly PlannedRoute[],
  routes: readonly Route[],
): RunningPlan {
  const before = new Map(assignmentsOf(request.currentPlan?.routes ?? []).map((row) => [row.orderId, row]));
  const after = new Map(assignmentsOf(routes).map((row) => [row.orderId, row]));
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort(compareIds);
  return create(RunningPlanSchema, {
    levels: running.levels,
    inherited: [...inheritedIn(asked, planned), ...lockedOutRows(asked, after)],
    releasedOrderIds: [...running.absent]
      .map((row) => asked.orders[row]!.id)
      .filter((id) => before.has(id))
      .sort(compareIds),
    changes: ids.flatMap((id) => changeOf(id, before.get(id), after.get(id)) ?? []),
  });
}

function changeOf(
  orderId: string,
  before: Assignment | undefined,
  after: Assignment | undefined,
): PlanChange | undefined {
  const kind = kindOf(before, after);
  return kind === undefined
    ? undefined
    : create(PlanChangeSchema, { orderId, kind, ...(before && { before }), ...(after && { after }) });
}

function kindOf(before: Assignment | undefined, after: Assignment | undefined): PlanChange_Kind | undefined {
  if (before === undefined) return PlanChange_Kind.ADDED;
  if (after === undefined) return PlanChange_Kind.DROPPED;
  if (before.engineerId !== after.engineerId || before.shiftIndex !== after.shiftIndex) return PlanChange_Kind.MOVED;
  const { start } = before;
  const same = start === undefined || (start.seconds === after.start?.seconds && start.nanos === after.start.nanos);
  return same ? undefined : PlanChange_Kind.RETIMED;
}

type Row = MessageInitShape<typeof FindingSchema>;

/** Orders that are locked to an engineer who cannot serve them any more, and are left out. */
function lockedOutRows({ orders, engineers }: Problem, after: ReadonlyMap<string, Assignment>): Row[] {
  return orders
    .filter(({ id, lockedTo }) => lockedTo !== undefined && !after.has(id))
    .map(({ id, lockedTo }) => {
      const engineer = engineers.find((one) => one.id === lockedTo!.engineerId)!;
      return row("LOCK_ENGINEER", engineer, `served in shift ${lockedTo!.shiftIndex}`, "left out", { orderId: id });
    });
}

/** The rules of the request that a plan breaks because the running plan did. */
function inheritedIn(asked: Problem, planned: readonly PlannedRoute[]): Row[] {
  const orders = new Map(asked.orders.map((order) => [order.id, order]));
  const rows: Row[] = [];
  for (const engineer of asked.engineers) {
    const mine = planned.filter(({ shift, engineer: { id } }) => id === engineer.id && shift.head?.over !== true);
    for (const route of mine) {
      const shift = engineer.shifts.find(({ index }) => index === route.shift.index)!;
      rows.push(...inStops(asked, engineer, shift, route, orders), ...inRoute(engineer, shift, route));
    }
    const served = mine.reduce((sum, route) => sum + servedIn(route), 0);
    if (served > (engineer.maxOrders ?? served))
      rows.push(row("ENGINEER_MAX_ORDERS", engineer, `at most ${engineer.maxOrders}`, served));
  }
  return rows;
}

const row = (code: FindingCode, engineer: ProblemEngineer, expected: string, got: string | number, at: Row = {}): Row =>
  create(FindingSchema, { code, engineerId: engineer.id, expected, got: `${got}`, ...at });

const servedIn = ({ stops, shift }: PlannedRoute) =>
  stops.filter(({ kind }) => kind === "order").length + (shift.head?.orders.length ?? 0);

function inStops(
  asked: Problem,
  engineer: ProblemEngineer,
  shift: ProblemShift,
  route: PlannedRoute,
  orders: ReadonlyMap<string, ProblemOrder>,
): Row[] {
  const rows: Row[] = [];
  const longest = engineer.maxLegTicks ?? Number.POSITIVE_INFINITY;
  const leg = (ticks: number, at: Row = {}) => {
    if (ticks > longest) rows.push(row("MAX_LEG", engineer, `at most ${longest} ticks`, ticks, at));
  };
  const tick = (ticks: number) => `tick ${ticks} after now`;
  for (const [index, stop] of route.stops.entries()) {
    const at = { stopIndex: (shift.head?.stops ?? 0) + index };
    leg(stop.travelTicks, at);
    if (stop.kind === "break") {
      const { window } = shift.breaks.find((pause) => pause.index === stop.breakIndex)!;
      if (stop.start > window.end)
        rows.push(row("START_NOT_ALLOWED", engineer, `not after ${tick(window.end)}`, tick(stop.start), at));
    }
    if (stop.kind !== "order") continue;
    const order = orders.get(stop.orderId)!;
    const here = { ...at, orderId: order.id };
    const last = order.windows.at(-1)!.end + order.graceTicks;
    if (order.lockedStart !== undefined) {
      if (stop.start !== last) rows.push(row("LOCK_TIME", engineer, tick(last), tick(stop.start), here));
    } else if (!order.windows.some(({ start, end }) => start <= stop.start && stop.start <= end + order.graceTicks))
      rows.push(row("START_NOT_ALLOWED", engineer, "a start in its windows", tick(stop.start), here));
    else if (order.promise?.firm && stop.start > order.promise.last) {
      const { last } = order.promise;
      rows.push(row("START_NOT_ALLOWED", engineer, `not after ${tick(last)}, as promised`, tick(stop.start), here));
    }
    if (!isEligible({ problem: asked, order, engineer }))
      rows.push(row("NOT_ELIGIBLE", engineer, "an eligible engineer", "ruled out, and locked", here));
  }
  leg(route.finalTravelTicks);
  return rows;
}

function inRoute(engineer: ProblemEngineer, shift: ProblemShift, route: PlannedRoute): Row[] {
  const served = servedIn(route);
  const limits: [FindingCode, number | undefined, number][] = [
    ["AFTER_SHIFT", shift.latest, route.end],
    ["MAX_TRAVEL", shift.maxTravelTicks, route.travelTicks],
    ["MAX_DISTANCE", shift.maxDistance, route.distance],
    ["MAX_WORKING", shift.maxWorkingTicks, route.workingTicks],
    ["SHIFT_MAX_ORDERS", shift.maxOrders, served],
  ];
  const rows = limits
    .filter(([, limit, value]) => value > (limit ?? value))
    .map(([code, limit, value]) => row(code, engineer, `at most ${limit}`, value));
  const taken = new Set(route.stops.flatMap((stop) => (stop.kind === "break" ? [stop.breakIndex] : [])));
  for (const { index, priceTicks } of served > 0 ? shift.breaks : [])
    if (priceTicks === undefined && !taken.has(index))
      rows.push(row("BREAK_MISSING", engineer, `break ${index} once`, 0));
  return rows;
}
