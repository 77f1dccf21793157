// order_priority: an urgent order costs the more the later it begins.
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { URGENCY_OF_AGE, URGENCY_OF_SEVERITY, URGENCY_OF_TIER } from "../../criteria.ts";
import { halved } from "../curves.ts";

/** Whole seconds from the order to `now`, at least 0. */
export function ageOf({ createdAt }: Order, now: Timestamp): bigint {
  if (!createdAt) return 0n;
  const nanos = (moment: Timestamp) => moment.seconds * 1_000_000_000n + BigInt(moment.nanos);
  const age = (nanos(now) - nanos(createdAt)) / 1_000_000_000n;
  return age < 0n ? 0n : age;
}

/** Equivalent seconds of service that begins `later` ticks after `now`, the score halving with every `halfLife` ticks. */
export function orderPriorityCost(
  order: Order,
  now: Timestamp,
  later: number,
  halfLife: number,
  fullAgeS: number,
  weightS: number,
): number {
  const full = BigInt(fullAgeS);
  const age = ageOf(order, now);
  const urgency =
    BigInt(order.vipTier * URGENCY_OF_TIER + order.severity * URGENCY_OF_SEVERITY) +
    ((age < full ? age : full) * BigInt(URGENCY_OF_AGE)) / full;
  const missing = BigInt(10_000 - halved(Math.max(0, later), halfLife));
  return Number((BigInt(weightS) * urgency * missing + 50_000_000n) / 100_000_000n);
}
