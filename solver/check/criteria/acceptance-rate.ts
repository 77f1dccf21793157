// acceptance_rate: an engineer who declined an order is not asked again; how many offers are accepted is compared with peers.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { shrunkRate } from "../curves.ts";

/** True when the engineer declined the order. */
export function acceptanceRateExcludes(order: Order, engineer: Engineer): boolean {
  return order.declinedEngineerIds.includes(engineer.id);
}

/** Score 0 to 10000: the engineer's rate over that of peers on like offers. */
export function acceptanceRateScore(engineer: Engineer, cases: number, prior: number, neutralScore: number): number {
  const { own, peers } = engineer.acceptance ?? {};
  if (!own) return neutralScore;
  const usual = shrunkRate(peers, cases, prior);
  if (usual === 0) return 10_000;
  return Math.min(10_000, Math.floor((10_000 * shrunkRate(own, cases, usual)) / usual));
}
