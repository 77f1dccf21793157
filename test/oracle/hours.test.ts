// Travel by the hour on tiny requests: the search finds the best of all plans.
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { check, checkResponse } from "../../solver/check/check.ts";
import { costOf } from "../../solver/check/cost.ts";
import { byHour } from "../property/by-hour.ts";
import { drawsFromSeed } from "../property/draws.ts";
import { solveForTest } from "../solve-for-test.ts";
import { bestPlan } from "./brute-force.ts";
import { tinyRequest } from "./generate.ts";

/** Without limits of travel: by the hour an order may keep them only together with another stop, and the search puts in one at a time. */
function hourly(seed: number): AssignRequest {
  const request = tinyRequest(seed);
  for (const engineer of request.engineers) {
    delete engineer.maxLegDuration;
    for (const shift of engineer.shifts) delete shift.maxTravelDuration;
  }
  return byHour(request, drawsFromSeed(seed));
}

test("the search finds the best plan of tiny requests", async () => {
  let crossed = 0;
  for (let seed = 7001; seed <= 7120; seed++) {
    const request = hourly(seed);
    const best = bestPlan(request);
    expect(check(request, best.plan), `${seed}`).toEqual([]);
    expect(costOf(request, best.plan).levels, `${seed}`).toEqual(best.levels);
    const response = await solveForTest(request);
    expect(checkResponse(request, response), `${seed}`).toEqual([]);
    expect(response.cost!.levels, `${seed}`).toEqual(best.levels);
    if (bestPlan(tinyRequest(seed)).levels.join() !== best.levels.join()) crossed++;
  }
  // The hours matter.
  expect(crossed).toBeGreaterThan(60);
}, 120_000);
