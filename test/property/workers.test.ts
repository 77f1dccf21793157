// With iterations counted, a plan depends on the seed and on the number of workers, not on who is faster.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { generateVrptw } from "../../datasets/generated-vrptw.ts";
import { solomonRequest } from "../../datasets/solomon.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { createPool, type Pool } from "../../server/pool.ts";
import { check } from "../../solver/check/check.ts";
import { drawsFromSeed } from "./draws.ts";
import { lendingRequest } from "./lending-request.ts";
import { richRequest } from "./rich-request.ts";

let pool: Pool;

beforeAll(async () => {
  pool = await createPool({ workers: 4 });
}, 60_000);

afterAll(() => pool.close());

const REQUESTS: Record<string, () => AssignRequest> = {
  "wide windows": () => solomonRequest(generateVrptw({ customers: 60, placement: "mixed", windows: "wide", seed: 1 })),
  "a city's day": () => generateCity({ orders: 60, engineers: 18, seed: 3 }),
  "a request whose engineers lend": () => lendingRequest(drawsFromSeed(3), { orders: 25, engineers: 6, centres: 1 }),
  "a rich request": () => richRequest(drawsFromSeed(11), { orders: 20, engineers: 5, centres: 2 }, { broken: false }),
};

for (const [name, request] of Object.entries(REQUESTS))
  for (const workers of [1, 2, 4])
    test(`${name}, ${workers} workers: the same bytes twice, and nothing for the checker`, async () => {
      const asked = request();
      asked.search = create(SearchOptionsSchema, { workers, iterations: 6000n, seed: 5n });
      const bytes = toBinary(AssignRequestSchema, asked);
      const plans = [];
      for (let i = 0; i < 2; i++) plans.push(fromBinary(AssignResponseSchema, await pool.assign(bytes)).plan!);
      expect(check(asked, plans[0]!)).toEqual([]);
      const [first, second] = plans.map((plan) => Buffer.from(toBinary(PlanSchema, plan)).toString("base64"));
      expect(second).toBe(first);
    }, 60_000);
