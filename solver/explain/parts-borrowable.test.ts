import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionRow_Status as Status } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, Explain_Level } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { day } from "../../test/oracle/loan-plan.ts";
import { loanRequest } from "../../test/oracle/loans/generate.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { costOf } from "../check/cost.ts";

const ID = "parts_borrowable";
const setting = (request: AssignRequest) => request.policy!.criteria.find(({ id }) => id === ID)!;

async function rowsOf(request: AssignRequest, language = "en") {
  request.search = { ...loanRequest(1).search!, iterations: 300n };
  request.explain = {
    $typeName: "shanpai.dispatch.v1.Explain",
    level: Explain_Level.CRITERIA,
    orderIds: [],
    engineerIds: [],
    language,
  };
  const response = await solveForTest(request);
  const rows = response.explanations
    .filter(({ chosen }) => chosen)
    .map(({ orderId, rows: all }) => ({ orderId, row: all.find(({ criterionId }) => criterionId === ID)! }));
  return { response, rows, row: (orderId: string) => rows.find((found) => found.orderId === orderId)!.row };
}

// Leaf comes from 30, after l, to Bo at 60, who is there anyway: 30 more for Leaf, none for Bo, a hand-over of 10. That is cheaper than Bo
// going to 30. 40 is two half-lives: 2500; floor((300 * 7500 + 5000) / 10000) = 225.
test("a loan is told with lender, part, place, detour and cost", async () => {
  const { row } = await rowsOf(day());
  expect(row("b")).toMatchObject({ status: Status.EVALUATED, score: 2500, cost: 225n });
  expect(row("b").inputs).toEqual({
    lender: "leaf",
    parts: "1 x A",
    place: "b",
    detour_s: "40",
    lender_delay_s: "0",
    hand_over_s: "10",
  });
  expect(row("b").sentence).toBe("Borrows 1 x A from leaf at b: 40 s of detour for both.");
  expect((await rowsOf(day(), "zh-Hans")).row("b").sentence).toBe("在 b 处向 leaf 借 1 x A，双方共绕行 40 秒。");
});

test("who borrows nothing is told that no loan is needed, at no cost", async () => {
  const { row } = await rowsOf(day());
  expect(row("l")).toMatchObject({ status: Status.NOT_EVALUATED, cost: 0n, sentence: "No loan is needed." });
});

test("borrowed parts are not said to be in the van", async () => {
  const { response } = await rowsOf(day());
  const rows = response.explanations.find(({ orderId, chosen }) => orderId === "b" && chosen)!.rows;
  const onHand = rows.find(({ criterionId }) => criterionId === "parts_on_hand")!;
  expect([onHand.score, onHand.sentence]).toEqual([0, "0 of 1 units are in the van."]);
});

test("a longer hand-over never scores higher, and the weight scales the cost", async () => {
  let last = 10_001;
  for (const handOver of [1, 5, 10, 20, 40]) {
    const request = day();
    setting(request).params.hand_over_s = handOver;
    const { score } = (await rowsOf(request)).row("b");
    expect(score).toBeLessThan(last);
    last = score;
  }
  const light = day();
  setting(light).weightS = 100;
  // floor((100 * 7500 + 5000) / 10000)
  expect((await rowsOf(light)).row("b").cost).toBe(75n);
});

test("off, nothing is lent and the order is left out", async () => {
  const request = day();
  setting(request).mode = CriterionMode.OFF;
  const { response } = await rowsOf(request);
  expect(response.plan!.unassigned.map(({ orderId }) => orderId)).toEqual(["b"]);
});

test("rows of random plans cost together what the checker charges for the meetings", async () => {
  let loans = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const request = loanRequest(seed);
    const { response, rows } = await rowsOf(request);
    const charged = costOf(request, response.plan!).criteria.find(({ criterionId }) => criterionId === ID)?.cost ?? 0n;
    expect(
      rows.reduce((sum, { row }) => sum + row.cost, 0n),
      request.requestId,
    ).toBe(charged);
    loans += rows.filter(({ row }) => row.status === Status.EVALUATED).length;
  }
  expect(loans).toBeGreaterThan(10);
});
