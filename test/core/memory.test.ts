// The arena starts again with every problem: nothing piles up.
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { assign } from "../../server/answer/assign.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { tinyRequest } from "../oracle/generate.ts";
import { drawsFromSeed } from "../property/draws.ts";
import { richRequest } from "../property/rich-request.ts";

const control = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };

test("after 200 solves the core holds as much memory as after one", async () => {
  const core = createCore(await loadCoreModule());
  const sizes = () => [Number(core.exports.arenaBytes()), core.exports.memory.buffer.byteLength];
  const solve = (request: AssignRequest) => assign(core, request, control);
  const big = generateCity({ orders: 60, engineers: 15, seed: 3 });
  big.search = { ...tinyRequest(1).search!, iterations: 50n };
  solve(big);
  const first = sizes();
  for (let seed = 1; seed <= 200; seed++) {
    const request = seed % 2 === 0 ? tinyRequest(seed) : richRequest(drawsFromSeed(seed));
    request.search!.iterations = 30n;
    if (seed % 5 === 0) {
      request.search!.mode = SearchOptions_Mode.MATCH;
      delete request.currentPlan;
    }
    solve(request);
  }
  solve(big);
  expect(sizes()).toEqual(first);
}, 60_000);
