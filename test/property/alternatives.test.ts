// Runners-up and answers to why_not are proved by the checker, which makes every insertion again by itself.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  EvaluateRequestSchema,
  WhyNot_Verdict as Verdict,
  type WhyNot,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  RouteSchema,
  Stop_Kind,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level, ExplainSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { evaluate } from "../../server/answer/evaluate.ts";
import { check } from "../../solver/check/check.ts";
import { costOf } from "../../solver/check/cost.ts";
import { factsOf } from "../../solver/check/facts.ts";
import { excludingCriteria } from "../../solver/check/pair.ts";
import { retime } from "../../solver/check/retime.ts";
import { CATALOGUE } from "../../solver/criteria.ts";
import { solveForTest } from "../solve-for-test.ts";
import type { Draws } from "./draws.ts";
import { insertions, takenOut, withoutRow, withRoute } from "./insertions.ts";
import { expectMove } from "./moves.ts";
import { openRequest } from "./open-request.ts";
import { forRequests } from "./run.ts";

const small = (draws: Draws) => openRequest(draws, { orders: 12, engineers: 4, centres: 2 });

const smaller = (a: readonly bigint[], b: readonly bigint[]) => {
  const level = a.findIndex((value, at) => value !== b[at]);
  return level >= 0 && a[level]! < b[level]!;
};

test("the runner-up's plan is right, costs what it is said to, and no other engineer's is cheaper", async () => {
  let proved = 0;
  await forRequests(small, 120, 71, async (request) => {
    request.explain = create(ExplainSchema, { level: Explain_Level.ALTERNATIVES });
    const { plan, explanations, statistics } = await solveForTest(request);
    expect(statistics!.unexplained).toBe(0);
    const base = costOf(request, plan!).levels;
    for (const { orderId } of explanations.filter(({ chosen }) => chosen)) {
      const order = request.orders.find(({ id }) => id === orderId)!;
      const second = explanations.find((row) => row.orderId === orderId && row.runnerUp);
      const owner = explanations.find((row) => row.orderId === orderId && row.chosen)!.engineerId;
      if (second) {
        proved++;
        expect(second.rows.map(({ criterionId }) => criterionId)).toEqual(CATALOGUE.map(({ id }) => id));
        expectMove(request, plan!, orderId, second.insertion!, second.difference!);
      }
      const others = request.engineers.filter(({ id }) => id !== owner);
      for (const other of insertions(request, takenOut(plan!, orderId), order, others)) {
        if (other.findings.length > 0) continue;
        expect(second, `${orderId} fits ${other.engineer.id}`).toBeDefined();
        const levels = costOf(request, other.plan).levels.map((value, level) => value - base[level]!);
        expect(smaller(levels, second!.difference!.levels), `${orderId} at ${other.engineer.id}`).toBe(false);
      }
    }
  });
  expect(proved).toBeGreaterThan(50);
}, 120_000);

/** The place that a broken rule names, made again: the checker says the same of it. */
function expectRule(request: AssignRequest, plan: Plan, answer: WhyNot, rule: WhyNot["rules"][number]): void {
  const { orderId, engineerId } = answer;
  const order = request.orders.find(({ id }) => id === orderId)!;
  const base = withoutRow(takenOut(plan, orderId), orderId);
  const parts = order.parts.map(({ sku, quantity }) => ({ sku, quantity, source: PartSource.ON_HAND }));
  const service = create(StopSchema, { kind: Stop_Kind.SERVICE, orderId, parts });
  const { shiftIndex, position, operatingCentreId, supplyPosition } = rule;
  const route = base.routes.find((other) => other.engineerId === engineerId && other.shiftIndex === shiftIndex);
  // Without a route nothing but breaks stands there, and where they stand the answer does not say.
  if (!route && position > 0) return;
  const stops = [...(route?.stops ?? [])];
  if (operatingCentreId !== "") {
    stops.splice(position - 1, 0, service);
    stops.splice(supplyPosition, 0, create(StopSchema, { kind: Stop_Kind.SUPPLY, operatingCentreId }));
  } else stops.splice(position, 0, service);
  const { timed } = retime(request, withRoute(base, create(RouteSchema, { engineerId, shiftIndex, stops })));
  const codes = check(request, timed)
    .filter((finding) => finding.engineerId === engineerId)
    .map(({ code }) => code);
  if (operatingCentreId === "" && route) expect(codes, `${orderId} at ${engineerId}`).toContain(rule.code);
}

test("every answer to why_not is confirmed by the checker", async () => {
  const seen = new Map<Verdict, number>();
  await forRequests(small, 40, 72, async (request) => {
    const { plan } = await solveForTest(request);
    const whyNot = request.orders.flatMap(({ id: orderId }) =>
      request.engineers.map(({ id: engineerId }) => ({ orderId, engineerId })),
    );
    const asked = create(EvaluateRequestSchema, { request, plan: plan!, whyNot });
    const answer = evaluate(asked, { deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false });
    expect(answer.findings).toEqual([]);
    expect(answer.whyNot.map(({ orderId, engineerId }) => ({ orderId, engineerId }))).toEqual(whyNot);
    const facts = factsOf(request);
    for (const one of answer.whyNot) {
      const { orderId, engineerId, verdict, message } = one;
      seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
      expect(message).not.toBe("");
      const order = facts.orders.get(orderId)!;
      const engineer = facts.engineers.get(engineerId)!;
      const serves = plan!.routes.some(
        (route) => route.engineerId === engineerId && route.stops.some((stop) => stop.orderId === orderId),
      );
      const broken = plan!.unassigned.some((row) => row.orderId === orderId && row.reasons[0]!.violations.length > 0);
      if (broken) continue;
      expect(verdict === Verdict.CHOSEN).toBe(serves);
      if (serves) continue;
      const excluding = excludingCriteria(facts, order, engineer);
      expect(one.excludingCriterionIds).toEqual(excluding);
      expect(verdict === Verdict.INELIGIBLE).toBe(excluding.length > 0);
      if (excluding.length > 0) continue;
      if (verdict === Verdict.INFEASIBLE) {
        for (const other of insertions(request, takenOut(plan!, orderId), order, [engineer]))
          expect(other.findings, `${orderId} fits ${engineerId}`).not.toEqual([]);
        for (const rule of one.rules) expectRule(request, plan!, one, rule);
        if (one.alone) {
          const alone = create(PlanSchema, { routes: [one.alone.route!] });
          expect(check(request, alone).filter(({ code }) => code !== "ORDER_MISSING")).toEqual([]);
        }
        continue;
      }
      expectMove(request, plan!, orderId, one.insertion!, one.difference!);
      const levels = one.difference!.levels;
      const first = levels.find((value) => value !== 0n) ?? 0n;
      expect(verdict).toBe(first > 0n ? Verdict.DEARER : first < 0n ? Verdict.CHEAPER : Verdict.EQUAL);
    }
  });
  for (const verdict of [Verdict.CHOSEN, Verdict.INELIGIBLE, Verdict.INFEASIBLE, Verdict.DEARER])
    expect(seen.get(verdict), Verdict[verdict]).toBeGreaterThan(30);
}, 120_000);
