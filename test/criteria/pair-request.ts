// A request of which only the pair criteria matter: everybody is at one place, and no window is shut.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, point } from "../oracle/build.ts";
import { quietPolicy } from "../quiet-policy.ts";

/** Orders and engineers by id; engineers have one shift from 0 to 1000, unless they say otherwise. */
export function pairRequest(
  orders: Record<string, MessageInitShape<typeof OrderSchema>>,
  engineers: Record<string, MessageInitShape<typeof EngineerSchema>>,
  policy: Exclude<MessageInitShape<typeof PolicySchema>, { $typeName: string }> = {},
): AssignRequest {
  return create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    ticksPerSecond: 1,
    orders: Object.entries(orders).map(([id, order]) => ({ id, place: point(0, 0), ...order })),
    engineers: Object.entries(engineers).map(([id, engineer]) => ({
      id,
      shifts: [{ time: between(0, 1000), startPlace: point(0, 0) }],
      ...engineer,
    })),
    travel: { source: { case: "planar", value: {} } },
    policy: quietPolicy(policy),
  });
}
