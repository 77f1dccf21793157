// A soft criterion of pairs is alive: in one round over a generated city its weight changes who serves what, in its own direction.
import { create } from "@bufbuild/protobuf";
import { expect } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import {
  CriterionMode,
  PolicySchema,
  SearchOptions_Mode,
  SearchOptionsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { factsOf } from "../../solver/check/facts.ts";
import { pairCosts } from "../../solver/check/pair.ts";
import { CATALOGUE, type CriterionId } from "../../solver/criteria.ts";
import { solveForTest } from "../solve-for-test.ts";

/** Weight with which what is missing to full scores is counted. */
const UNIT = 10_000;

/** A yuan is a minute, so that wages weigh more than ten times the weight of most criteria; budgets hold. */
const WITHOUT_MONEY = { id: "service_cost", mode: CriterionMode.HARD };

/** One round under a weight: who serves what, and what is missing to full scores of those who serve. */
async function round(id: CriterionId, weightS: number) {
  const city = (weight: number) => {
    const request = generateCity({ orders: 160, engineers: 400, centres: 2, seed: 5 });
    // In a generated city everybody starts in the own territory: every third engineer is lent to the other centre.
    request.engineers.forEach((engineer, row) => {
      if (row % 3 === 0) engineer.operatingCentreId = engineer.operatingCentreId === "c1" ? "c2" : "c1";
    });
    request.policy = create(PolicySchema, {
      criteria: [{ id, mode: CriterionMode.SOFT, weightS: weight }, WITHOUT_MONEY],
    });
    request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
    return request;
  };
  const { assignments } = await solveForTest(city(weightS));
  const facts = factsOf(city(UNIT));
  let missing = 0;
  for (const { orderId, engineerId } of assignments)
    missing += pairCosts(facts, facts.orders.get(orderId)!, facts.engineers.get(engineerId)!).get(id) ?? 0;
  return { served: assignments.map(({ orderId, engineerId }) => `${orderId} ${engineerId}`), missing };
}

/** Ten times the weight of the criterion, 120 s where it has none, against none: others serve, and less is missing. */
export async function expectAliveInRounds(id: CriterionId): Promise<void> {
  const weightS = CATALOGUE.find((row) => row.id === id)!.weightS || 120;
  const without = await round(id, 0);
  const heavy = await round(id, 10 * weightS);
  expect(heavy.served).not.toEqual(without.served);
  expect(heavy.missing).toBeLessThan(without.missing);
}
