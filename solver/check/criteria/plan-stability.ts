// plan_stability: who was to come when, by the current plan.
import type { AssignRequest } from "../../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Stop, Stop_Kind } from "../../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";

export interface Told {
  readonly engineerId: string;
  readonly stop: Stop;
}

/** What the current plan told the customer of each order. */
export function toldOf({ currentPlan }: AssignRequest): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const route of currentPlan?.routes ?? [])
    for (const stop of route.stops)
      if (stop.kind === Stop_Kind.SERVICE) told.set(stop.orderId, { engineerId: route.engineerId, stop });
  return told;
}
