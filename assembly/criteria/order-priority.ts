// order_priority: urgent orders of important customers begin early. Soft.
import { orderUrgency, priorityHalf, priorityWeight, ticksPerSecond } from "../gen/layout";
import { at } from "../memory/cells";
import { FULL, half } from "./score";

/** Ticks of service of `order` that begins at `start`; the later the more. */
export function orderPriority(order: i32, start: i32): i32 {
  const urgency = at(orderUrgency, order);
  if (urgency == 0) return 0;
  const score = half(<i64>max(start, 0), <i64>priorityHalf * ticksPerSecond);
  return <i32>(((<i64>priorityWeight * urgency * (FULL - score) + 50000000) / 100000000) * ticksPerSecond);
}
