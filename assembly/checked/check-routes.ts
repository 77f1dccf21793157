// Times, segments and measures of every route are those of a full refresh, and the totals their sums.
import {
  dims,
  engineers,
  items,
  loansOn,
  orderLoad,
  routeEngineer,
  routeHeadLoad,
  routeHeadOrders,
  routes,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { add, at, at64, put } from "../memory/cells";
import { hoursOn } from "../route/hours";
import { untimed } from "../route/matrix";
import { meetingCost } from "../route/meetings";
import {
  EARLY,
  firstBorrow,
  firstEnd,
  firstLend,
  firstStart,
  INTO,
  isOrder,
  LATE,
  NEXT,
  nodeCount,
  nodes,
  POS,
  PRE_D,
  PRE_E,
  PRE_L,
  ROUTE,
  record,
  SUF_D,
  SUF_E,
  SUF_L,
} from "../route/nodes";
import {
  engineerOrders,
  engineerShifts,
  engineerWork,
  isPlain,
  nodeRow,
  refresh,
  richNodes,
  routeCost,
  routeDistance,
  routeLoad,
  routeOrders,
  routeSoft,
  routeTravel,
  routeVersion,
  routeWork,
  setTotals,
  setUsedChanged,
  totalCost,
  totalDistance,
  totalEngineers,
  totalSoft,
  totalTravel,
  totalWork,
  usedChanged,
} from "../route/route";
import { fairnessOn, fairnessTicks } from "../route/terms";
import { engineerWeight, softWeight } from "../route/weights";

let oldNodes: usize = 0;
let oldRows: usize = 0;
// By engineer.
let ordersOf: usize = 0;
let shiftsOf: usize = 0;
let headShiftsOf: usize = 0;
let workOf: usize = 0;

export function buildRouteCheck(): void {
  oldNodes = allocate((<usize>nodeCount) << 6);
  oldRows = allocate((<usize>nodeCount) << 2);
  const words = (<usize>engineers) << 2;
  ordersOf = allocateZeroed(words);
  shiftsOf = allocateZeroed(words);
  headShiftsOf = allocateZeroed(words);
  workOf = allocateZeroed(words);
}

/** Counters of engineers and totals of the plan against sums over the routes. */
export function checkTotals(): void {
  const words = (<usize>engineers) << 2;
  memory.fill(ordersOf, 0, words);
  memory.fill(shiftsOf, 0, words);
  memory.fill(headShiftsOf, 0, words);
  memory.fill(workOf, 0, words);
  let cost: i64 = 0;
  let way: i64 = 0;
  let travel: i64 = 0;
  let work: i64 = 0;
  let soft: i64 = 0;
  for (let route = 0; route < routes; route++) {
    const engineer = at(routeEngineer, route);
    add(ordersOf, engineer, at(routeOrders, route));
    if (at(routeOrders, route) + at(routeHeadOrders, route) > 0) add(shiftsOf, engineer, 1);
    if (at(routeHeadOrders, route) > 0) add(headShiftsOf, engineer, 1);
    cost += at64(routeCost, route);
    way += at(routeDistance, route);
    travel += at(routeTravel, route);
    work += at(routeWork, route);
    add(workOf, engineer, at(routeWork, route));
    soft += at64(routeSoft, route);
  }
  if (loansOn == 1) {
    for (let node = firstBorrow; node < firstLend; node++) {
      if (load<i32>(record(node), ROUTE) < 0) continue;
      soft += meetingCost(node);
      cost += softWeight * meetingCost(node);
    }
  }
  let usedEngineers = 0;
  for (let engineer = 0; engineer < engineers; engineer++) {
    if (fairnessOn) assert(at(workOf, engineer) == at(engineerWork, engineer), "work of an engineer");
    const ticks = fairnessTicks(engineer, at(workOf, engineer));
    cost += softWeight * ticks;
    soft += ticks;
  }
  for (let engineer = 0; engineer < engineers; engineer++) {
    assert(at(ordersOf, engineer) == at(engineerOrders, engineer), "orders of an engineer");
    assert(at(shiftsOf, engineer) == at(engineerShifts, engineer), "used shifts of an engineer");
    if (at(shiftsOf, engineer) == 0) continue;
    usedEngineers++;
    // Who is under way already costs nothing more.
    if (at(headShiftsOf, engineer) == 0) cost += engineerWeight;
  }
  assert(usedEngineers == totalEngineers, "used engineers");
  assert(cost == totalCost, "total cost");
  assert(way == totalDistance, "total distance");
  assert(travel == totalTravel, "total travel");
  assert(work == totalWork, "total working time");
  assert(soft == totalSoft, "total soft cost");
}

/** Refreshes every route from poisoned nodes and compares. */
export function checkRoutes(): void {
  memory.copy(oldNodes, nodes, (<usize>nodeCount) << 6);
  memory.copy(oldRows, nodeRow, (<usize>nodeCount) << 2);
  const cost = totalCost;
  const way = totalDistance;
  const travel = totalTravel;
  const work = totalWork;
  const soft = totalSoft;
  const engineersUsed = totalEngineers;
  const changed = usedChanged;
  for (let route = 0; route < routes; route++) checkRoute(route);
  assert(totalCost == cost, "total cost after refreshing all routes");
  setTotals(cost, way, travel, work, soft, engineersUsed);
  setUsedChanged(changed);
  memory.copy(nodes, oldNodes, (<usize>nodeCount) << 6);
  memory.copy(nodeRow, oldRows, (<usize>nodeCount) << 2);
}

function checkRoute(route: i32): void {
  const version = at(routeVersion, route);
  const count = at(routeOrders, route);
  const cost = at64(routeCost, route);
  const soft = at64(routeSoft, route);
  const way = at(routeDistance, route);
  const travel = at(routeTravel, route);
  const work = at(routeWork, route);
  const rich = at(richNodes, route);
  for (let dim = 0; dim < dims; dim++) {
    let load = at(routeHeadLoad, route * dims + dim);
    for (let node = firstStart + route; node != firstEnd + route; node = next(node))
      if (isOrder(node)) load += at(orderLoad, node * dims + dim);
    assert(load == at(routeLoad, route * dims + dim), "load");
  }
  for (let node = firstStart + route; ; node = next(node)) {
    memory.fill(record(node) + EARLY, 0x55, 64 - EARLY);
    put(nodeRow, node, 0x55555555);
    if (node == firstEnd + route) break;
  }
  assert(refresh(route), "a route that breaks a rule");
  put(routeVersion, route, version);
  assert(at(routeOrders, route) == count, "orders of a route");
  assert(at64(routeCost, route) == cost, "cost of a route");
  assert(at64(routeSoft, route) == soft, "soft cost of a route");
  assert(at(routeDistance, route) == way, "distance of a route");
  assert(at(routeTravel, route) == travel, "travel of a route");
  assert(at(routeWork, route) == work, "working time of a route");
  assert(at(richNodes, route) == rich, "rich nodes of a route");
  const short = untimed && isPlain(route);
  for (let node = firstStart + route; ; node = next(node)) {
    const r = record(node);
    const old = oldNodes + ((<usize>node) << 6);
    assert(load<i32>(r, NEXT) == load<i32>(old, NEXT) || node == firstEnd + route, "a supply stop that is not needed");
    assert(load<i32>(r, EARLY) == load<i32>(old, EARLY), "early start");
    assert(load<i32>(r, LATE) == load<i32>(old, LATE), "late start");
    if (short) assert(node == firstStart + route || load<i32>(r, INTO) == load<i32>(old, INTO), "edge into a node");
    else if (!hoursOn) {
      assert(load<i32>(r, PRE_D) == load<i32>(old, PRE_D), "duration up to a node");
      assert(load<i32>(r, PRE_E) == load<i32>(old, PRE_E), "earliest start up to a node");
      assert(load<i32>(r, PRE_L) == load<i32>(old, PRE_L), "latest start up to a node");
      assert(load<i32>(r, SUF_D) == load<i32>(old, SUF_D), "duration from a node on");
      assert(load<i32>(r, SUF_E) == load<i32>(old, SUF_E), "earliest start from a node on");
      assert(load<i32>(r, SUF_L) == load<i32>(old, SUF_L), "latest start from a node on");
    }
    if (!short) assert(at(nodeRow, node) == at(oldRows, node), "place after a node");
    if (items > 0) assert(load<i32>(r, POS) == load<i32>(old, POS), "position");
    if (node == firstEnd + route) break;
  }
}

function next(node: i32): i32 {
  return load<i32>(record(node), NEXT);
}
