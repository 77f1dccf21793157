// One rule that a route would break: by how much, so that a change of so much is known to be enough.
import type { FindingCode } from "../check/codes.ts";

/** One broken rule of a way. */
export interface Broken {
  /** The checker's code for it. */
  readonly code: FindingCode;
  /** Index of the visit; undefined: the whole route. */
  readonly stop?: number;
  /** What the rule allows and what there is: ticks, metres, units, orders; absent where nothing is counted. */
  readonly limit?: number;
  readonly value?: number;
  /** SKU, tool or dimension. */
  readonly subject?: string;
  /** In the route of somebody whom the engineer meets. */
  readonly elsewhere?: true;
  /** The centre, of CENTRE_STOCK. */
  readonly centreId?: string;
}
