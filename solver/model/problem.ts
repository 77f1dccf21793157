// The problem as the solver sees it: plain values in ticks after `now`, every list in canonical order (ids by their bytes).
import type { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { CriterionId, Mode } from "../criteria.ts";
import type { Travel } from "../travel/travel.ts";
import type { EngineerInputs, OrderInputs } from "./criteria-inputs.ts";

/** Both ends inclusive, ticks after `now`; the start is never before 0, the end may be when only the grace is left. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Ticks by which an allowed start is late: docs/plan.md, "A stop in time". */
export function latenessAt(windows: readonly Window[], start: number): number {
  if (windows.some((window) => window.start <= start && start <= window.end)) return 0;
  const ended = windows.filter((window) => window.end < start).map((window) => window.end);
  return ended.length === 0 ? 0 : start - Math.max(...ended);
}

export interface Quantity {
  readonly id: string;
  readonly quantity: number;
}

export interface ProblemOrder {
  readonly id: string;
  /** Row in the travel source. */
  readonly placeRow: number;
  readonly serviceTicks: number;
  readonly setupTicks: number;
  readonly graceTicks: number;
  /** Sorted, disjoint; never empty. */
  readonly windows: readonly Window[];
  /** Last start of an order that the running plan can only begin past windows and grace. */
  readonly lateUntil?: number;
  /** Of an order locked in time, whose `windows` are that start: when the customer wants it, past windows too. */
  readonly lockedStart: { readonly windows: readonly Window[] } | undefined;
  /** End of the last window without grace as the customer gave it; undefined without windows. */
  readonly lastWindowEnd: number | undefined;
  /** 1 + priority; 0 for optional orders. */
  readonly unassignedWeight: number;
  /** Ticks of soft cost when left out; undefined for mandatory orders. */
  readonly priceTicks: number | undefined;
  readonly skills: {
    readonly allOf: readonly string[];
    readonly anyOf: readonly string[];
    readonly noneOf: readonly string[];
  };
  readonly levels: readonly { readonly skillId: string; readonly level: number; readonly hard: boolean }[];
  readonly preference: {
    readonly required: readonly string[];
    readonly excluded: readonly string[];
    readonly preferred: readonly string[];
    readonly secondary: readonly string[];
    readonly disliked: readonly string[];
    readonly declined: readonly string[];
  };
  /** Bit per vehicle mode; -1 all. */
  readonly access: number;
  readonly inputs: OrderInputs;
  /** The last start that keeps the promise to be finished, ticks after `now`, and whether it must be kept; undefined without one. */
  readonly promise: { readonly last: number; readonly firm: boolean } | undefined;
  /** Each with the SKUs that do as well, best first. */
  readonly parts: readonly (Quantity & {
    readonly substitutes?: readonly string[];
    /** Of an order that is served with a substitute: the SKU asked for. */
    readonly substituteFor?: string | undefined;
  })[];
  readonly toolIds: readonly string[];
  readonly loads: readonly Quantity[];
  /** Engineer and shift it is locked to. */
  readonly lockedTo: { readonly engineerId: string; readonly shiftIndex: number } | undefined;
}

export interface ProblemSkill {
  /** 1..10; 0 not stated. */
  readonly level: number;
  /** Last valid tick; undefined without an end, negative when it is over. */
  readonly validUntil: number | undefined;
}

export interface ProblemEngineer {
  readonly id: string;
  readonly mode: VehicleMode;
  readonly skills: ReadonlyMap<string, ProblemSkill>;
  readonly toolIds: ReadonlySet<string>;
  /** Units at `now` without reserved ones. */
  readonly stock: ReadonlyMap<string, number>;
  /** Units that stay in the van when it lends of the SKU; without an entry none. */
  readonly safetyStock: ReadonlyMap<string, number>;
  /** May lend parts under the policy. */
  readonly lends: boolean;
  readonly partCapacity: number | undefined;
  readonly capacities: ReadonlyMap<string, number>;
  readonly maxOrders: number | undefined;
  readonly maxLegTicks: number | undefined;
  /** End of the last shift. */
  readonly lastShiftEnd: number;
  readonly inputs: EngineerInputs;
  readonly shifts: readonly ProblemShift[];
}

export interface ProblemBreak {
  /** Index in the contract's list. */
  readonly index: number;
  readonly window: Window;
  readonly durationTicks: number;
  /** Row in the travel source; undefined: at the place of the stop before. */
  readonly placeRow: number | undefined;
  readonly paid: boolean;
  readonly priceTicks: number | undefined;
}

/** A stop of the current plan. */
export type GivenStop =
  | {
      readonly kind: "order";
      readonly orderId: string;
      /** The way its needs are met: variants.ts. */
      readonly variant: number;
    }
  | { readonly kind: "supply"; readonly centreId: string }
  | { readonly kind: "break"; readonly breakIndex: number }
  | { readonly kind: "loan"; readonly lends: boolean; readonly meeting: GivenMeeting };

/** A meeting of the current plan that is still to come; its two stops have the same one. */
export interface GivenMeeting {
  readonly lenderId: string;
  readonly borrowerId: string;
  /** The order that it is for. */
  readonly orderId: string;
  /** SKUs of which it brings all that the order needs, served so. */
  readonly skus: readonly string[];
  readonly variant: number;
  /** Row in the travel source. */
  readonly placeRow: number;
}

/** What of a route is already under way. */
export interface Head {
  /** When the rest of the route may leave. */
  readonly departure: number;
  /** End of the last stop under way; negative when past. */
  readonly endTicks: number;
  /** All stops are done and the shift is over: the route stays as given. */
  readonly over: boolean;
  readonly workingTicks: number;
  readonly travelTicks: number;
  readonly distance: number;
  readonly latenessTicks: number;
  /** Service, set-up, pick-ups and paid breaks. */
  readonly busyTicks: number;
  /** Orders served, with the begin and end of service. */
  readonly orders: readonly { readonly order: ProblemOrder; readonly start: number; readonly end: number }[];
  /** Centres of supply stops. */
  readonly supplies: readonly string[];
  /** Index of the route in the current plan and the number of its stops that are under way. */
  readonly routeIndex: number;
  readonly stops: number;
}

export interface ProblemShift {
  /** Index in the contract's list. */
  readonly index: number;
  readonly startRow: number;
  readonly endRow: number | undefined;
  readonly earliest: number;
  readonly end: number;
  readonly latest: number;
  readonly maxOrders: number | undefined;
  readonly maxTravelTicks: number | undefined;
  readonly maxDistance: number | undefined;
  readonly maxWorkingTicks: number | undefined;
  readonly breaks: readonly ProblemBreak[];
  readonly head: Head | undefined;
  /** Who may meet somebody at the start row: a lender where it is the start of the shift, both where a service has just ended there. */
  readonly startMeets: "nobody" | "lender" | "both";
  /** Stops that stay at the head of the route, behind those under way. */
  readonly chain: readonly GivenStop[];
  /** Stops behind the chain that stay too, for the sake of meetings locked in this route or another one. */
  readonly tied: readonly GivenStop[];
  /** Stops behind all of them, which the search begins with. */
  readonly warm: readonly GivenStop[];
}

export interface ProblemCentre {
  readonly id: string;
  readonly placeRow: number;
  /** Never empty. */
  readonly windows: readonly Window[];
  readonly pickTicks: number;
  /** Minor units of a pick-up. */
  readonly pickFee: number;
  /** Units at `now` without reserved ones; Infinity when unlimited. */
  readonly stock: ReadonlyMap<string, number>;
  readonly toolIds: ReadonlySet<string>;
  readonly territoryCells: readonly string[];
  readonly neighbourIds: readonly string[];
}

/** Weights of unassigned, engineers used, distance, travel time, working time and soft cost. */
export type LevelWeights = readonly [number, number, number, number, number, number];

export interface Problem {
  readonly ticksPerSecond: number;
  /** `now` in ticks since 1970-01-01T00:00:00Z. */
  readonly epochTicks: number;
  readonly orders: readonly ProblemOrder[];
  readonly engineers: readonly ProblemEngineer[];
  readonly centres: readonly ProblemCentre[];
  readonly levels: readonly LevelWeights[];
  readonly policy: EffectivePolicy;
  readonly travel: Travel;
  readonly mode: "route" | "match" | "insert" | "reoptimize";
  readonly timeLimitMs: number | undefined;
  readonly iterations: number;
  readonly seed: bigint;
  readonly candidates: CandidateSetting;
}

/** Which engineers the search tries for an order: candidates.ts. */
export interface CandidateSetting {
  /** 0: by the size of the problem. */
  readonly engineers: number;
  /** Of H3 cells; 0: the usual one. */
  readonly resolution: number;
  readonly allPairs: boolean;
}

export interface EffectiveCriterion {
  readonly id: CriterionId;
  readonly mode: Mode;
  readonly weightS: number;
  readonly params: Readonly<Record<string, number>>;
  /** Prior of a shrunk rate, 0..10000; 0 where there is no rate. */
  readonly prior: number;
}

export interface EffectivePolicy {
  readonly criteria: ReadonlyMap<CriterionId, EffectiveCriterion>;
  readonly neutralScore: number;
  readonly secondsPerCurrencyUnit: number;
}
