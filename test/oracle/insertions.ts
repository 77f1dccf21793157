// Every insertion of one order into a plan, by enumeration, each with its parts booked and its times filled in: the oracle of INSERT and Recommend.
import { clone, create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  type Route,
  RouteSchema,
  type Stop,
  Stop_Kind,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { compareIds } from "../../solver/check/bookkeeping.ts";
import { isPast } from "../../solver/check/breaks.ts";
import { check } from "../../solver/check/check.ts";
import { clockOf } from "../../solver/check/clock.ts";
import { costOf } from "../../solver/check/cost.ts";
import { currentRoute, lockedHead, settledHead } from "../../solver/check/current.ts";
import { retime } from "../../solver/check/retime.ts";

/** A feasible insertion. */
export interface OracleInsertion {
  readonly engineerId: string;
  readonly shiftIndex: number;
  /** Stops of the plan's route before the order. */
  readonly place: number;
  /** The route had no stops. */
  readonly opens: boolean;
  readonly plan: Plan;
  readonly levels: readonly bigint[];
}

/** Supply stops that a route may have. */
const MOST_SUPPLIES = 2;

/** The feasible insertions of the order into the plan, which does not serve it; of a place the best with a supply stop, where it takes one. */
export function insertionsOf(request: AssignRequest, plan: Plan, order: Order): OracleInsertion[] {
  const found: OracleInsertion[] = [];
  for (const engineer of request.engineers)
    for (const [shiftIndex, shift] of engineer.shifts.entries()) {
      const row = plan.routes.find((one) => one.engineerId === engineer.id && one.shiftIndex === shiftIndex);
      const current = row && currentRoute(request, row);
      const pauses = shift.breaks
        .map((pause, breakIndex) => ({ pause, breakIndex }))
        .filter(({ pause }) => pause.priceMinor === undefined && !isPast(pause, clockOf(request)))
        .sort((a, b) => endOf(a.pause.window) - endOf(b.pause.window) || a.breakIndex - b.breakIndex)
        .map(({ breakIndex }) => create(StopSchema, { kind: Stop_Kind.BREAK, breakIndex }));
      const stops = row?.stops ?? pauses;
      const settled = settledHead(current).length;
      const head = lockedHead(current).length;
      const supplies = stops.slice(settled).filter(({ kind }) => kind === Stop_Kind.SUPPLY).length;
      for (let place = head; place <= stops.length; place++) {
        const service = create(StopSchema, { kind: Stop_Kind.SERVICE, orderId: order.id });
        const judge = (list: readonly Stop[]) => judged(request, plan, order, engineer, shiftIndex, settled, list);
        let best = judge(stops.toSpliced(place, 0, service));
        const needs = order.parts.length + (usesTools(request) ? order.toolIds.length : 0);
        if (!best && needs > 0 && supplies < MOST_SUPPLIES)
          for (const centre of request.operatingCentres)
            for (let first = head; first <= place; first++) {
              const supply = create(StopSchema, { kind: Stop_Kind.SUPPLY, operatingCentreId: centre.id });
              const other = judge(stops.toSpliced(place, 0, service).toSpliced(first, 0, supply));
              if (other && (!best || compareLevels(other.levels, best.levels) < 0)) best = other;
            }
        if (best) found.push({ engineerId: engineer.id, shiftIndex, place, opens: !row, ...best });
      }
    }
  return found;
}

const endOf = (window: TimeWindow | undefined) => Number(window!.end!.seconds) * 1e3 + window!.end!.nanos / 1e6;

/** Negative when the levels `a` are better. */
export function compareLevels(a: readonly bigint[], b: readonly bigint[]): number {
  const first = a.findIndex((value, level) => value !== b[level]);
  return first < 0 ? 0 : a[first]! < b[first]! ? -1 : 1;
}

/** The plan with these stops in one route, undefined when it breaks a rule. */
function judged(
  request: AssignRequest,
  plan: Plan,
  order: Order,
  engineer: Engineer,
  shiftIndex: number,
  settled: number,
  stops: readonly Stop[],
): { plan: Plan; levels: readonly bigint[] } | undefined {
  const other = clone(PlanSchema, plan);
  other.unassigned = other.unassigned.filter(({ orderId }) => orderId !== order.id);
  const at = other.routes.findIndex((one) => one.engineerId === engineer.id && one.shiftIndex === shiftIndex);
  const given = other.routes[at];
  const naked = stops.map((stop, index) => (index < settled ? stop : nakedStop(stop)));
  const route = create(RouteSchema, { engineerId: engineer.id, shiftIndex, stops: naked });
  if (given && settled > 0) route.departure = given.departure!;
  if (at >= 0) other.routes[at] = route;
  else other.routes.push(route);
  other.routes.sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex);
  const mine = other.routes.filter(({ engineerId }) => engineerId === engineer.id);
  const needless = book(request, engineer, mine);
  for (const { row, stop } of needless) row.stops = row.stops.filter((one) => one !== stop);
  if (needless.length > 0) book(request, engineer, mine);
  const { timed } = retime(request, other);
  return check(request, timed).length === 0 ? { plan: timed, levels: costOf(request, timed).levels } : undefined;
}

const usesTools = ({ policy }: AssignRequest) =>
  !policy?.criteria.some(({ id, mode }) => id === "tool_availability" && mode === CriterionMode.OFF);

const nakedStop = ({ kind, orderId, operatingCentreId, breakIndex, lock }: Stop) =>
  create(StopSchema, { kind, orderId, operatingCentreId, breakIndex, lock });

const units = (stock: Stock | undefined) =>
  !stock ? 0 : stock.unlimited ? Number.POSITIVE_INFINITY : stock.quantity - stock.reserved;

/**
 * Books parts and tools of an engineer's routes: all pick-ups of an item at the first supply stop that stocks it; what only the van can give
 * comes from the van, then, by shift, what is used after. Returns supply stops at which nothing is picked up.
 */
function book(request: AssignRequest, engineer: Engineer, routes: readonly Route[]): { row: Route; stop: Stop }[] {
  const orders = new Map(request.orders.map((order) => [order.id, order]));
  const centres = new Map(request.operatingCentres.map((centre) => [centre.id, centre]));
  const free = routes.map((row) => ({ row, stops: row.stops.slice(settledHead(currentRoute(request, row)).length) }));
  const supplyOf = (stops: readonly Stop[], before: number, gives: (centre: OperatingCentre) => boolean) =>
    stops.find(
      (stop, index) => index < before && stop.kind === Stop_Kind.SUPPLY && gives(centres.get(stop.operatingCentreId)!),
    );
  const stocks = (sku: string) => (centre: OperatingCentre) => units(centre.stock.find((one) => one.sku === sku)) > 0;
  const needs = ({ parts }: Order) => {
    const sums = new Map<string, number>();
    for (const { sku, quantity } of parts) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
    return [...sums].sort(([a], [b]) => compareIds(a, b));
  };
  const left = new Map(engineer.stock.map((stock) => [stock.sku, units(stock)]));
  const shares = free.map(() => new Map<string, number>());
  const later = free.map(({ stops }, row) => {
    const may = new Map<string, number>();
    for (const [index, stop] of stops.entries()) {
      if (stop.kind !== Stop_Kind.SERVICE) continue;
      for (const [sku, quantity] of needs(orders.get(stop.orderId)!)) {
        const list = supplyOf(stops, index, stocks(sku)) ? may : shares[row]!;
        list.set(sku, (list.get(sku) ?? 0) + quantity);
      }
    }
    return may;
  });
  for (const share of shares) for (const [sku, quantity] of share) left.set(sku, (left.get(sku) ?? 0) - quantity);
  for (const [row, may] of later.entries())
    for (const [sku, quantity] of may) {
      const more = Math.max(0, Math.min(quantity, left.get(sku) ?? 0));
      left.set(sku, (left.get(sku) ?? 0) - more);
      shares[row]!.set(sku, (shares[row]!.get(sku) ?? 0) + more);
    }
  const needless: { row: Route; stop: Stop }[] = [];
  for (const [index, { row, stops }] of free.entries()) {
    const van = shares[index]!;
    for (const stop of stops) Object.assign(stop, { parts: [], pickUps: [], toolIds: [] });
    for (const [at, stop] of stops.entries()) {
      if (stop.kind !== Stop_Kind.SERVICE) continue;
      const order = orders.get(stop.orderId)!;
      for (const [sku, quantity] of needs(order)) {
        const onHand = Math.min(van.get(sku) ?? 0, quantity);
        van.set(sku, (van.get(sku) ?? 0) - onHand);
        const supply = supplyOf(stops, at, stocks(sku));
        const rest = quantity - onHand;
        const use = { $typeName: "shanpai.dispatch.v1.PartUse", sku, substituteFor: "", lenderEngineerId: "" } as const;
        if (onHand > 0)
          stop.parts.push({ ...use, quantity: onHand, source: PartSource.ON_HAND, operatingCentreId: "" });
        if (rest === 0) continue;
        const operatingCentreId = supply?.operatingCentreId ?? "";
        stop.parts.push({ ...use, quantity: rest, source: PartSource.CENTRE, operatingCentreId });
        const pickUp = supply?.pickUps.find((one) => one.sku === sku);
        if (pickUp) pickUp.quantity += rest;
        else supply?.pickUps.push({ $typeName: "shanpai.dispatch.v1.PartPickUp", sku, quantity: rest });
      }
      for (const tool of usesTools(request) ? order.toolIds : []) {
        if (engineer.toolIds.includes(tool)) continue;
        const supply = supplyOf(stops, at, (centre) => centre.toolIds.includes(tool));
        if (supply && !supply.toolIds.includes(tool)) supply.toolIds.push(tool);
      }
    }
    const locked = lockedHead(currentRoute(request, row)).length;
    for (const stop of stops)
      if (
        stop.kind === Stop_Kind.SUPPLY &&
        row.stops.indexOf(stop) >= locked &&
        stop.pickUps.length === 0 &&
        stop.toolIds.length === 0
      )
        needless.push({ row, stop });
  }
  return needless;
}
