// What the pair criteria read of an order and of an engineer, beside skills, levels, preferences and access.

/** Degrees north and east. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

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
  readonly languages: readonly string[];
  readonly gender: string;
}
