// engineer_preference: who may, should and rather should not come, in the customer's words.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";

const PREFERRED = 10_000;
const SECONDARY = 7_000;
const NOT_NAMED = 5_000;
const DISLIKED = 1_000;

/** True when the customer requires others or excludes this engineer. */
export function engineerPreferenceExcludes(order: Order, engineer: Engineer): boolean {
  const wish = order.engineerPreference;
  if (!wish) return false;
  const required = wish.requiredEngineerIds;
  return (required.length > 0 && !required.includes(engineer.id)) || wish.excludedEngineerIds.includes(engineer.id);
}

/** Score 0 to 10000; undefined when the order names nobody preferred, secondary or disliked. */
export function engineerPreferenceScore(order: Order, engineer: Engineer): number | undefined {
  const wish = order.engineerPreference;
  if (!wish) return undefined;
  const { preferredEngineerIds, secondaryEngineerIds, dislikedEngineerIds } = wish;
  if (preferredEngineerIds.length + secondaryEngineerIds.length + dislikedEngineerIds.length === 0) return undefined;
  if (preferredEngineerIds.includes(engineer.id)) return PREFERRED;
  if (secondaryEngineerIds.includes(engineer.id)) return SECONDARY;
  return dislikedEngineerIds.includes(engineer.id) ? DISLIKED : NOT_NAMED;
}
