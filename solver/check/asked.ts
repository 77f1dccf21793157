// What a stop's order, centre, meeting or break asks for.
import type { Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Stop, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Clock } from "./clock.ts";
import type { Facts, StopFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import type { Step } from "./schedule.ts";

/** Times and things that a stop is held to. */
export type Asked = Pick<StopFacts, "order" | "centre" | "loan" | "pause"> &
  Omit<Step, "leg"> & { /** Absent: at the place before. */ place?: Place | undefined };

/** The same for one stop; undefined, with a finding, when there is no such thing. */
export function resolve(
  facts: Facts,
  shift: Shift,
  stop: Stop,
  at: { engineerId: string; stopIndex: number },
  report: Report,
): Asked | undefined {
  const { clock } = facts;
  const spans = (windows: readonly Parameters<Clock["span"]>[0][]) =>
    windows.map((window) => clock.span(window)).filter((span) => span !== undefined);
  switch (stop.kind) {
    case Stop_Kind.SERVICE: {
      const order = facts.orders.get(stop.orderId);
      const where = { ...at, orderId: stop.orderId };
      if (!order) report("UNKNOWN_ORDER", where, "an order of the request", stop.orderId);
      else if (!order.place || spans(order.windows).length < order.windows.length)
        report("ORDER_UNUSABLE", where, "an order with a place and whole windows", stop.orderId);
      else
        return {
          order,
          place: order.place,
          windows: spans(order.windows),
          grace: clock.length(order.latenessGrace),
          setup: clock.length(order.setupDuration),
          length: clock.length(order.serviceDuration),
          ...promiseOf(facts, order),
        };
      return undefined;
    }
    case Stop_Kind.SUPPLY: {
      const centre = facts.centres.get(stop.operatingCentreId);
      if (centre?.place)
        return {
          centre,
          place: centre.place,
          windows: spans(centre.openingWindows),
          grace: 0,
          setup: 0,
          length: clock.length(centre.pickDuration),
        };
      report("UNKNOWN_CENTRE", at, "an operating centre of the request", stop.operatingCentreId);
      return undefined;
    }
    case Stop_Kind.BREAK: {
      const pause = shift.breaks[stop.breakIndex];
      if (pause)
        return {
          pause,
          place: pause.place,
          windows: spans([pause.window]),
          grace: 0,
          setup: 0,
          length: clock.length(pause.duration),
        };
      report("UNKNOWN_BREAK", at, `0 to ${shift.breaks.length - 1}`, stop.breakIndex);
      return undefined;
    }
    case Stop_Kind.LOAN:
      return resolveLoan(facts, stop, at, report);
    default:
      report("STOP_KIND", at, "SERVICE, SUPPLY, LOAN or BREAK", Stop_Kind[stop.kind] ?? stop.kind);
      return undefined;
  }
}

function resolveLoan(
  facts: Facts,
  { loan, place }: Stop,
  at: { engineerId: string },
  report: Report,
): Asked | undefined {
  const parties = loan ? [loan.lenderEngineerId, loan.borrowerEngineerId] : [];
  const known = parties.every((id) => facts.engineers.has(id)) && parties[0] !== parties[1];
  if (!loan || !known || !parties.includes(at.engineerId))
    report("LOAN_PARTIES", at, "two engineers of the request, one of them here", parties.join(" to ") || "no loan");
  else if (!place) report("PLACE", at, "the place of the meeting", "none");
  else return { loan, place, windows: [], grace: 0, setup: 0, length: handOver(facts) };
  return undefined;
}

/** The last start that keeps the promise to be finished, where there is one; `limit` where it must be kept. */
export function promiseOf({ clock, policy }: Facts, order: Order): Pick<Step, "promise" | "limit"> {
  const mode = policy.mode("sla_response");
  const due = clock.ticks(order.visitDueAt);
  if (mode === "off" || due === undefined) return {};
  const last = due - clock.length(order.serviceDuration);
  return mode === "hard" ? { promise: last, limit: last } : { promise: last };
}

/** Ticks that a hand-over takes. */
export function handOver({ clock, policy }: Facts): number {
  return policy.param("parts_borrowable", "hand_over_s") * clock.ticksPerSecond;
}
