// The core's pair table against the checker's own criteria, on generated requests.
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { loaded, pairsBothWays } from "../criteria/loaded.ts";
import { pairRequest } from "../criteria/pair-request.ts";
import type { Draws } from "../property/draws.ts";
import { richRequest } from "../property/rich-request.ts";
import { forRequests } from "../property/run.ts";

/** Without orders that are broken on purpose. */
const valid = (draws: Draws): AssignRequest => {
  const request = richRequest(draws, { orders: 12, engineers: 6, centres: 3 });
  return request.onInvalidOrder ? pairRequest({}, { e1: {} }) : request;
};

test("every pair of random requests is ruled out by the same criteria and costs the same as for the checker", async () => {
  await forRequests(valid, 300, 21, async (request) => {
    const { core, checker } = await pairsBothWays(request);
    expect(core).toEqual(checker);
  });
}, 60_000);

test("every pair of a city is ruled out by the same criteria and costs the same as for the checker", async () => {
  const { core, checker } = await pairsBothWays(generateCity({ orders: 150, engineers: 43, centres: 3, seed: 7 }));
  expect(core).toEqual(checker);
});

test("all criteria that rule a pair out are named, not just the first", async () => {
  const { excluded } = await loaded(
    pairRequest(
      {
        o: {
          skills: { allOf: ["gas"] },
          proficiencies: [{ skillId: "gas", level: 2, hard: true }],
          engineerPreference: { excludedEngineerIds: ["e"] },
          declinedEngineerIds: ["e"],
          vehicleAccess: [1],
        },
      },
      { e: {} },
    ),
  );
  expect(excluded("o", "e")).toEqual([
    "skill_match",
    "proficiency_level",
    "engineer_preference",
    "acceptance_rate",
    "vehicle_mode",
  ]);
});
