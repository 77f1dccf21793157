// Every soft pair criterion is alive: on a generated city its weight changes who serves what, and in its own direction.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
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

const soft = CATALOGUE.filter((row) => row.weighted && row.scope === "P");

test("there are 13 of them", () => expect(soft.length).toBe(13));

test.each(soft.map((row) => [row.id, row.weightS || 120] as const))(
  "%s: ten times its weight against none",
  async (id, weightS) => {
    const without = await round(id, 0);
    const heavy = await round(id, 10 * weightS);
    expect(heavy.served).not.toEqual(without.served);
    expect(heavy.missing).toBeLessThan(without.missing);
  },
);
