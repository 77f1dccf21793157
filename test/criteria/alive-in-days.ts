// A criterion is alive: on a generated day, without it and where it weighs, orders go to others or at other times, in its own direction.
import { clone, create } from "@bufbuild/protobuf";
import { expect } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import {
  CriterionMode,
  Measure,
  ObjectiveSchema,
  PolicySchema,
  SearchOptionsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { check } from "../../solver/check/check.ts";
import type { FindingCode } from "../../solver/check/codes.ts";
import { costOf, type PlanCost } from "../../solver/check/cost.ts";
import type { CriterionId } from "../../solver/criteria.ts";
import { solveForTest } from "../solve-for-test.ts";

/** Changes a day in place. */
type Change = (day: AssignRequest) => void | Promise<void>;

/** A day planned twice: without the criterion, and so that it weighs. */
export interface Trial {
  /** What both days have beside the generated one. */
  readonly both?: Change;
  readonly without: Change;
  readonly heavy: Change;
  /** What the criterion is against, as much as there is of it in a plan; `day` is the one in which it weighs. */
  readonly against: (day: AssignRequest, plan: Plan) => number;
}

const startsOf = (plan: Plan) =>
  plan.routes.flatMap(({ engineerId, stops }) =>
    stops.flatMap(({ orderId, start }) => (orderId ? [`${orderId} ${engineerId} ${start!.seconds}`] : [])),
  );

/** Plans the day twice: something is another, and there is less of what the criterion is against. */
export async function expectAliveInDays({ both = () => {}, without, heavy, against }: Trial): Promise<void> {
  const base = generateCity({ orders: 60, engineers: 25, seed: 5, lenders: "none" });
  base.search = create(SearchOptionsSchema, { iterations: 3_000n });
  await both(base);
  const planned = async (change: Change) => {
    const day = clone(AssignRequestSchema, base);
    await change(day);
    return { day, plan: (await solveForTest(day)).plan! };
  };
  const [light, weighed] = [await planned(without), await planned(heavy)];
  expect(check(weighed.day, weighed.plan)).toEqual([]);
  expect(startsOf(weighed.plan)).not.toEqual(startsOf(light.plan));
  expect(against(weighed.day, weighed.plan)).toBeLessThan(against(weighed.day, light.plan));
}

interface Setting {
  readonly mode?: CriterionMode;
  readonly weightS?: number;
  readonly params?: Record<string, number>;
}

/** Sets one criterion; the day has no other policy. */
export const set =
  (id: CriterionId, setting: Setting, secondsPerCurrencyUnit = 0): Change =>
  (day) => {
    day.policy = create(PolicySchema, { secondsPerCurrencyUnit, criteria: [{ id, ...setting }] });
  };

/** Orders left out first, and then the sum of these terms. */
export const aims =
  (...terms: { readonly measure: Measure; readonly weight?: number }[]): Change =>
  (day) => {
    day.objective = create(ObjectiveSchema, {
      levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, { terms }],
    });
  };

/** Ticks of the criterion in a plan, by the checker. */
export const costs =
  (id: CriterionId): Trial["against"] =>
  (day, plan) =>
    Number(costOf(day, plan).criteria.find(({ criterionId }) => criterionId === id)?.cost ?? 0n);

/** What the checker finds of these codes in a plan. */
export const breaks =
  (...codes: FindingCode[]): Trial["against"] =>
  (day, plan) =>
    check(day, plan).filter(({ code }) => codes.some((wanted) => wanted === code)).length;

/** A measure of a plan, by the checker. */
export const measures =
  (name: keyof PlanCost["measures"]): Trial["against"] =>
  (day, plan) =>
    Number(costOf(day, plan).measures[name]);

/** Off against the setting, counted by what the criterion costs. */
export const offAgainst = (id: CriterionId, setting: Setting, secondsPerCurrencyUnit = 0) => ({
  without: set(id, { mode: CriterionMode.OFF }, secondsPerCurrencyUnit),
  heavy: set(id, { mode: CriterionMode.SOFT, ...setting }, secondsPerCurrencyUnit),
  against: costs(id),
});

/** Off against hard, counted by the rules that a plan breaks. */
export const offAgainstHard = (id: CriterionId, ...codes: FindingCode[]) => ({
  without: set(id, { mode: CriterionMode.OFF }),
  heavy: set(id, { mode: CriterionMode.HARD }),
  against: breaks(...codes),
});

/** Orders that nobody serves. */
export const leftOut: Trial["against"] = (day, plan) =>
  day.orders.length - plan.routes.flatMap(({ stops }) => stops.filter(({ orderId }) => orderId !== "")).length;
