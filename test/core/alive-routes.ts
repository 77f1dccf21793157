// What each criterion of routes and plans changes on a generated city: off, against ten times its weight or hard.
import { clone, create } from "@bufbuild/protobuf";
import { generateCity } from "../../datasets/city.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import {
  CriterionMode,
  Policy_Preset,
  PolicySchema,
  SearchOptionsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { costOf } from "../../solver/check/cost.ts";
import { factsOf, readRoutes } from "../../solver/check/facts.ts";
import { findings } from "../../solver/check/finding.ts";
import { brokenTerms, termRoute } from "../../solver/check/terms.ts";
import type { CriterionId } from "../../solver/criteria.ts";
import { solveForTest } from "../solve-for-test.ts";

/** How a criterion is made to weigh; soft ones are counted by their cost, hard ones by the services they forbid. */
interface Heavy {
  readonly mode?: CriterionMode;
  readonly weightS?: number;
  readonly params?: Record<string, number>;
  /** Of the whole policy. */
  readonly secondsPerCurrencyUnit?: number;
}

const HEAVY: Readonly<Partial<Record<CriterionId, Heavy>>> = {
  route_cluster_fit: { weightS: 3_000 },
  sla_response: { weightS: 18_000 },
  order_priority: { weightS: 12_000 },
  workload_fairness: { weightS: 6_000, params: { cap_s: 36_000 } },
  trust_limit: { mode: CriterionMode.HARD },
  service_cost: { secondsPerCurrencyUnit: 600 },
  plan_stability: { weightS: 6_000, params: { start_s: 2_000 } },
};

export const ROUTE_CRITERIA = Object.keys(HEAVY) as CriterionId[];

export interface Change {
  /** Orders whose engineer or start is another. */
  readonly moved: number;
  /** Ticks of the criterion under the heavy policy, or services that it forbids. */
  readonly without: number;
  readonly heavy: number;
}

/** A day in which trust_limit matters has most of the cover taken. */
function city(id: CriterionId): AssignRequest {
  const request = generateCity({ orders: 60, engineers: 25, seed: 5, lenders: "none" });
  request.search = create(SearchOptionsSchema, { iterations: 3_000n });
  if (id !== "trust_limit") return request;
  for (const engineer of request.engineers) engineer.trustCarriedMinor = (engineer.trustLimitMinor! * 19n) / 20n;
  return request;
}

const startsOf = (plan: Plan) =>
  new Map(
    plan.routes.flatMap(({ engineerId, stops }) =>
      stops.flatMap(({ orderId, start }) => (orderId ? [[orderId, `${engineerId} ${start!.seconds}`] as const] : [])),
    ),
  );

/** Plans the city twice. */
export async function changeOf(id: CriterionId): Promise<Change> {
  const base = city(id);
  if (id === "plan_stability") {
    const before = clone(AssignRequestSchema, base);
    before.policy = create(PolicySchema, { preset: Policy_Preset.FASTEST });
    base.currentPlan = (await solveForTest(before)).plan!;
  }
  const { mode = CriterionMode.SOFT, secondsPerCurrencyUnit = 0, weightS, params = {} } = HEAVY[id]!;
  const policy = (off: boolean) =>
    create(PolicySchema, {
      secondsPerCurrencyUnit,
      criteria: [{ id, mode: off ? CriterionMode.OFF : mode, params, ...(weightS === undefined ? {} : { weightS }) }],
    });
  const plan = async (off: boolean) => {
    const request = clone(AssignRequestSchema, base);
    request.policy = policy(off);
    return (await solveForTest(request)).plan!;
  };
  const [without, heavy] = [await plan(true), await plan(false)];
  const [before, after] = [startsOf(without), startsOf(heavy)];
  const judge = clone(AssignRequestSchema, base);
  judge.policy = policy(false);
  const facts = factsOf(judge);
  const value = (made: Plan) =>
    mode === CriterionMode.HARD
      ? readRoutes(facts, made, findings().report).flatMap((route) => brokenTerms(facts, termRoute(facts, route)))
          .length
      : Number(costOf(judge, made).criteria.find(({ criterionId }) => criterionId === id)?.cost ?? 0n);
  return {
    moved: [...before].filter(([orderId, at]) => after.get(orderId) !== at).length,
    without: value(without),
    heavy: value(heavy),
  };
}
