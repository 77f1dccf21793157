import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionRow_Status as Status } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, Explain_Level } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, lasts, point } from "../../test/oracle/build.ts";
import { drawsFromSeed } from "../../test/property/draws.ts";
import { richRequest } from "../../test/property/rich-request.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { factsOf } from "../check/facts.ts";
import { excludingCriteria, pairCosts } from "../check/pair.ts";
import { CATALOGUE } from "../criteria.ts";

function request(more: Exclude<MessageInitShape<typeof AssignRequestSchema>, AssignRequest> = {}): AssignRequest {
  return create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders: [
      {
        id: "o",
        place: point(30, 0),
        windows: [between(0, 20)],
        latenessGrace: lasts(20),
        serviceDuration: lasts(10),
        skills: { allOf: ["gas"] },
        proficiencies: [{ skillId: "gas", level: 4 }],
        engineerPreference: { secondaryEngineerIds: ["good"], excludedEngineerIds: ["bad"] },
        declinedEngineerIds: ["bad"],
      },
    ],
    engineers: ["bad", "good"].map((id) => ({
      id,
      shifts: [{ time: between(0, 500), startPlace: point(0, 0) }],
      skills: id === "good" ? [{ skillId: "gas", level: 7 }] : [],
    })),
    travel: { source: { case: "planar", value: {} } },
    search: { iterations: 10n },
    explain: { level: Explain_Level.CRITERIA, engineerIds: ["bad"] },
    ...more,
  });
}

test("every explanation has all 30 rows in catalogue order, the chosen engineer's first", async () => {
  const { explanations } = await solveForTest(request());
  expect(explanations.map(({ orderId, engineerId, chosen }) => [orderId, engineerId, chosen])).toEqual([
    ["o", "good", true],
    ["o", "bad", false],
  ]);
  for (const { rows } of explanations)
    expect(rows.map(({ criterionId }) => criterionId)).toEqual(CATALOGUE.map(({ id }) => id));
});

test("rows have the scores and costs of docs/plan.md", async () => {
  const { explanations } = await solveForTest(request());
  const row = (id: string) => {
    const found = explanations[0]!.rows.find(({ criterionId }) => criterionId === id)!;
    return [found.status, found.score, Number(found.cost)];
  };
  // Level 7 for 4: 10000 - floor(5000 * 3 / 6) = 7500, cost floor((600 * 2500 + 5000) / 10000).
  expect(row("proficiency_level")).toEqual([Status.EVALUATED, 7500, 150]);
  expect(row("engineer_preference")).toEqual([Status.EVALUATED, 7000, 270]);
  expect(row("skill_match")).toEqual([Status.EVALUATED, 10_000, 0]);
  // 30 of the 7200 s at which the score is 0: floor(10000 * 7170 / 7200) = 9958.
  expect(row("travel_time")).toEqual([Status.EVALUATED, 9958, 30]);
  // 10 late of 20: one half, 3 a tick.
  expect(row("time_window_fit")).toEqual([Status.EVALUATED, 5000, 30]);
  expect(row("h3_proximity")[0]).toBe(Status.NOT_EVALUATED);
  expect(row("customer_attribute_preference")[0]).toBe(Status.OFF);
});

test("an engineer who is not chosen is ruled out by every criterion that does, or has no route rows", async () => {
  const { explanations } = await solveForTest(request());
  const status = (wanted: Status) =>
    explanations[1]!.rows.filter((row) => row.status === wanted).map(({ criterionId }) => criterionId);
  expect(status(Status.EXCLUDED)).toEqual(["skill_match", "engineer_preference", "acceptance_rate"]);
  expect(status(Status.NOT_EVALUATED)).toContain("travel_time");
});

test("criteria that are off are said to be off and cost nothing", async () => {
  const off = ["skill_match", "proficiency_level", "engineer_preference", "acceptance_rate", "time_window_fit"];
  const criteria = off.map((id) => ({ id, mode: CriterionMode.OFF }));
  const { explanations } = await solveForTest(request({ policy: { criteria } }));
  for (const { rows } of explanations)
    for (const { criterionId, status, cost } of rows)
      if (off.includes(criterionId)) expect([criterionId, status, cost]).toEqual([criterionId, Status.OFF, 0n]);
});

test("the orders asked for are explained, an order that is left out for the engineers asked for", async () => {
  const orders = ["a", "b", "c"].map((id) => ({
    id,
    place: point(1, 0),
    skills: { allOf: id === "b" ? ["none has it"] : [] },
  }));
  const explain = { level: Explain_Level.CRITERIA, orderIds: ["c", "b"], engineerIds: ["good"] };
  const { explanations } = await solveForTest(request({ orders, explain }));
  expect(explanations.map(({ orderId, chosen }) => [orderId, chosen])).toContainEqual(["b", false]);
  expect(new Set(explanations.map(({ orderId }) => orderId))).toEqual(new Set(["b", "c"]));
});

test("sentences are in the language asked for, English where it is neither of the two", async () => {
  const sentence = async (language: string) => {
    const explain = { level: Explain_Level.CRITERIA, language };
    const { explanations } = await solveForTest(request({ explain }));
    const rows = explanations[0]!.rows;
    for (const row of rows) expect(row.sentence).not.toBe("");
    return rows.find(({ criterionId }) => criterionId === "engineer_preference")!.sentence;
  };
  expect(await sentence("zh-Hans")).toBe("客户的次选工程师。");
  expect(await sentence("zh")).toBe("客户的次选工程师。");
  for (const language of ["", "en-GB", "de"]) expect(await sentence(language)).toBe("The customer's second choice.");
});

test("nothing is explained unless it is asked for", async () => {
  const level = Explain_Level.UNSPECIFIED;
  expect((await solveForTest(request({ explain: { level, orderIds: ["o"] } }))).explanations).toEqual([]);
});

test("pair rows of random requests say what the checker's own criteria say", async () => {
  let rows = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const random = richRequest(drawsFromSeed(seed), { orders: 10, engineers: 4, centres: 1 });
    random.search!.iterations = 20n;
    random.explain = request().explain!;
    random.explain.engineerIds = random.engineers.map(({ id }) => id);
    const facts = factsOf(random);
    for (const { orderId, engineerId, rows: found } of (await solveForTest(random)).explanations) {
      const order = random.orders.find(({ id }) => id === orderId)!;
      const engineer = random.engineers.find(({ id }) => id === engineerId)!;
      const excluded = found.filter(({ status }) => status === Status.EXCLUDED).map(({ criterionId }) => criterionId);
      expect(excluded).toEqual(excludingCriteria(facts, order, engineer));
      for (const [id, cost] of pairCosts(facts, order, engineer)) {
        if (excluded.includes(id)) continue;
        expect([id, Number(found.find(({ criterionId }) => criterionId === id)!.cost)]).toEqual([id, cost]);
      }
      rows++;
    }
  }
  expect(rows).toBeGreaterThan(300);
});
