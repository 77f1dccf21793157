// What the criteria read of an order and of an engineer, beside skills, levels, preferences, access and times.
import type { Point } from "./point.ts";

/** k successes of n. */
export interface Cases {
  readonly successes: number;
  readonly total: number;
}

export interface OrderInputs {
  /** Undefined where places are not on the earth. */
  readonly point: Point | undefined;
  /** Operating centre; empty: none. */
  readonly centreId: string;
  /** The customer has a tier. */
  readonly vip: boolean;
  /** Empty where not stated. */
  readonly brand: string;
  readonly family: string;
  readonly model: string;
  /** Under the maker's warranty. */
  readonly warranty: boolean;
  readonly lastVisit:
    | {
        readonly engineerId: string;
        /** Whole days before `now`; undefined where not stated. */
        readonly days: number | undefined;
        readonly held: boolean;
        readonly rework: boolean;
      }
    | undefined;
  /** Primary subtags of languages, sorted. */
  readonly languages: readonly string[];
  /** Small letters; empty: none asked for. */
  readonly gender: string;
  readonly vipTier: number;
  readonly severity: number;
  /** Whole seconds from the order to `now`, at least 0; undefined where not stated. */
  readonly ageS: number | undefined;
  /** When the visit must be finished by promise, ticks after `now`; undefined without a promise. */
  readonly dueTicks: number | undefined;
  /** Who should come and when, by the current plan, the start in ticks after `now` where it is stated; undefined where it has no such stop. */
  readonly published: { readonly engineerId: string; readonly start: number | undefined } | undefined;
  /** Minor units in the engineer's care. */
  readonly trustValue: number;
  readonly takenAlong: boolean;
  /** Minor units; undefined without a budget. */
  readonly budget: number | undefined;
  readonly visitFee: number;
}

/** Lists are sorted: equal engineers have equal inputs. */
export interface EngineerInputs {
  /** Where the first shift starts; undefined where places are not on the earth. */
  readonly home: Point | undefined;
  readonly centreId: string;
  readonly territoryCells: readonly string[];
  /** Makers of certificates held, with the last valid tick; undefined without an end. */
  readonly certificates: readonly (readonly [brand: string, until: number | undefined])[];
  readonly experience: readonly { readonly model: string; readonly family: string; readonly repairs: number }[];
  readonly rating: { readonly milliStars: number; readonly count: number } | undefined;
  readonly onTime: Cases | undefined;
  readonly fixes: readonly ({ readonly skillId: string; readonly family: string } & Cases)[];
  readonly acceptance: { readonly own: Cases; readonly peers: Cases } | undefined;
  /** Attendance times orders a day in percent of the target; undefined where not stated. */
  readonly outputPercent: number | undefined;
  readonly topLevel: number;
  /** Minutes of 7 days against the target; undefined where not stated. */
  readonly workload: { readonly minutes: number; readonly target: number } | undefined;
  /** Minor units; undefined without a limit. */
  readonly trustLimit: number | undefined;
  readonly trustCarried: number;
  /** Minor units an hour and a kilometre; 0: not stated. */
  readonly wagePerHour: number;
  readonly costPerKm: number;
  readonly languages: readonly string[];
  readonly gender: string;
}
