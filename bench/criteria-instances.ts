// The city days on which the pair criteria are measured: generated, so that everybody has them.
import { create } from "@bufbuild/protobuf";
import { generateCity } from "../datasets/city.ts";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** An instance by name, made when it is asked for. */
export interface CriteriaInstance {
  readonly name: string;
  make(): AssignRequest;
}

/** Orders, engineers and centres: with one centre all of them are near each other, with ten there are ten cities. */
const SIZES = [
  [500, 150, 1],
  [5000, 1500, 1],
  [5000, 1500, 10],
] as const;

export const CRITERIA_INSTANCES: readonly CriteriaInstance[] = [
  ...SIZES.map(([orders, engineers, centres]) => ({
    name: `city-${orders}x${engineers}-${centres}`,
    make: () => generateCity({ orders, engineers, centres, seed: 1 }),
  })),
  ...SIZES.slice(1).map(([orders, engineers, centres]) => ({
    name: `city-${orders}x${engineers}-${centres}-candidates`,
    make: () => withCandidates(generateCity({ orders, engineers, centres, seed: 1 })),
  })),
];

/** Engineers tried first for an order: the number that a large round has by itself. */
function withCandidates(request: AssignRequest): AssignRequest {
  request.search = create(SearchOptionsSchema, { candidates: { engineers: 40 } });
  return request;
}
