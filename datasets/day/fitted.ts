// Figures of generated days: what `fit.ts` computes from the sources that docs/datasets.md names, and what is assumed.

/** Parts per thousand of the orders that arrive in each hour from 7 to 19. */
export const ARRIVALS = [110, 191, 122, 78, 77, 72, 70, 62, 65, 60, 38, 32, 23] as const;
/** Minutes from the order to the begin of the promised window, ten equally likely values. */
export const LEADS = [0, 0, 40, 60, 76, 100, 129, 183, 252, 422] as const;
/** First hours of two-hour promises. */
export const SLOTS = [
  { hour: 9, weight: 648 },
  { hour: 11, weight: 546 },
  { hour: 13, weight: 500 },
  { hour: 15, weight: 382 },
  { hour: 17, weight: 347 },
] as const;
/** Real length of a service, per cent of the planned one, ten equally likely values. */
export const DURATIONS = [37, 52, 52, 59, 74, 89, 111, 148, 171, 208] as const;
/** Orders called off, per thousand. */
export const CANCELLED = 22;
/** Faults of phones. */
export const PHONE_FAULTS = { screen: 630, battery: 233, port: 88 } as const;
/** Visits with parts that fail for want of one, per thousand. */
export const PART_MISSING = 35;

// No source that we have says these.
/** Orders whose window the customer moves by two hours, per thousand. */
export const MOVED = 30;
/** Orders that somebody declines, per thousand. */
export const DECLINED = 30;
/** Engineers who report 5 to 30 minutes late, and engineers who drop out, per thousand. */
export const LATE_SHIFT = 50;
export const DROPPED_OUT = 25;
/** Travel times in the evening, per cent. */
export const EVENING_TRAFFIC = 130;
