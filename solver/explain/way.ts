// A route as a sequence of visits, before anybody has timed it.
import type { PlannedPartUse, PlannedRoute } from "../decode.ts";
import type {
  Problem,
  ProblemBreak,
  ProblemCentre,
  ProblemEngineer,
  ProblemOrder,
  ProblemShift,
} from "../model/problem.ts";
import { variantsOf, variantUsed } from "../model/variants.ts";

/** What happens at one stop. */
export type Visit =
  | { readonly kind: "order"; readonly order: ProblemOrder }
  | { readonly kind: "supply"; readonly centre: ProblemCentre }
  | { readonly kind: "break"; readonly pause: ProblemBreak };

/** Stops in order, behind those under way. */
export interface Way {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
  readonly visits: readonly Visit[];
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

  /** The visits of a route without meetings whose ids the problem has. */
  wayOf({ engineer, shift, stops }: PlannedRoute): Way {
    const visits = stops.map((stop): Visit => {
      if (stop.kind === "order") return { kind: "order", order: servedAs(this.orders.get(stop.orderId)!, stop.parts) };
      if (stop.kind === "supply") return { kind: "supply", centre: this.centres.get(stop.centreId)! };
      if (stop.kind === "loan") throw new Error("a route with a meeting is no way of its own");
      return { kind: "break", pause: shift.breaks.find(({ index }) => index === stop.breakIndex)! };
    });
    return { engineer, shift, visits };
  }
}
