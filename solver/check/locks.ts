// Rule 7: what the current plan has settled stays.
import { equals } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import {
  type Plan,
  type Route,
  type Stop,
  Stop_Kind,
  Stop_Lock,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { currentRoute, isForgone, lockedHead, nameOf, settledHead } from "./current.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { unless } from "./unless.ts";

/** Reports stops of the plan that break a lock of the current plan. */
export function checkLocks(facts: Facts, plan: Plan, report: Report): void {
  for (const current of facts.request.currentPlan?.routes ?? []) {
    const route = plan.routes.find(
      ({ engineerId, shiftIndex }) => engineerId === current.engineerId && shiftIndex === current.shiftIndex,
    );
    // Where a running plan is kept, what is locked in a shift that is over is released.
    const forgone = facts.allowances !== undefined && isForgone(facts.request, current, facts.clock);
    if (!forgone) checkHead(facts, current, route, report);
    for (const { lock, kind, orderId } of current.stops) {
      const isHeld = lock === Stop_Lock.ENGINEER || (forgone && lock > Stop_Lock.ENGINEER);
      if (!isHeld || kind !== Stop_Kind.SERVICE) continue;
      if (!route?.stops.some((stop) => stop.kind === Stop_Kind.SERVICE && stop.orderId === orderId))
        unless(isReleased(facts, plan, orderId), facts, report)(
          "LOCK_ENGINEER",
          { engineerId: current.engineerId, orderId },
          `served in shift ${current.shiftIndex} of ${current.engineerId}`,
          "not there",
        );
    }
  }
  for (const route of plan.routes) {
    const settled = settledHead(currentRoute(facts.request, route)).length;
    for (const [stopIndex, { lock }] of route.stops.entries())
      if (stopIndex >= settled && (lock === Stop_Lock.STARTED || lock === Stop_Lock.DONE))
        report("LOCK_UNKNOWN", { engineerId: route.engineerId, stopIndex }, "not settled", Stop_Lock[lock]);
  }
}

function checkHead(facts: Facts, current: Route, route: Route | undefined, report: Report): void {
  const { engineerId } = current;
  const settled = settledHead(current).length;
  for (const [stopIndex, given] of lockedHead(current).entries()) {
    const stop: Stop | undefined = route?.stops[stopIndex];
    const at = { engineerId, stopIndex };
    if (stopIndex < settled) {
      if (!stop || !equals(StopSchema, stop, given))
        report("LOCK_SETTLED", at, `${nameOf(given)} as given`, nameOf(stop));
    } else if (nameOf(stop) !== nameOf(given)) report("LOCK_SEQUENCE", at, nameOf(given), nameOf(stop));
    else if (given.lock === Stop_Lock.TIME && !sameMoment(stop?.start, given.start))
      unless(isMissed(facts, given, stop), facts, report)(
        "LOCK_TIME",
        { ...at, orderId: given.orderId },
        momentText(given.start),
        momentText(stop?.start),
      );
  }
  const departed = settled > 0 && route !== undefined;
  if (departed && !sameMoment(route.departure, current.departure))
    report("LOCK_SETTLED", { engineerId }, `departure ${momentText(current.departure)}`, momentText(route.departure));
}

/** True when the order is left out altogether: the answer has to say that it could not stay. */
function isReleased({ allowances }: Facts, plan: Plan, orderId: string): boolean {
  return allowances !== undefined && plan.unassigned.some((row) => row.orderId === orderId);
}

/** True when the running plan cannot begin the stop before `stop` begins. */
function isMissed({ allowances, clock }: Facts, given: Stop, stop: Stop | undefined): boolean {
  const start = allowances?.lockStarts.get(given.orderId);
  return start !== undefined && clock.ticks(stop?.start) === start;
}

function sameMoment(a: Stop["start"], b: Stop["start"]): boolean {
  return a?.seconds === b?.seconds && a?.nanos === b?.nanos;
}

function momentText(moment: Stop["start"]): string {
  const date = moment && timestampDate(moment);
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : "missing";
}
