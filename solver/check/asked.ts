// What a stop's order, centre or break asks for.
import type { Break, OperatingCentre, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Stop, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Clock } from "./clock.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";
import type { Step } from "./schedule.ts";

/** Exactly one of order, centre and pause, and what it asks of a schedule. */
export interface Asked extends Omit<Step, "leg"> {
  readonly order?: Order;
  readonly centre?: OperatingCentre;
  readonly pause?: Break;
  /** Absent: at the place before. */
  readonly place?: Place | undefined;
}

/** What a stop's order, centre or break asks for; undefined, with a finding, when there is no such thing. */
export function askedOf(
  facts: Pick<Facts, "clock" | "orders" | "centres">,
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
    default:
      report("STOP_KIND", at, "SERVICE, SUPPLY or BREAK", Stop_Kind[stop.kind] ?? stop.kind);
      return undefined;
  }
}
