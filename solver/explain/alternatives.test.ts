// Runner-up, why_not and relaxations of one small day, worked out by hand.
import { create, fromJson } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  AssignRequestSchema,
  EvaluateRequestSchema,
  WhyNot_Verdict as Verdict,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Relaxation_Kind as Kind, PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { evaluate } from "../../server/answer/evaluate.ts";

/**
 * A line, one unit a second, services of 600 s, all shifts 08:00 to 09:00 in Shanghai. a lies at 100 and begins at 08:20; b lies at 0, needs
 * gas and begins between 08:12 and 08:15. near lives at 0 and serves a: out 08:18:20, back 08:31:40. far lives at 700 and cannot do gas.
 */
const request = (language: string) =>
  fromJson(AssignRequestSchema, {
    now: "2026-01-05T00:00:00Z",
    timeZone: "Asia/Shanghai",
    orders: [
      {
        id: "a",
        place: { planar: { x: 100 } },
        serviceDuration: "600s",
        windows: [{ start: "2026-01-05T00:20:00Z", end: "2026-01-05T00:20:00Z" }],
      },
      {
        id: "b",
        place: { planar: {} },
        serviceDuration: "600s",
        skills: { allOf: ["gas"] },
        windows: [{ start: "2026-01-05T00:12:00Z", end: "2026-01-05T00:15:00Z" }],
      },
    ],
    engineers: [
      { id: "near", name: "Li Wei", x: 0, skills: [{ skillId: "gas" }] },
      { id: "far", x: 700, skills: [] },
    ].map(({ x, ...engineer }) => ({
      ...engineer,
      shifts: [
        {
          time: { start: "2026-01-05T00:00:00Z", end: "2026-01-05T01:00:00Z" },
          startPlace: { planar: { x } },
          endPlace: { planar: { x } },
        },
      ],
    })),
    travel: { planar: {} },
    policy: {
      criteria: ["engineer_tier", "customer_rating", "on_time_rate", "acceptance_rate", "h3_proximity"].map((id) => ({
        id,
        weightS: 0,
      })),
    },
    explain: { level: "LEVEL_ALTERNATIVES", language },
  });

const judged = (language = "en") => {
  const plan = fromJson(PlanSchema, {
    routes: [{ engineerId: "near", stops: [{ kind: "KIND_SERVICE", orderId: "a" }] }],
    unassigned: [{ orderId: "b", reasons: [{ code: "CODE_OUTBID", witnessEngineerId: "near" }] }],
  });
  const whyNot = [
    { orderId: "a", engineerId: "near" },
    { orderId: "a", engineerId: "far" },
    { orderId: "b", engineerId: "near" },
    { orderId: "b", engineerId: "far" },
  ];
  const asked = create(EvaluateRequestSchema, { request: request(language), plan, whyNot });
  return evaluate(asked, { deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false });
};

test("the runner-up is the other engineer, at the cost of the longer way", () => {
  const { explanations, findings } = judged();
  expect(findings).toEqual([]);
  const second = explanations.find(({ runnerUp }) => runnerUp)!;
  expect([second.orderId, second.engineerId, second.chosen]).toEqual(["a", "far", false]);
  // 600 s of way out and home instead of 100.
  expect(second.difference!.levels).toEqual([0n, 1000n]);
  expect(second.difference!.criteria.map(({ criterionId, cost }) => [criterionId, cost])).toEqual([
    ["travel_time", 1000n],
  ]);
  expect(second.insertion!.left).toBeUndefined();
});

test("answers say what it comes down to", () => {
  const { whyNot } = judged();
  expect(whyNot.map(({ verdict, message }) => [Verdict[verdict], message])).toEqual([
    ["CHOSEN", "Li Wei serves it."],
    ["DEARER", "far could serve it with 17 min of equivalent time more, 17 min of travel more, 1000 m more."],
    ["INFEASIBLE", "It fits nowhere into Li Wei's routes: a time window would be missed; alone it would fit."],
    ["INELIGIBLE", "far may not serve it: ruled out by the skills."],
  ]);
  const [, , inRoute, unskilled] = whyNot;
  // Before a it is a that comes too late, behind a it is b.
  expect(inRoute!.rules.map(({ code, places }) => [code, places])).toEqual([["NO_ALLOWED_START", 2]]);
  expect(unskilled!.excludingCriterionIds).toEqual(["skill_match"]);
  expect(unskilled!.relaxations.map(({ kind, subjectId }) => [Kind[kind], subjectId])).toEqual([["SKILL", "gas"]]);
});

test("relaxations name the smallest change", () => {
  const { relaxations } = judged().plan!.unassigned[0]!;
  expect(
    relaxations.map(({ kind, duration, amount, witness }) => [
      Kind[kind],
      duration?.seconds ?? amount,
      witness!.engineerId,
      witness!.position,
    ]),
  ).toEqual([
    // Behind a near is back at 08:31:40, 1000 s after 08:15.
    ["WINDOW_END", 1000n, "near", 1],
    // Before a it must be left by 08:18:20, begun by 08:08:20.
    ["WINDOW_START", 220n, "near", 0],
    ["LATENESS_GRACE", 1000n, "near", 1],
    ["SKILL", 1n, "far", 0],
  ]);
  expect(relaxations.map(({ message }) => message).slice(0, 2)).toEqual([
    "It would fit into Li Wei's route at 08:31 if the window ended 17 min later.",
    "It would fit into Li Wei's route at 08:08 if the window started 3 min 40 s earlier.",
  ]);
});

test("sentences are Chinese where Chinese is asked for", () => {
  const { plan, whyNot } = judged("zh-CN");
  expect(plan!.unassigned[0]!.relaxations[0]!.message).toBe("若时间窗晚 17 分钟结束，可于 08:31 排入 Li Wei 的路线。");
  expect(whyNot[3]!.message).toBe("far 不可服务：不满足技能。");
});
