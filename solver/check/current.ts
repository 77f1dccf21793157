// What the request's current plan settles about the head of a route.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Route, type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Clock } from "./clock.ts";

/** The route of the same engineer and shift in the current plan. */
export function currentRoute(request: AssignRequest, route: Route): Route | undefined {
  return request.currentPlan?.routes.find(
    ({ engineerId, shiftIndex }) => engineerId === route.engineerId && shiftIndex === route.shiftIndex,
  );
}

/** Started and finished stops at the head of a current route. */
export function settledHead(current: Route | undefined): Stop[] {
  const stops = current?.stops ?? [];
  const free = stops.findIndex(({ lock }) => lock !== Stop_Lock.STARTED && lock !== Stop_Lock.DONE);
  return free < 0 ? stops : stops.slice(0, free);
}

/** True when all stops of a current route are done and its shift, with overtime, was over before `now`: then it stays as given. */
export function isOver(request: AssignRequest, current: Route | undefined, clock: Clock): boolean {
  if (!current?.stops.length || !current.stops.every(({ lock }) => lock === Stop_Lock.DONE)) return false;
  const engineer = request.engineers.find(({ id }) => id === current.engineerId);
  const shift = engineer?.shifts[current.shiftIndex];
  const end = clock.span(shift?.time)?.end;
  return end !== undefined && end + clock.length(shift?.maxOvertime) < clock.now;
}

/** True when a current route has not begun although its shift, with overtime, was over before `now`: it cannot be kept. */
export function isForgone(request: AssignRequest, current: Route, clock: Clock): boolean {
  if (settledHead(current).length > 0) return false;
  const shift = request.engineers.find(({ id }) => id === current.engineerId)?.shifts[current.shiftIndex];
  const end = clock.span(shift?.time)?.end;
  return end !== undefined && end + clock.length(shift?.maxOvertime) < clock.now;
}

/** All stops of a current route up to the last one whose place in the sequence is locked. */
export function lockedHead(current: Route | undefined): Stop[] {
  const stops = current?.stops ?? [];
  return stops.slice(0, stops.findLastIndex(({ lock }) => lock >= Stop_Lock.SEQUENCE) + 1);
}

/** Kind and id of a stop in words; equal for the same service, supply, loan or break. */
export function nameOf(stop: Stop | undefined): string {
  if (!stop) return "no stop";
  switch (stop.kind) {
    case Stop_Kind.SERVICE:
      return `SERVICE ${stop.orderId}`;
    case Stop_Kind.SUPPLY:
      return `SUPPLY ${stop.operatingCentreId}`;
    case Stop_Kind.LOAN:
      return `LOAN from ${stop.loan?.lenderEngineerId} to ${stop.loan?.borrowerEngineerId}`;
    case Stop_Kind.BREAK:
      return `BREAK ${stop.breakIndex}`;
    default:
      return Stop_Kind[stop.kind] ?? `${stop.kind}`;
  }
}
