// What the pool and the thread of the road engines say to each other.
import type { TravelReport } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import type { RoadCacheStatistics } from "../../solver/roads/road-cache.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import type { PlainError } from "../errors.ts";

/** What a road engine said for one request. */
export interface RoadTravel {
  readonly tables: RoadTables;
  readonly report: TravelReport;
  /** There were too many legs: between orders far from each other they were not asked for. */
  readonly heldBack: boolean;
}

/** The call that the travel is for; it decides which legs may be used. */
export type RoadPurpose = "assign" | "evaluate" | "recommend";

/** How the thread did since it began. */
export interface RoadStatistics extends RoadCacheStatistics {
  /** Questions put to road engines. */
  readonly calls: number;
  /** Requests for tables, and ways, that a road engine failed. */
  readonly failures: number;
}

/** A question to the thread. */
export type RoadTask = (
  | {
      readonly kind: "tables";
      readonly purpose: RoadPurpose;
      /** Orders whose legs are all asked for, however many there are. */
      readonly whole: readonly string[];
    }
  | { readonly kind: "directions" /** Encoded AssignResponse. */; readonly response: Uint8Array }
  | { readonly kind: "statistics" }
  | { readonly kind: "rest" }
) & {
  /** Encoded AssignRequest. */
  readonly request: Uint8Array;
  /** One cell over shared memory: STOP. */
  readonly flags: Int32Array;
  /** Moment of `monotonicMs` when the result must be there; Infinity: none. */
  readonly deadline: number;
};

/**
 * `tables`: nothing where the request is invalid, which the solver will say. `directions`: the response with them, encoded. `rest`: nothing
 * is under way any more.
 */
export type RoadResult =
  | { readonly kind: "tables"; readonly travel: RoadTravel | undefined }
  | { readonly kind: "response"; readonly response: Uint8Array }
  | { readonly kind: "rest" }
  | { readonly kind: "statistics"; readonly statistics: RoadStatistics }
  | { readonly kind: "error"; readonly error: PlainError };
