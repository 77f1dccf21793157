// What the contract already says and this version does not answer.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** Locks on stops that are not under way: a round has no route to keep them in. */
const TO_COME = new Set([Stop_Lock.ENGINEER, Stop_Lock.SEQUENCE, Stop_Lock.TIME]);

/** Why a request is answered UNIMPLEMENTED, naming the field; undefined when it is not. */
export function unsupported(request: AssignRequest): string | undefined {
  const mode = request.search?.mode;
  if (mode === SearchOptions_Mode.MATCH) {
    for (const [row, route] of request.currentPlan?.routes.entries() ?? []) {
      const stop = route.stops.findIndex(({ lock }) => TO_COME.has(lock));
      if (stop >= 0)
        return `current_plan.routes[${row}].stops[${stop}].lock is for a stop still to come, which MODE_MATCH does not take yet; use MODE_ROUTE`;
    }
  }
  return undefined;
}
