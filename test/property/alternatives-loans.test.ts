// Runners-up and answers to why_not in plans with meetings, which stay where they are: proved by the checker.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  EvaluateRequestSchema,
  WhyNot_Verdict as Verdict,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, PlanSchema, type Route, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level, ExplainSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { evaluate } from "../../server/answer/evaluate.ts";
import { costOf } from "../../solver/check/cost.ts";
import { solveForTest } from "../solve-for-test.ts";
import { insertions, takenOut } from "./insertions.ts";
import { lendingRequests } from "./lending-requests.ts";
import { expectMove } from "./moves.ts";

const meets = ({ stops }: Route) => stops.some(({ kind }) => kind === Stop_Kind.LOAN);
const borrows = (plan: Plan, orderId: string) =>
  plan.routes.some(({ stops }) => stops.some((stop) => stop.orderId === orderId && stop.parts.some(isLent)));
const isLent = ({ lenderEngineerId }: { lenderEngineerId: string }) => lenderEngineerId !== "";

/** The plan without the order, or undefined where it borrows: what is lent to it then goes, too. */
const without = (plan: Plan, orderId: string) => (borrows(plan, orderId) ? undefined : takenOut(plan, orderId));

/** One supply stop gives all of a part, as alternatives have it. */
const isPickedOnce = ({ routes }: Plan) =>
  routes.every(({ stops }) => {
    const skus = stops.flatMap(({ pickUps }) => pickUps.map(({ sku }) => sku));
    return new Set(skus).size === skus.length;
  });

const isWorse = (a: readonly bigint[], b: readonly bigint[]) => {
  const level = a.findIndex((value, at) => value !== b[at]);
  return level >= 0 && a[level]! > b[level]!;
};

test("a runner-up is right and costs what it is said to, and without a new meeting nobody else is cheaper", async () => {
  const seen = { tied: 0, borrowing: 0, others: 0 };
  for (const { request, isSmall } of lendingRequests(260)) {
    request.explain = create(ExplainSchema, { level: Explain_Level.ALTERNATIVES });
    const { plan, explanations } = await solveForTest(request);
    if (!plan!.routes.some(meets)) continue;
    const base = costOf(request, plan!).levels;
    for (const { orderId, engineerId: owner } of explanations.filter(({ chosen }) => chosen)) {
      const second = explanations.find((row) => row.orderId === orderId && row.runnerUp);
      if (second) {
        expectMove(request, plan!, orderId, second.insertion!, second.difference!);
        const { route, left, others } = second.insertion!;
        if ([route!, ...(left ? [left] : []), ...others].some(meets)) seen.tied++;
        if (borrows(plan!, orderId)) seen.borrowing++;
        if (others.length > 0) seen.others++;
      }
      const rest = isSmall ? without(plan!, orderId) : undefined;
      if (!rest) continue;
      const order = request.orders.find(({ id }) => id === orderId)!;
      for (const other of insertions(request, rest, order, notOf(request, owner))) {
        if (other.findings.length > 0 || !isPickedOnce(other.plan)) continue;
        const levels = costOf(request, other.plan).levels.map((value, level) => value - base[level]!);
        expect(second, `${orderId} fits ${other.engineer.id}`).toBeDefined();
        expect(isWorse(second!.difference!.levels, levels), `${orderId} at ${other.engineer.id}`).toBe(false);
      }
    }
  }
  expect(seen.tied).toBeGreaterThan(20);
  expect(seen.borrowing).toBeGreaterThan(5);
  expect(seen.others).toBeGreaterThan(5);
}, 240_000);

const notOf = ({ engineers }: AssignRequest, owner: string) => engineers.filter(({ id }) => id !== owner);

test("why_not answers for every pair of a plan with meetings, and a plan that was given tells the same", async () => {
  const seen = new Map<Verdict, number>();
  for (const { request, isSmall } of lendingRequests(90)) {
    const { plan } = await solveForTest(request);
    if (!plan!.routes.some(meets)) continue;
    const whyNot = request.orders.flatMap(({ id: orderId }) =>
      request.engineers.map(({ id: engineerId }) => ({ orderId, engineerId })),
    );
    const asked = create(EvaluateRequestSchema, { request, plan: clone(PlanSchema, plan!), whyNot });
    const answer = evaluate(asked, { deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false });
    expect(answer.findings).toEqual([]);
    for (const { orderId, engineerId, verdict, insertion, difference } of answer.whyNot) {
      seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
      if (insertion) expectMove(request, plan!, orderId, insertion, difference!);
      if (verdict !== Verdict.INFEASIBLE || !isSmall) continue;
      const rest = without(plan!, orderId);
      const order = request.orders.find(({ id }) => id === orderId)!;
      const engineer = request.engineers.filter(({ id }) => id === engineerId);
      for (const other of rest ? insertions(request, rest, order, engineer) : [])
        if (isPickedOnce(other.plan)) expect(other.findings, `${orderId} fits ${engineerId}`).not.toEqual([]);
    }
  }
  for (const verdict of [Verdict.CHOSEN, Verdict.INFEASIBLE, Verdict.DEARER])
    expect(seen.get(verdict), Verdict[verdict]).toBeGreaterThan(20);
}, 240_000);
