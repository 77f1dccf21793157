import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type Engineer, EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Order, OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { at, between } from "../../test/oracle/build.ts";
import { goodRequest } from "../../test/oracle/good-plan.ts";
import { acceptanceRateExcludes } from "./criteria/acceptance-rate.ts";
import { engineerPreferenceExcludes, engineerPreferenceScore } from "./criteria/engineer-preference.ts";
import { proficiencyLevelExcludes, proficiencyLevelScore } from "./criteria/proficiency-level.ts";
import { skillMatchExcludes } from "./criteria/skill-match.ts";
import { vehicleModeExcludes } from "./criteria/vehicle-mode.ts";
import { policyOf, priceCost, scoreCost } from "./policy.ts";

type Init = Omit<MessageInitShape<typeof OrderSchema>, "$typeName" | "$unknown">;
type Excludes = (order: Order, engineer: Engineer) => boolean;
const order = (init: Init) => create(OrderSchema, { id: "o", ...init });
const engineer = create(EngineerSchema, {
  id: "e",
  shifts: [{ time: between(0, 50) }, { time: between(100, 150) }],
  skills: [{ skillId: "gas", level: 4 }, { skillId: "old", level: 9, validUntil: at(120) }, { skillId: "plain" }],
});

describe("hard pair criteria", () => {
  const cases: [string, Excludes, Init, boolean][] = [
    ["no skills asked", skillMatchExcludes, {}, false],
    ["all of held", skillMatchExcludes, { skills: { allOf: ["gas", "plain"] } }, false],
    ["one of all missing", skillMatchExcludes, { skills: { allOf: ["gas", "water"] } }, true],
    ["one of any held", skillMatchExcludes, { skills: { anyOf: ["water", "gas"] } }, false],
    ["none of any held", skillMatchExcludes, { skills: { anyOf: ["water"] } }, true],
    ["an unwanted skill held", skillMatchExcludes, { skills: { noneOf: ["gas"] } }, true],
    [
      "valid to the end of the last window",
      skillMatchExcludes,
      { skills: { allOf: ["old"] }, windows: [between(0, 120)] },
      false,
    ],
    [
      "expired before it",
      skillMatchExcludes,
      { skills: { allOf: ["old"] }, windows: [between(0, 10), between(20, 121)] },
      true,
    ],
    ["without windows valid to the end of the last shift", skillMatchExcludes, { skills: { allOf: ["old"] } }, true],
    ["expired but unwanted all the same", skillMatchExcludes, { skills: { noneOf: ["old"] } }, true],
    ["declined", acceptanceRateExcludes, { declinedEngineerIds: ["e"] }, true],
    ["declined by another", acceptanceRateExcludes, { declinedEngineerIds: ["f"] }, false],
    ["required", engineerPreferenceExcludes, { engineerPreference: { requiredEngineerIds: ["e"] } }, false],
    ["others required", engineerPreferenceExcludes, { engineerPreference: { requiredEngineerIds: ["f"] } }, true],
    ["excluded", engineerPreferenceExcludes, { engineerPreference: { excludedEngineerIds: ["e"] } }, true],
    ["an unstated mode is a car", vehicleModeExcludes, { vehicleAccess: [VehicleMode.CAR] }, false],
    ["on foot only", vehicleModeExcludes, { vehicleAccess: [VehicleMode.FOOT] }, true],
    ["any way", vehicleModeExcludes, {}, false],
  ];
  test.each(cases)("%s", (_name, excludes, init, expected) => {
    expect(excludes(order(init), engineer)).toBe(expected);
  });
  test.each([
    ["higher", "gas", 3, false],
    ["equal", "gas", 4, false],
    ["lower", "gas", 5, true],
    ["not stated", "plain", 10, false],
    ["not held", "water", 1, true],
  ])("a hard proficiency with a level that is %s", (_name, skillId, level, expected) => {
    const asked = order({ proficiencies: [{ skillId, level, hard: true }] });
    expect(proficiencyLevelExcludes(asked, engineer, false)).toBe(expected);
    expect(proficiencyLevelExcludes(order({ proficiencies: [{ skillId, level }] }), engineer, false)).toBe(false);
    expect(proficiencyLevelExcludes(order({ proficiencies: [{ skillId, level }] }), engineer, true)).toBe(expected);
  });
});

describe("soft pair criteria", () => {
  test.each([
    // 10000 - floor(5000 * 2 / 8)
    ["above", [{ skillId: "gas", level: 2 }], 8750],
    ["equal", [{ skillId: "gas", level: 4 }], 10000],
    ["below", [{ skillId: "gas", level: 5 }], 0],
    ["not held", [{ skillId: "water", level: 1 }], 0],
    ["not stated", [{ skillId: "plain", level: 1 }], 4000],
    [
      "the lowest counts",
      [
        { skillId: "gas", level: 4 },
        { skillId: "gas", level: 2 },
      ],
      8750,
    ],
    ["nothing asked", [], undefined],
  ])("proficiency %s", (_name, proficiencies, score) => {
    expect(proficiencyLevelScore(order({ proficiencies }), engineer, 4000)).toBe(score);
  });
  test.each([
    ["preferred", { preferredEngineerIds: ["e"] }, 10000],
    ["secondary", { secondaryEngineerIds: ["e"] }, 7000],
    ["disliked", { dislikedEngineerIds: ["e"] }, 1000],
    ["somebody else preferred", { preferredEngineerIds: ["f"] }, 5000],
    ["only required", { requiredEngineerIds: ["e"] }, undefined],
  ])("preference %s", (_name, engineerPreference, score) => {
    expect(engineerPreferenceScore(order({ engineerPreference }), engineer)).toBe(score);
  });
  test("a score and a price become ticks", () => {
    // floor((900 * 5000 + 5000) / 10000) = 450 seconds of 10 ticks; 333 minor units are floor(199.8 * 10 + 0.5)
    expect(scoreCost(900, 5000, 10)).toBe(4500);
    expect(priceCost(333n, policyOf(goodRequest()), 10)).toBe(1998);
  });
});
