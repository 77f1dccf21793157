// Which legs a search can use: pairs of places, by vehicle mode, that some engineer could travel between in some plan.
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { CriterionId } from "../criteria.ts";
import { FOREIGN_TERRITORY, NEIGHBOUR_TERRITORY } from "../layout.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { centreTerritories, type Territory, territoryOf, territoryReach } from "../territories.ts";

/** Pairs of rows of places. */
export class PairSet {
  readonly size: number;
  readonly #words: number;
  readonly #bits: Uint32Array;

  /** `size`: number of places. */
  constructor(size: number) {
    this.size = size;
    this.#words = Math.ceil(size / 32);
    this.#bits = new Uint32Array(size * this.#words);
  }

  /** A place has no way to itself. */
  add(from: number, to: number): void {
    if (from !== to) this.#bits[from * this.#words + (to >>> 5)]! |= 1 << (to & 31);
  }

  delete(from: number, to: number): void {
    this.#bits[from * this.#words + (to >>> 5)]! &= ~(1 << (to & 31));
  }

  has(from: number, to: number): boolean {
    return (this.#bits[from * this.#words + (to >>> 5)]! & (1 << (to & 31))) !== 0;
  }

  /** Rows to which there is a pair from `from`, ascending. */
  from(from: number): number[] {
    const found: number[] = [];
    for (let word = 0; word < this.#words; word++) {
      let bits = this.#bits[from * this.#words + word]!;
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        found.push(word * 32 + bit);
        bits &= bits - 1;
      }
    }
    return found;
  }

  count(): number {
    let sum = 0;
    for (let bits of this.#bits) for (; bits !== 0; bits &= bits - 1) sum++;
    return sum;
  }
}

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
  const given = new Set(problem.engineers.flatMap(({ shifts }) => shifts.flatMap(givenOrders)));
  return new Map(
    [...byMode].map(([mode, engineers]) => [mode, pairsOf(problem, engineers, given, size, alsoForbidden)]),
  );
}

/** Orders of a running plan: their legs are asked for whatever the windows say. */
function givenOrders({ chain, warm }: ProblemEngineer["shifts"][number]): string[] {
  return [...chain, ...warm].flatMap((stop) => (stop.kind === "order" ? [stop.orderId] : []));
}

function pairsOf(
  problem: Problem,
  engineers: readonly ProblemEngineer[],
  given: ReadonlySet<string>,
  size: number,
  alsoForbidden: boolean,
): PairSet {
  const pairs = new PairSet(size);
  const centres = problem.centres.map(({ placeRow }) => placeRow);
  for (const from of centres) for (const to of centres) pairs.add(from, to);
  const isWithin = territoryRule(problem);
  const territories = engineers.map(({ inputs }) => territoryOf(inputs));
  const groups = new Map<string, { orders: ProblemOrder[]; engineers: number[] }>();
  for (const order of problem.orders) {
    const able = engineers.flatMap((engineer, index) =>
      alsoForbidden || (mayServe(problem, order, engineer) && isWithin(order, territories[index]!)) ? [index] : [],
    );
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
      const stops = [...centres, ...shift.breaks.flatMap(({ placeRow }) => (placeRow === undefined ? [] : [placeRow]))];
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
  for (const a of list)
    for (const b of list) {
      const ofA = new Set(a.engineers);
      if (a !== b && !b.engineers.some((index) => ofA.has(index))) continue;
      for (const from of a.orders)
        for (const to of b.orders)
          if (alsoForbidden || before(from, to) || (given.has(from.id) && given.has(to.id)))
            pairs.add(from.placeRow, to.placeRow);
    }
  return pairs;
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
