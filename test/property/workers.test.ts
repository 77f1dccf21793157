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
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { createPool, type Pool } from "../../server/pool/pool.ts";
import { check, checkResponse } from "../../solver/check/check.ts";
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

test.each([2, 4])(
  "a running plan made better by %i workers is never worse, and the same bytes twice",
  async (workers) => {
    const asked = generateCity({ orders: 50, engineers: 16, seed: 4 });
    asked.search = create(SearchOptionsSchema, { iterations: 60n, seed: 5n });
    const answer = async () =>
      fromBinary(AssignResponseSchema, await pool.assign(toBinary(AssignRequestSchema, asked)));
    asked.currentPlan = (await answer()).plan!;
    asked.currentPlan.unassigned = [];
    asked.search = create(SearchOptionsSchema, {
      mode: SearchOptions_Mode.REOPTIMIZE,
      workers,
      iterations: 3000n,
      seed: 5n,
    });
    const [first, second] = [await answer(), await answer()];
    // The checker compares the levels with those of the running plan, too.
    expect(checkResponse(asked, first)).toEqual([]);
    expect(first.cost!.levels).not.toEqual(first.running!.levels);
    expect(Buffer.from(toBinary(PlanSchema, second.plan!)).equals(toBinary(PlanSchema, first.plan!))).toBe(true);
  },
  60_000,
);
