// acceptance_rate: an engineer who declined an order is not asked again.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";

/** True when the engineer declined the order. */
export function acceptanceRateExcludes(order: Order, engineer: Engineer): boolean {
  return order.declinedEngineerIds.includes(engineer.id);
}
