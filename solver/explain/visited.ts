// An order where a route serves it, for the criteria that only a route can tell.
import type { PlannedPartUse, PlannedRoute, PlannedStop } from "../decode.ts";
import { list, type Pair } from "./verdict.ts";

/** The route is the engineer's, and the stop is in it. */
export interface Visited extends Pair {
  readonly route: PlannedRoute;
  readonly stop: PlannedStop & { readonly kind: "order" };
}

export const unitsOf = (uses: readonly PlannedPartUse[]) => uses.reduce((sum, { quantity }) => sum + quantity, 0);
export const wordsOf = (uses: readonly PlannedPartUse[]) =>
  list(uses.map(({ quantity, sku }) => `${quantity} x ${sku}`));
