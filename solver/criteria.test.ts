import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, Policy_Preset, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { PRESET_NAMES, policyFromProto } from "../server/messages/policy-from-proto.ts";
import { policyOf } from "./check/policy.ts";
import { CATALOGUE, type Criterion } from "./criteria.ts";
import { HALF_KNOTS, HALF_STEPS } from "./curves.ts";
import { PRESETS } from "./presets.ts";

const rows: readonly Criterion[] = CATALOGUE;

describe("the catalogue", () => {
  test("has 30 criteria, each with a default that it allows itself", () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(30);
    for (const { id, mode, modes, weighted, weightS, prior } of rows) {
      expect([id, modes.includes(mode)]).toEqual([id, true]);
      expect([id, weighted || weightS === 0]).toEqual([id, true]);
      expect([id, prior === undefined || (prior >= 0 && prior <= 1)]).toEqual([id, true]);
    }
  });

  test("has parameters whose defaults are whole numbers in their own ranges", () => {
    for (const { params } of rows)
      for (const [name, { default: value, least, most }] of Object.entries(params))
        expect([name, Number.isInteger(value) && value >= least && value <= most]).toEqual([name, true]);
  });

  test("has knots of half that are the powers of two, rounded, down to 0", () => {
    expect(HALF_KNOTS).toEqual(HALF_KNOTS.map((_, knot) => Math.round(10_000 * 2 ** (-knot / HALF_STEPS))));
    expect(HALF_KNOTS.at(-1)).toBe(0);
  });
});

describe("presets", () => {
  test("set only modes and weights that the criterion has", () => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const [name, settings] of Object.entries(PRESETS))
      for (const [id, { mode, weightS }] of Object.entries(settings)) {
        const { modes, weighted } = byId.get(id)!;
        expect([name, id, mode === undefined || modes.includes(mode)]).toEqual([name, id, true]);
        expect([name, id, weightS === undefined || weighted]).toEqual([name, id, true]);
      }
  });

  test("mean the same to the solver and to the checker, under settings of the request, which win", () => {
    for (const preset of [0, 1, 2, 3, 4, 5, 6] as Policy_Preset[]) {
      const policy = create(PolicySchema, {
        preset,
        criteria: [
          { id: "engineer_preference", weightS: 7 },
          { id: "continuity_of_service", mode: CriterionMode.HARD, params: { rework: 2 } },
        ],
        priors: { on_time_rate: 0.123456 },
      });
      const checker = policyOf(create(AssignRequestSchema, { policy }));
      const { criteria } = policyFromProto(policy, true);
      for (const [id, { mode, weightS, params, prior }] of criteria) {
        expect([id, checker.mode(id), checker.weightS(id)]).toEqual([id, mode, weightS]);
        for (const [name, value] of Object.entries(params)) expect(checker.param(id, name)).toBe(value);
        if (rows.find((row) => row.id === id)!.prior !== undefined) expect(checker.prior(id)).toBe(prior);
      }
      expect(criteria.get("engineer_preference")!.weightS).toBe(7);
      expect(criteria.get("on_time_rate")!.prior).toBe(1235);
    }
  });

  test("change what their names say", () => {
    const weight = (preset: Policy_Preset, id: "engineer_preference" | "first_time_fix_rate") =>
      policyFromProto(create(PolicySchema, { preset }), true).criteria.get(id)!.weightS;
    expect(weight(Policy_Preset.CUSTOMER_FIRST, "engineer_preference")).toBe(1800);
    expect(weight(Policy_Preset.FIRST_TIME_FIX, "first_time_fix_rate")).toBe(2700);
    expect(weight(Policy_Preset.FASTEST, "engineer_preference")).toBe(90);
    expect(PRESET_NAMES[Policy_Preset.UNSPECIFIED]).toBe("balanced");
  });

  test("nearness weighs only where roads are not known", () => {
    const weight = (roadless: boolean) => policyFromProto(undefined, roadless).criteria.get("h3_proximity")!.weightS;
    expect([weight(true), weight(false)]).toEqual([120, 0]);
  });
});
