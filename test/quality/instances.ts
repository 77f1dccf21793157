// Generated instances whose plans are compared with stored costs, plain and rich, each with its budget of iterations.
import { create } from "@bufbuild/protobuf";
import { generateCity } from "../../datasets/city.ts";
import { generateVrptw, type VrptwOptions } from "../../datasets/generated-vrptw.ts";
import { solomonRequest } from "../../datasets/solomon.ts";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, PolicySchema, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { solveForTest } from "../solve-for-test.ts";
import type { Quality } from "./verdict.ts";

/** One instance and how long it is searched. */
export interface QualityInstance {
  readonly name: string;
  readonly iterations: bigint;
  request(): AssignRequest;
  /** Part of the last level of the objective that no plan can save. */
  fixedCost(request: AssignRequest): number;
}

const plain = (options: Omit<VrptwOptions, "seed">): QualityInstance => ({
  name: `${options.placement}-${options.windows}-${options.customers}`,
  iterations: 20_000n,
  request: () => solomonRequest(generateVrptw({ ...options, seed: 1 })),
  fixedCost: () => 0,
});

/** Criteria that cost the same to most engineers or rule many of them out: they would hide what the search does. */
const ASIDE = [
  "h3_proximity",
  "service_territory",
  "device_model_experience",
  "brand_certification",
  "continuity_of_service",
  "engineer_tier",
  "customer_rating",
  "on_time_rate",
  "first_time_fix_rate",
];

function richRequest(orders: number, engineers: number, seed: number): AssignRequest {
  const request = generateCity({ orders, engineers, seed });
  const aside = ASIDE.map((id) => ({ id, mode: CriterionMode.OFF }));
  // Of acceptance_rate only the rate: who declined stays ruled out.
  request.policy = create(PolicySchema, { criteria: [...aside, { id: "acceptance_rate", weightS: 0 }] });
  return request;
}

const rich = (orders: number, engineers: number, seed: number): QualityInstance => ({
  name: `city-${orders}x${engineers}-${seed}`,
  iterations: 6_000n,
  request: () => richRequest(orders, engineers, seed),
  // Two thirds of a day's working time are service, which would hide what the search does; a tick is a second.
  fixedCost: (request) => request.orders.reduce((sum, order) => sum + Number(order.serviceDuration!.seconds), 0),
});

export const INSTANCES: readonly QualityInstance[] = [
  plain({ customers: 100, placement: "random", windows: "narrow" }),
  plain({ customers: 100, placement: "random", windows: "wide" }),
  plain({ customers: 200, placement: "clustered", windows: "narrow" }),
  plain({ customers: 150, placement: "clustered", windows: "wide" }),
  plain({ customers: 150, placement: "mixed", windows: "narrow" }),
  plain({ customers: 200, placement: "mixed", windows: "wide" }),
  // Crews in which a search finds a place for every order that can be served at all.
  rich(60, 26, 1),
  rich(80, 34, 2),
  rich(100, 42, 3),
  rich(125, 52, 4),
  rich(150, 62, 5),
  rich(200, 84, 6),
];

/** Each instance is solved with each: one search alone varies by up to 2 %. */
const SEEDS = [1n, 2n];

/** Solves an instance in this thread, once with each seed; the same plans on every machine. The quality is that of all plans together. */
export async function solveInstance(
  instance: QualityInstance,
): Promise<{ request: AssignRequest; responses: AssignResponse[]; quality: Quality }> {
  const request = instance.request();
  const responses: AssignResponse[] = [];
  for (const seed of SEEDS) {
    request.search = create(SearchOptionsSchema, { iterations: instance.iterations, seed });
    responses.push(await solveForTest(request));
  }
  const levels = responses.map(({ cost }) => cost!.levels.map(Number));
  return {
    request,
    responses,
    quality: {
      unassigned: levels.reduce((sum, [unassigned]) => sum + unassigned!, 0),
      cost: levels.reduce((sum, [, cost]) => sum + cost! - instance.fixedCost(request), 0),
    },
  };
}
