// Every relaxation is proved by the checker: with the change the witness keeps all rules, with one unit less it does not.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Relaxation_Kind as Kind, type Plan, PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level, ExplainSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { validate } from "../../server/validate/validate.ts";
import { check } from "../../solver/check/check.ts";
import { retime } from "../../solver/check/retime.ts";
import { solveForTest } from "../solve-for-test.ts";
import { insertions, untimed, withoutRow, withRoute } from "./insertions.ts";
import { lendingRequests } from "./lending-requests.ts";
import { openRequest } from "./open-request.ts";
import { relaxed } from "./relaxed.ts";
import { forRequests } from "./run.ts";

/** Findings of the plan; the reasons of other orders left out belong to the request as it was. */
const broken = (request: AssignRequest, plan: Plan) =>
  check(request, plan).filter(({ code }) => code !== "UNASSIGNED_REASON");

/** Kinds whose amount is the smallest over all witnesses; of the others it is for the witness named. */
const OF_THE_ORDER: readonly Kind[] = [Kind.WINDOW_END, Kind.WINDOW_START, Kind.LATENESS_GRACE];

/** Every relaxation of the request's plan holds; counted by kind. Whether another witness would do with less is asked where `isWhole`. */
async function expectRelaxations(request: AssignRequest, seen: Map<Kind, number>, isWhole: boolean): Promise<Plan> {
  request.explain = create(ExplainSchema, { level: Explain_Level.ALTERNATIVES });
  const { plan } = await solveForTest(request);
  for (const { orderId, relaxations } of plan!.unassigned) {
    const kinds = relaxations.map(({ kind }) => kind);
    expect(kinds).toEqual([...new Set(kinds)].sort((a, b) => a - b));
    for (const relaxation of relaxations) {
      const { kind, witness, message } = relaxation;
      const name = `${orderId} ${Kind[kind]} ${message}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      const served = [...witness!.others, witness!.route!].reduce(withRoute, withoutRow(plan!, orderId));
      expect(witness!.route!.stops[witness!.position]!.orderId).toBe(orderId);
      const eased = relaxed(request, orderId, relaxation);
      expect(validate(eased), name).toEqual([]);
      expect(broken(eased, served), name).toEqual([]);
      const almost = relaxed(request, orderId, relaxation, 1);
      const timed = retime(almost, clone(PlanSchema, untimed(served))).timed;
      expect(broken(almost, timed), name).not.toEqual([]);
      if (!isWhole || !OF_THE_ORDER.includes(kind)) continue;
      const order = almost.orders.find(({ id }) => id === orderId)!;
      for (const other of insertions(almost, plan!, order))
        expect(
          other.findings.filter(({ code }) => code !== "UNASSIGNED_REASON"),
          name,
        ).not.toEqual([]);
    }
  }
  return plan!;
}

test("relaxations are enough, and one unit less is not", async () => {
  const seen = new Map<Kind, number>();
  await forRequests(
    (draws) => openRequest(draws, { orders: 14, engineers: 3, centres: 2 }),
    90,
    73,
    async (request) => {
      await expectRelaxations(request, seen, true);
    },
  );
  for (const kind of [
    Kind.WINDOW_END,
    Kind.WINDOW_START,
    Kind.LATENESS_GRACE,
    Kind.SHIFT_END,
    Kind.OVERTIME,
    Kind.VAN_STOCK,
  ])
    expect(seen.get(kind) ?? 0, Kind[kind]).toBeGreaterThan(2);
}, 120_000);

test("so they are where routes have meetings", async () => {
  const seen = new Map<Kind, number>();
  let meetings = 0;
  for (const { request } of lendingRequests(200)) {
    const plan = await expectRelaxations(request, seen, false);
    meetings += plan.routes.filter(({ stops }) => stops.some(({ loan }) => loan)).length;
  }
  expect(meetings).toBeGreaterThan(50);
  expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
}, 240_000);
