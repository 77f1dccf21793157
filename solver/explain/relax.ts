// The nearest relaxations of an order left out: of each kind the smallest change of one constraint after which the order fits into the plan.
import { NEVER } from "../layout.ts";
import type { ProblemEngineer, ProblemOrder, Window } from "../model/problem.ts";
import type { Broken } from "./broken.ts";
import { compareLevels, type Draft, type ExtraStock } from "./draft.ts";
import { type EasedPair, easedPairs, eligible } from "./eased-pair.ts";
import { type Insertion, insertionAt, type Place, placesIn } from "./places.ts";

/** Constraints that may be changed, in the contract's order. */
export const RELAXATION_KINDS = [
  "WINDOW_END",
  "WINDOW_START",
  "LATENESS_GRACE",
  "SKILL",
  "PROFICIENCY_LEVEL",
  "CRITERION",
  "VAN_STOCK",
  "CENTRE_STOCK",
  "PART_CAPACITY",
  "TOOL",
  "SHIFT_START",
  "SHIFT_END",
  "OVERTIME",
  "CAPACITY",
  "SHIFT_MAX_ORDERS",
  "ENGINEER_MAX_ORDERS",
  "MAX_LEG",
  "MAX_TRAVEL",
  "MAX_DISTANCE",
  "MAX_WORKING",
] as const;
export type RelaxationKind = (typeof RELAXATION_KINDS)[number];

/** One constraint, changed. */
export interface Relaxation {
  readonly kind: RelaxationKind;
  /** Ticks, metres, units, orders or levels; 1 where nothing is counted. */
  readonly amount: number;
  /** Index in the order's windows as the request has them. */
  readonly window?: number;
  /** Skill, SKU, tool, dimension or criterion. */
  readonly subject?: string;
  readonly centreId?: string;
  readonly engineer: ProblemEngineer;
  /** Where the order fits after the change. */
  readonly insertion: Insertion;
}

/** What is asked of `relaxations`. */
export interface RelaxOptions {
  /** Engineers who may be the witness. */
  readonly engineers: readonly ProblemEngineer[];
  /** The order's windows in ticks after `now`, as the request has them. */
  readonly windows: readonly Window[];
  /** Called between engineers. */
  readonly poll: () => void;
}

type Found = Omit<Relaxation, "engineer" | "insertion">;

/** The nearest relaxations by kind; empty where the order fits already or no single change is enough. `draft` must not serve it. */
export function relaxations(draft: Draft, order: ProblemOrder, options: RelaxOptions): Relaxation[] {
  const search = new Search(draft, order, options.windows);
  for (const engineer of options.engineers) {
    options.poll();
    if (!search.tryEngineer(engineer)) return [];
  }
  return RELAXATION_KINDS.flatMap((kind) => search.best.get(kind) ?? []);
}

/** Rules whose limit may be raised by what is over it. */
const RAISED: Partial<Record<Broken["code"], readonly RelaxationKind[]>> = {
  AFTER_SHIFT: ["SHIFT_END", "OVERTIME"],
  LOAD: ["CAPACITY"],
  PART_ON_HAND: ["VAN_STOCK"],
  CENTRE_STOCK: ["CENTRE_STOCK"],
  PART_CAPACITY: ["PART_CAPACITY"],
  SHIFT_MAX_ORDERS: ["SHIFT_MAX_ORDERS"],
  ENGINEER_MAX_ORDERS: ["ENGINEER_MAX_ORDERS"],
  MAX_LEG: ["MAX_LEG"],
  MAX_TRAVEL: ["MAX_TRAVEL"],
  MAX_DISTANCE: ["MAX_DISTANCE"],
  MAX_WORKING: ["MAX_WORKING"],
};

/** Rules that a change of times may mend. */
const TIMED: ReadonlySet<string> = new Set(["NO_ALLOWED_START", "AFTER_SHIFT", "MAX_WORKING"]);

class Search {
  readonly best = new Map<RelaxationKind, Relaxation>();
  readonly #draft: Draft;
  readonly #order: ProblemOrder;
  readonly #windows: readonly Window[];

  constructor(draft: Draft, order: ProblemOrder, windows: readonly Window[]) {
    this.#draft = draft;
    this.#order = order;
    this.#windows = windows;
  }

  /** False where the order fits as it is. */
  tryEngineer(engineer: ProblemEngineer): boolean {
    const { pairs, problem } = this.#draft.context;
    const { excluding } = pairs.of(this.#order, engineer);
    if (excluding.length > 0) {
      const served = this.#served(engineer);
      for (const eased of easedPairs(problem, this.#order, engineer, excluding, served)) this.#tryEased(eased);
      return true;
    }
    for (const shift of engineer.shifts)
      for (const place of placesIn(this.#draft, this.#order, engineer, shift)) {
        const { broken } = place.trial;
        if (broken.length === 0) return false;
        if (broken.length === 1) this.#raise(place, broken[0]!);
        if (broken.every(({ code }) => TIMED.has(code))) this.#retime(place);
      }
    return true;
  }

  /** The engineer may serve the order after `eased`: every place that keeps all other rules will do. */
  #tryEased({ kind, amount, subject, engineer }: EasedPair): void {
    for (const shift of engineer.shifts)
      for (const place of placesIn(this.#draft, this.#order, engineer, shift))
        if (place.trial.broken.length === 0) this.#keep({ kind, amount, subject }, place);
  }

  /** Keeps the smaller amount, of equal ones the cheaper insertion. */
  #keep(found: Found, place: Place): void {
    const known = this.best.get(found.kind);
    if (known && known.amount < found.amount) return;
    const insertion = insertionAt(this.#draft, this.#order, place);
    if (known && known.amount === found.amount && compareLevels(insertion.levels, known.insertion.levels) >= 0) return;
    this.best.set(found.kind, { ...found, engineer: place.trial.way.engineer, insertion });
  }

  #raise(place: Place, { code, limit, value, subject, centreId, elsewhere }: Broken): void {
    // Only what the engineer himself lacks is his to have more of.
    if (elsewhere) return;
    if (code === "TOOL_MISSING") this.#tryChange({ kind: "TOOL", amount: 1, subject: subject! }, place);
    for (const kind of RAISED[code] ?? [])
      this.#tryChange(
        {
          kind,
          amount: value! - limit!,
          ...(subject !== undefined && { subject }),
          ...(centreId !== undefined && { centreId }),
        },
        place,
      );
  }

  /** Keeps the change if the place keeps all rules after it. */
  #tryChange(found: Found, place: Place): boolean {
    const known = this.best.get(found.kind);
    if (known && known.amount < found.amount) return false;
    const trial = this.#changed(found, place);
    if (!trial || trial.broken.length > 0) return false;
    if (!this.#keepsEligible(found, place)) return false;
    this.#keep(found, { ...place, trial });
    return true;
  }

  /** Changes of times by the smallest amount that will do. */
  #retime(place: Place): void {
    const { engineer, shift } = place.trial.way;
    for (const [window, { start, end }] of this.#windows.entries()) {
      const next = Math.min(
        ...this.#windows.filter((other) => other.start > end).map((other) => other.start),
        shift.latest + 1,
      );
      this.#bisect({ kind: "WINDOW_END", window }, next - 1 - end, place);
      const before = Math.max(...this.#windows.filter((other) => other.end < start).map((other) => other.end), -1);
      this.#bisect({ kind: "WINDOW_START", window }, start - before - 1, place);
    }
    const ends = this.#windows.map(({ end }) => end);
    if (ends.length > 0)
      this.#bisect({ kind: "LATENESS_GRACE" }, shift.latest - Math.min(...ends) - this.#order.graceTicks, place);
    if (shift.head) return;
    const before = Math.max(
      ...engineer.shifts.filter((other) => other.latest < shift.earliest).map((other) => other.latest),
      -1,
    );
    this.#bisect({ kind: "SHIFT_START" }, shift.earliest - before - 1, place);
  }

  /** The smallest amount up to `most`, and below the best so far, after which the place keeps all rules. */
  #bisect(change: Omit<Found, "amount">, most: number, place: Place): void {
    let high = Math.min(most, (this.best.get(change.kind)?.amount ?? Number.POSITIVE_INFINITY) - 1);
    if (high < 1) return;
    const fits = (amount: number) => this.#changed({ ...change, amount }, place)?.broken.length === 0;
    if (!fits(high)) return;
    let low = 0;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (fits(middle)) high = middle;
      else low = middle;
    }
    this.#tryChange({ ...change, amount: high }, place);
  }

  /** The place with one constraint changed; undefined where the request could not be changed so. */
  #changed(found: Found, { trial: { way }, position }: Place) {
    const { kind, amount, subject } = found;
    let { engineer, shift } = way;
    let visits = way.visits;
    let extra: ExtraStock | undefined;
    switch (kind) {
      case "WINDOW_END":
      case "WINDOW_START":
      case "LATENESS_GRACE":
        visits = visits.with(position, { kind: "order", order: this.#changedOrder(found) });
        break;
      case "VAN_STOCK":
        engineer = { ...engineer, stock: raised(engineer.stock, subject!, amount) };
        break;
      case "CENTRE_STOCK":
        extra = { centreId: found.centreId!, sku: subject!, units: amount };
        break;
      case "PART_CAPACITY":
        engineer = { ...engineer, partCapacity: engineer.partCapacity! + amount };
        break;
      case "TOOL":
        engineer = { ...engineer, toolIds: new Set([...engineer.toolIds, subject!]) };
        break;
      case "CAPACITY":
        engineer = { ...engineer, capacities: raised(engineer.capacities, subject!, amount) };
        break;
      case "ENGINEER_MAX_ORDERS":
        engineer = { ...engineer, maxOrders: engineer.maxOrders! + amount };
        break;
      case "MAX_LEG":
        engineer = { ...engineer, maxLegTicks: engineer.maxLegTicks! + amount };
        break;
      case "SHIFT_START":
        shift = { ...shift, earliest: shift.earliest - amount };
        break;
      case "SHIFT_END":
      case "OVERTIME": {
        const latest = shift.latest + amount;
        if (
          engineer.shifts.some(
            (other) => other.index !== shift.index && other.earliest > shift.latest && other.earliest <= latest,
          )
        )
          return undefined;
        shift = { ...shift, latest, end: shift.end + (kind === "SHIFT_END" ? amount : 0) };
        break;
      }
      case "SHIFT_MAX_ORDERS":
        shift = { ...shift, maxOrders: shift.maxOrders! + amount };
        break;
      case "MAX_TRAVEL":
        shift = { ...shift, maxTravelTicks: shift.maxTravelTicks! + amount };
        break;
      case "MAX_DISTANCE":
        shift = { ...shift, maxDistance: shift.maxDistance! + amount };
        break;
      case "MAX_WORKING":
        shift = { ...shift, maxWorkingTicks: shift.maxWorkingTicks! + amount };
        break;
      default:
        throw new Error(`${kind} changes no way`);
    }
    return this.#draft.try({ engineer, shift, visits }, extra);
  }

  #changedOrder({ kind, amount, window }: Found): ProblemOrder {
    const graceTicks = this.#order.graceTicks + (kind === "LATENESS_GRACE" ? amount : 0);
    const windows = this.#windows.map(({ start, end }, index) => ({
      start: start - (kind === "WINDOW_START" && index === window ? amount : 0),
      end: end + (kind === "WINDOW_END" && index === window ? amount : 0),
    }));
    const lastWindowEnd = Math.max(...windows.map(({ end }) => end));
    return { ...this.#order, graceTicks, windows: openWindows(windows, graceTicks), lastWindowEnd };
  }

  /** A later end asks for skills and certificates that are valid longer. */
  #keepsEligible(found: Found, { trial: { way } }: Place): boolean {
    const { problem } = this.#draft.context;
    if (found.kind === "WINDOW_END") return eligible(problem, this.#changedOrder(found), way.engineer);
    const end = way.shift.end + found.amount;
    if (found.kind !== "SHIFT_END" || end <= way.engineer.lastShiftEnd) return true;
    const later = { ...way.engineer, lastShiftEnd: end };
    return [this.#order, ...this.#served(way.engineer)].every((order) => eligible(problem, order, later));
  }

  /** Orders in the engineer's routes. */
  #served(engineer: ProblemEngineer): ProblemOrder[] {
    const { rows } = this.#draft.context;
    return engineer.shifts.flatMap((shift) => {
      const stops = this.#draft.routeOf(engineer, shift)?.stops ?? [];
      return stops.flatMap((stop) => (stop.kind === "order" ? [rows.orders.get(stop.orderId)!] : []));
    });
  }
}

/** Windows as the schedule wants them: those that are over left out, in the order of their ends. */
function openWindows(windows: readonly Window[], grace: number): Window[] {
  const open = windows
    .map(({ start, end }) => ({ start: Math.max(start, 0), end }))
    .filter(({ end }) => end + grace >= 0)
    .sort((a, b) => a.end - b.end);
  return open.length > 0 ? open : [{ start: NEVER - 1, end: NEVER - 1 }];
}

function raised(amounts: ReadonlyMap<string, number>, id: string, by: number): Map<string, number> {
  return new Map(amounts).set(id, (amounts.get(id) ?? 0) + by);
}
