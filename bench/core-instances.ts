// The instances on which the core's speed is measured: generated, so that everybody has them.
import { generateCity } from "../datasets/city.ts";
import { generateVrptw } from "../datasets/generated-vrptw.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

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

/** City days of 100 to 5,000 orders, then plain VRPTW of 100 to 1,000 customers with short and with long routes. */
export const CORE_INSTANCES: readonly CoreInstance[] = [
  ...cities.map(([orders, engineers]) => ({
    name: `city-${orders}x${engineers}`,
    make: () => generateCity({ orders, engineers, centres: Math.ceil(orders / 125), seed: SEED }),
  })),
  ...classes.flatMap(([placement, windows]) =>
    [100, 200, 400, 1000].map((customers) => ({
      name: `${placement}-${windows}-${customers}`,
      make: () => solomonRequest(generateVrptw({ customers, placement, windows, seed: SEED })),
    })),
  ),
];
