// The instances on which the core's speed is measured: generated, so that everybody has them.
import { create } from "@bufbuild/protobuf";
import { generateCity } from "../datasets/city.ts";
import { generateVrptw } from "../datasets/generated-vrptw.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE } from "../solver/criteria.ts";

/** An instance by name, made when it is asked for. */
export interface CoreInstance {
  readonly name: string;
  make(): AssignRequest;
}

const SEED = 1;

/** Orders and engineers; a centre for every 125 orders, as in the default city. */
const cities = [
  [100, 30],
  [200, 60],
  [400, 120],
  [1000, 300],
  [5000, 1500],
] as const;

const classes = [
  ["random", "narrow"],
  ["mixed", "wide"],
] as const;

/** City days of 100 to 5,000 orders, some of them without criteria beside time and eligibility, then plain VRPTW of 100 to 1,000 customers with short and with long routes. */
export const CORE_INSTANCES: readonly CoreInstance[] = [
  ...cities.map(([orders, engineers]) => ({
    name: `city-${orders}x${engineers}`,
    make: () => generateCity({ orders, engineers, centres: Math.ceil(orders / 125), seed: SEED }),
  })),
  ...cities.slice(1, 4).map(([orders, engineers]) => ({
    name: `plain-city-${orders}x${engineers}`,
    make: () => withoutCriteria(generateCity({ orders, engineers, centres: Math.ceil(orders / 125), seed: SEED })),
  })),
  ...classes.flatMap(([placement, windows]) =>
    [100, 200, 400, 1000].map((customers) => ({
      name: `${placement}-${windows}-${customers}`,
      make: () => solomonRequest(generateVrptw({ customers, placement, windows, seed: SEED })),
    })),
  ),
];

/** The same day with every weighted criterion and all money off: what is left are time, windows, shifts, parts from van and centre, and who may. */
function withoutCriteria(request: AssignRequest): AssignRequest {
  const ids = [...CATALOGUE.filter(({ weighted }) => weighted).map(({ id }) => id), "service_cost"];
  const kept = new Set(["service_territory"]);
  const criteria = ids.filter((id) => !kept.has(id)).map((id) => ({ id, mode: CriterionMode.OFF }));
  request.policy = create(PolicySchema, { criteria });
  return request;
}
