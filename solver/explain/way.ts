// A route as a sequence of visits, before anybody has timed it.
import type { PlannedLoan, PlannedPartUse, PlannedRoute, PlannedStop } from "../decode.ts";
import type {
  Problem,
  ProblemBreak,
  ProblemCentre,
  ProblemEngineer,
  ProblemOrder,
  ProblemShift,
} from "../model/problem.ts";
import { variantsOf, variantUsed } from "../model/variants.ts";

/** An engineer's shift, as a key. */
export type RouteKey = string;

export const keyOf = (engineer: ProblemEngineer, shift: ProblemShift): RouteKey => `${shift.index} ${engineer.id}`;

/** A hand-over to come: one of these is in the ways of both. */
export interface Meeting {
  readonly loan: PlannedLoan;
  /** The order that it is for; undefined where a plan that was given does not say. */
  readonly orderId: string | undefined;
  /** Row in the travel source. */
  readonly placeRow: number;
  readonly ticks: number;
  readonly lender: RouteKey;
  readonly borrower: RouteKey;
}

/** What happens at one stop. */
export type Visit =
  | {
      readonly kind: "order";
      readonly order: ProblemOrder;
      /** Part uses that a hand-over before brings. */
      readonly borrowed?: readonly PlannedPartUse[];
    }
  | { readonly kind: "supply"; readonly centre: ProblemCentre }
  | { readonly kind: "break"; readonly pause: ProblemBreak }
  | { readonly kind: "loan"; readonly meeting: Meeting; readonly lends: boolean };

/** Stops in order, behind those under way. */
export interface Way {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
  readonly visits: readonly Visit[];
}

/** Travel row of a visit's place; undefined: the place before. */
export function rowOf(visit: Visit): number | undefined {
  switch (visit.kind) {
    case "order":
      return visit.order.placeRow;
    case "supply":
      return visit.centre.placeRow;
    case "break":
      return visit.pause.placeRow;
    case "loan":
      return visit.meeting.placeRow;
  }
}

/** The order with the parts that it is served with, where they are substitutes. */
function servedAs(order: ProblemOrder, uses: readonly PlannedPartUse[]): ProblemOrder {
  const variant = variantUsed(order, uses);
  return variant === 0 ? order : { ...order, parts: variantsOf(order)[variant]! };
}

/** Ids of a problem looked up once. */
export class Rows {
  readonly orders: ReadonlyMap<string, ProblemOrder>;
  readonly centres: ReadonlyMap<string, ProblemCentre>;

  constructor({ orders, centres }: Problem) {
    this.orders = new Map(orders.map((order) => [order.id, order]));
    this.centres = new Map(centres.map((centre) => [centre.id, centre]));
  }

  /** The visits of a route whose ids the problem has, `meetings` by their stops. */
  wayOf({ engineer, shift, stops }: PlannedRoute, meetings: ReadonlyMap<PlannedStop, Meeting>): Way {
    const visits = stops.map((stop): Visit => {
      if (stop.kind === "order") {
        const order = servedAs(this.orders.get(stop.orderId)!, stop.parts);
        const borrowed = stop.parts.filter(({ lenderId }) => lenderId !== undefined);
        return borrowed.length > 0 ? { kind: "order", order, borrowed } : { kind: "order", order };
      }
      if (stop.kind === "supply") return { kind: "supply", centre: this.centres.get(stop.centreId)! };
      if (stop.kind === "break")
        return { kind: "break", pause: shift.breaks.find(({ index }) => index === stop.breakIndex)! };
      return { kind: "loan", meeting: meetings.get(stop)!, lends: stop.loan.lenderId === engineer.id };
    });
    return { engineer, shift, visits };
  }
}
