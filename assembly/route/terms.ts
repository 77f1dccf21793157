// What the criteria of a route cost beside time and pairs: terms of each stop in its place and at its start, and of the route as a whole. A
// problem that none of them applies to does without all of this.

import { moneyAt } from "../criteria/money";
import { orderPriority } from "../criteria/order-priority";
import { startStability } from "../criteria/plan-stability";
import { routeClusterFit } from "../criteria/route-cluster-fit";
import { drivingCost, isOverBudget } from "../criteria/service-cost";
import { slaResponse } from "../criteria/sla-response";
import { isBeyondLimit, trustLimit } from "../criteria/trust-limit";
import { isFairnessOn, workloadFairness } from "../criteria/workload-fairness";
import {
  centreFee,
  centres,
  clusterWeight,
  engineers,
  engineerTrustCarried,
  engineerWayPrice,
  engineerWorkPrice,
  movedStart,
  NEVER,
  NO_TIME,
  orderBudget,
  orderFee,
  orderPlannedStart,
  orderPromised,
  orders,
  orderTakenAlong,
  orderUrgency,
  orderValue,
  priorityWeight,
  routeDepartureFixed,
  routeEarliest,
  routeEndRow,
  routeEngineer,
  routeStartRow,
  slaWeight,
  trustHard,
  trustWeight,
} from "../gen/layout";
import { at } from "../memory/cells";
import { distanceOf } from "./matrix";
import { firstSupply, isOrder, isSupply, LENGTH, nextStart, ROW, record, supplyCentre } from "./nodes";
import { sequenceEdge } from "./sequence";
import { softWeight } from "./weights";

/** Some term is part of the scalar cost, or some rule of these criteria can forbid a route. */
export let termsOn: bool = false;
/** Costs that depend on when service begins. */
let startsOn: bool = false;
let clusterOn: bool = false;
let trustOn: bool = false;
let budgetsOn: bool = false;
let drivingOn: bool = false;
/** Costs that depend on the work of an engineer over all shifts. */
export let fairnessOn: bool = false;

/** Finds out which terms the bound problem has. */
export function bindTerms(): void {
  const weighs = softWeight > 0;
  startsOn = weighs && hasStartTerms();
  clusterOn = weighs && clusterWeight > 0;
  fairnessOn = weighs && isFairnessOn();
  drivingOn = weighs && hasPrices();
  trustOn = (trustHard == 1 || (weighs && trustWeight > 0)) && hasMoney(orderValue, 1);
  budgetsOn = hasBudgets();
  termsOn = startsOn || clusterOn || fairnessOn || drivingOn || trustOn || budgetsOn;
}

function hasStartTerms(): bool {
  for (let order = 0; order < orders; order++) {
    if (priorityWeight > 0 && at(orderUrgency, order) > 0) return true;
    if (slaWeight > 0 && at(orderPromised, order) < NEVER) return true;
    if (movedStart > 0 && at(orderPlannedStart, order) != NO_TIME) return true;
  }
  return false;
}

function hasPrices(): bool {
  for (let engineer = 0; engineer < engineers; engineer++)
    if (at(engineerWorkPrice, engineer) > 0 || at(engineerWayPrice, engineer) > 0) return true;
  for (let order = 0; order < orders; order++) if (at(orderFee, order) > 0) return true;
  for (let centre = 0; centre < centres; centre++) if (at(centreFee, centre) > 0) return true;
  return false;
}

function hasMoney(column: usize, least: i64): bool {
  for (let order = 0; order < orders; order++) if (moneyAt(column, order) >= least) return true;
  return false;
}

function hasBudgets(): bool {
  for (let order = 0; order < orders; order++) if (at(orderBudget, 2 * order) != -1) return true;
  return false;
}

/** Ticks of `order` when service begins at `start`, as far as they never fall with it. */
export function startCost(order: i32, start: i32): i32 {
  return startsOn ? orderPriority(order, start) + slaResponse(order, start) : 0;
}

/** Ticks of an order at row `here` between the rows of two orders or ends of `route`, whose matrices are in use. */
export function clusterCost(before: i32, here: i32, after: i32, route: i32): i32 {
  return clusterOn ? routeClusterFit(before, here, after, at(routeStartRow, route), at(routeEndRow, route)) : 0;
}

/** Ticks of an order or a pick-up wherever it is; 0 for other stops. */
export function feeOf(node: i32): i32 {
  if (!drivingOn) return 0;
  if (isOrder(node)) return at(orderFee, node);
  return isSupply(node) ? at(centreFee, at(supplyCentre, node - firstSupply)) : 0;
}

/** Ticks of working time and distance of a route of `engineer`. */
export function drivingTicks(engineer: i32, work: i64, way: i64): i64 {
  return drivingOn ? drivingCost(engineer, work, way) : 0;
}

/** Ticks of an engineer who works so long over all shifts. */
export function fairnessTicks(engineer: i32, work: i32): i64 {
  return fairnessOn ? workloadFairness(engineer, work) : 0;
}

/** Ticks of the stops of the last evaluation, which was feasible. */
export let stopTicks: i64 = 0;

/**
 * Prices the `count` nodes at `list` on `route`, which leaves at `departure` and whose edges are at sequenceEdge; false when value in care or
 * a budget forbids one of them.
 */
export function priceStops(route: i32, list: usize, count: i32, departure: i32): bool {
  const engineer = at(routeEngineer, route);
  const end = at(routeEndRow, route);
  let time = at(routeDepartureFixed, route) == 1 ? at(routeEarliest, route) : departure;
  let row = at(routeStartRow, route);
  let care = trustOn ? moneyAt(engineerTrustCarried, engineer) : 0;
  // The last order, whose next one is not known yet, and the row of the one before it.
  let pending = -1;
  let beforePending = 0;
  let orderRow = row;
  let ticks: i64 = 0;
  for (let i = 0; i < count; i++) {
    const node = at(list, i);
    const r = record(node);
    const place = load<i32>(r, ROW);
    ticks += feeOf(node);
    const isService = isOrder(node);
    if (startsOn) {
      const start = nextStart(node, time + at(sequenceEdge, i));
      time = start + load<i32>(r, LENGTH);
      if (isService) ticks += <i64>startCost(node, start) + startStability(node, start);
    }
    if (isService) {
      if (budgetsOn) {
        const busy = at(sequenceEdge, i) + load<i32>(r, LENGTH);
        if (isOverBudget(node, engineer, busy, distanceOf(row, place))) return false;
      }
      if (trustOn) {
        const value = moneyAt(orderValue, node);
        if (value > 0) {
          if (isBeyondLimit(engineer, care + value)) return false;
          if (softWeight > 0) ticks += trustLimit(engineer, care + value);
          if (at(orderTakenAlong, node) == 1) care += value;
        }
      }
      if (clusterOn) {
        if (pending >= 0) ticks += clusterCost(beforePending, pending, node, route);
        pending = node;
        beforePending = orderRow;
        orderRow = node;
      }
    }
    if (place >= 0) row = place;
  }
  if (clusterOn && pending >= 0) ticks += clusterCost(beforePending, pending, end, route);
  stopTicks = ticks;
  return true;
}
