// Which legs a search can use: pairs of places, by vehicle mode, that some engineer could travel between in some plan.
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { CriterionId } from "../criteria.ts";
import { FOREIGN_TERRITORY, NEIGHBOUR_TERRITORY } from "../layout.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { centreTerritories, type Territory, territoryOf, territoryReach } from "../territories.ts";
import { meetingPlaces, type OrdersOf } from "./meeting-needs.ts";
import { PairSet, RowSet } from "./pair-set.ts";

/** The mode that is meant: an engineer without one drives. */
const driven = (mode: VehicleMode) => (mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode);

/**
 * By vehicle mode the legs of a problem: between start, orders, centres, breaks and end of an engineer who may serve the orders, where the
 * windows allow the one before the other. `size` is the number of places. Never too few for a plan; some of them no plan will use.
 * `alsoForbidden`: whoever asks what would be if a rule were not needs the legs that it forbids, too.
 */
export function neededPairs(problem: Problem, size: number, alsoForbidden: boolean): Map<VehicleMode, PairSet> {
  const byMode = new Map<VehicleMode, ProblemEngineer[]>();
  for (const engineer of problem.engineers) {
    const mode = driven(engineer.mode);
    byMode.set(mode, [...(byMode.get(mode) ?? []), engineer]);
  }
  const ordersOf = ordersByEngineer(problem, alsoForbidden);
  const guests = meetingPlaces(problem, size, ordersOf, alsoForbidden);
  return new Map(
    [...byMode].map(([mode, engineers]) => {
      const pairs = pairsOf(problem, engineers, ordersOf, size, alsoForbidden);
      const centres = problem.centres.map(({ placeRow }) => placeRow);
      for (const engineer of engineers) {
        const rows = guests.get(engineer);
        if (rows) addVisits(pairs, engineer, ordersOf.get(engineer)!, centres, rows);
      }
      return [mode, pairs];
    }),
  );
}

/** The orders that each engineer may serve. */
function ordersByEngineer(problem: Problem, alsoForbidden: boolean): OrdersOf {
  const isWithin = territoryRule(problem);
  return new Map(
    problem.engineers.map((engineer) => {
      const territory = territoryOf(engineer.inputs);
      const may = (order: ProblemOrder) =>
        alsoForbidden || (mayServe(problem, order, engineer) && isWithin(order, territory));
      return [engineer, problem.orders.filter(may)];
    }),
  );
}

/** Orders of the current plan: they may begin past their windows there. */
function givenOrders({ engineers }: Problem): Set<string> {
  const stops = engineers.flatMap(({ shifts }) => shifts.flatMap(({ chain, warm }) => [...chain, ...warm]));
  return new Set(stops.flatMap((stop) => (stop.kind === "order" ? [stop.orderId] : [])));
}

function pairsOf(
  problem: Problem,
  engineers: readonly ProblemEngineer[],
  ordersOf: OrdersOf,
  size: number,
  alsoForbidden: boolean,
): PairSet {
  const pairs = new PairSet(size);
  const centres = problem.centres.map(({ placeRow }) => placeRow);
  for (const from of centres) for (const to of centres) pairs.add(from, to);
  const ableOf = new Map<ProblemOrder, number[]>();
  for (const [index, engineer] of engineers.entries())
    for (const order of ordersOf.get(engineer)!) {
      const able = ableOf.get(order);
      if (able) able.push(index);
      else ableOf.set(order, [index]);
    }
  const groups = new Map<string, { orders: ProblemOrder[]; engineers: number[] }>();
  for (const order of problem.orders) {
    const able = ableOf.get(order) ?? [];
    const key = able.join();
    const group = groups.get(key) ?? { orders: [], engineers: able };
    group.orders.push(order);
    groups.set(key, group);
    addSites(
      pairs,
      order,
      able.map((index) => engineers[index]!),
      centres,
    );
  }
  const starts = (engineer: ProblemEngineer) => engineer.shifts.map(({ startRow }) => startRow);
  for (const engineer of engineers)
    for (const shift of engineer.shifts) {
      const stops = [...centres, ...breakRows(shift)];
      for (const stop of stops) {
        for (const start of starts(engineer)) pairs.add(start, stop);
        if (shift.endRow !== undefined) pairs.add(stop, shift.endRow);
        for (const other of stops) pairs.add(stop, other);
      }
      // A route whose stops are all under way goes straight to its end.
      if (shift.endRow !== undefined) pairs.add(shift.startRow, shift.endRow);
    }
  // Between two orders there are legs only where one engineer may serve both.
  const list = [...groups.values()].filter((group) => group.engineers.length > 0);
  if (problem.mode === "match" && !alsoForbidden) return pairs;
  const given = givenOrders(problem);
  for (const a of list)
    for (const b of list) {
      const ofA = new Set(a.engineers);
      if (a !== b && !b.engineers.some((index) => ofA.has(index))) continue;
      // Who comes late to one of the two may do so whatever its windows say.
      for (const from of a.orders)
        for (const to of b.orders)
          if (alsoForbidden || given.has(from.id) || given.has(to.id) || before(from, to))
            pairs.add(from.placeRow, to.placeRow);
    }
  return pairs;
}

const breakRows = ({ breaks }: ProblemEngineer["shifts"][number]) =>
  breaks.flatMap(({ placeRow }) => (placeRow === undefined ? [] : [placeRow]));

/** Legs of one engineer to and from places of others. */
function addVisits(
  pairs: PairSet,
  { shifts }: ProblemEngineer,
  orders: readonly ProblemOrder[],
  centres: readonly number[],
  places: RowSet,
): void {
  // Nobody knows when a meeting is: it may come before and after every stop.
  const stops = new RowSet(pairs.size);
  for (const row of [...orders.map(({ placeRow }) => placeRow), ...centres, ...shifts.flatMap(breakRows)])
    stops.add(row);
  for (const row of stops.rows()) pairs.addFrom(row, places);
  stops.addAll(places);
  for (const { startRow, endRow } of shifts) {
    pairs.addFrom(startRow, places);
    if (endRow !== undefined) stops.add(endRow);
  }
  for (const row of places.rows()) pairs.addFrom(row, stops);
}

/** Legs between an order and the starts, ends, breaks and centres of those who may serve it. */
function addSites(
  pairs: PairSet,
  order: ProblemOrder,
  able: readonly ProblemEngineer[],
  centres: readonly number[],
): void {
  if (able.length === 0) return;
  for (const centre of centres) {
    pairs.add(order.placeRow, centre);
    pairs.add(centre, order.placeRow);
  }
  for (const { shifts } of able)
    for (const { startRow, endRow, breaks } of shifts) {
      pairs.add(startRow, order.placeRow);
      if (endRow !== undefined) pairs.add(order.placeRow, endRow);
      for (const { placeRow } of breaks) {
        if (placeRow === undefined) continue;
        pairs.add(order.placeRow, placeRow);
        pairs.add(placeRow, order.placeRow);
      }
    }
}

/** Whether the territories let an engineer serve an order; always where the policy softens that. */
function territoryRule({ policy, centres }: Problem): (order: ProblemOrder, territory: Territory) => boolean {
  const { mode, params } = policy.criteria.get("service_territory")!;
  if (mode !== "hard") return () => true;
  const byCentre = centreTerritories(centres);
  return (order, territory) => {
    const reach = territoryReach(territory, order.inputs, byCentre);
    if (reach === FOREIGN_TERRITORY) return false;
    return reach < 0 ? reach !== NEIGHBOUR_TERRITORY || params.overflow === 1 : params.overflow === 1;
  };
}

/** False only where the windows alone forbid `later` after `earlier`. */
function before(earlier: ProblemOrder, later: ProblemOrder): boolean {
  const first = earlier.windows[0]!.start + earlier.serviceTicks;
  const last = later.windows.at(-1)!.end + later.graceTicks;
  return first <= last;
}

/** False only where one of the hard rules that are quickly told forbids it. */
function mayServe({ policy }: Problem, order: ProblemOrder, engineer: ProblemEngineer): boolean {
  if (order.lockedTo) return order.lockedTo.engineerId === engineer.id;
  const modeOf = (id: CriterionId) => policy.criteria.get(id)!.mode;
  const { required, excluded } = order.preference;
  if (modeOf("vehicle_mode") === "hard" && (order.access & (1 << driven(engineer.mode))) === 0) return false;
  if (modeOf("skill_match") === "hard" && order.skills.allOf.some((skill) => !engineer.skills.has(skill))) return false;
  if (modeOf("engineer_preference") === "off") return true;
  return (required.length === 0 || required.includes(engineer.id)) && !excluded.includes(engineer.id);
}
