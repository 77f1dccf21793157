// Who may serve an order at all, whatever the route (docs/plan.md, hard rule 3): a dispatcher without a solver knows these rules, too.
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { excludingCriteria } from "../../solver/check/pair.ts";
import type { Day } from "./day.ts";

/** Whether the engineer may serve the order under the request's policy. */
export function eligible({ facts }: Day, order: Order, engineer: Engineer): boolean {
  return excludingCriteria(facts, order, engineer).length === 0;
}
