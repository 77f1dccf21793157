// What the contract already says and this version does not answer.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** Locks on stops that are not under way: a round has no route to keep them in. */
const TO_COME = new Set([Stop_Lock.ENGINEER, Stop_Lock.SEQUENCE, Stop_Lock.TIME]);

const isSettled = (lock: Stop_Lock) => lock === Stop_Lock.STARTED || lock === Stop_Lock.DONE;

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
  if (mode === SearchOptions_Mode.INSERT || mode === SearchOptions_Mode.REOPTIMIZE) {
    for (const [row, route] of request.currentPlan?.routes.entries() ?? []) {
      const stop = route.stops.findIndex(({ kind, lock }) => kind === Stop_Kind.LOAN && lock < Stop_Lock.STARTED);
      if (stop >= 0)
        return `current_plan.routes[${row}].stops[${stop}] is a LOAN still to come, which a running plan must not have yet; use MODE_ROUTE`;
    }
  }
  for (const [row, route] of request.currentPlan?.routes.entries() ?? []) {
    const last = route.stops.findLastIndex(({ lock }) => lock === Stop_Lock.SEQUENCE || lock === Stop_Lock.TIME);
    const stop = route.stops.findIndex(
      ({ kind, lock }, at) => kind === Stop_Kind.LOAN && at <= last && !isSettled(lock),
    );
    if (stop >= 0)
      return `current_plan.routes[${row}].stops[${stop}] is a LOAN still to come at or before a stop locked in SEQUENCE or TIME, which is not kept yet; lock less`;
    const held = route.stops.findIndex(({ kind, lock }) => kind === Stop_Kind.LOAN && lock === Stop_Lock.ENGINEER);
    if (held >= 0)
      return `current_plan.routes[${row}].stops[${held}].lock ENGINEER on a LOAN is not answered yet; lock the service that needs the parts`;
  }
  const source = request.travel?.source;
  if (source?.case === "osrm" || source?.case === "valhalla")
    return `travel.${source.case} is not answered yet; use great_circle, matrix or planar`;
  if (source?.case === "greatCircle") {
    const row = source.value.speeds.findIndex((speed) => speed.hours.length > 0);
    if (row >= 0) return `travel.great_circle.speeds[${row}].hours is not answered yet; give one speed for the day`;
  }
  if (source?.case === "matrix") {
    const modes = source.value.matrices.map((matrix) => matrix.vehicleMode);
    const row = modes.findIndex((mode, at) => modes.indexOf(mode) < at);
    if (row >= 0)
      return `travel.matrix.matrices[${row}] is a second matrix for ${VehicleMode[modes[row]!] ?? modes[row]}; slices of the day are not answered yet`;
  }
  return undefined;
}
