// trust_limit: the value in the engineer's care is covered, hard; some margin should be left, soft.
import {
  engineers,
  engineerTrustCarried,
  engineerTrustLimit,
  orderValue,
  trustHard,
  trustMargin,
  trustWeight,
} from "../gen/layout";
import { FAILS_TRUST } from "./masks";
import { moneyAt, NO_MONEY } from "./money";
import { orCell } from "./rows";
import { costOfScore, FULL } from "./score";

/** Sets mask bits where the order's own value, with what is in care already, is beyond the limit. */
export function trustExclusions(order: i32, masks: usize): void {
  const value = moneyAt(orderValue, order);
  if (value == 0 || trustHard == 0) return;
  for (let engineer = 0; engineer < engineers; engineer++)
    if (isBeyondLimit(engineer, moneyAt(engineerTrustCarried, engineer) + value)) orCell(masks, engineer, FAILS_TRUST);
}

/** True when so many minor units must not be in the engineer's care. */
export function isBeyondLimit(engineer: i32, value: i64): bool {
  if (trustHard == 0) return false;
  const limit = moneyAt(engineerTrustLimit, engineer);
  return limit != NO_MONEY && value > limit;
}

/** Ticks of so many minor units in care at a stop; the more the dearer. */
export function trustLimit(engineer: i32, value: i64): i32 {
  const limit = moneyAt(engineerTrustLimit, engineer);
  if (trustWeight == 0 || limit == NO_MONEY) return 0;
  const margin = (limit * trustMargin) / 100;
  const free = limit - value;
  if (free < 0) return costOfScore(trustWeight, 0);
  return free >= margin ? 0 : costOfScore(trustWeight, <i32>((FULL * free) / margin));
}
