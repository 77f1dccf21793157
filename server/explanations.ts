// What `explain` asks for: the 30 criteria of orders and engineers, as messages.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type CriterionRow,
  CriterionRow_Status,
  type Explanation,
  ExplanationSchema,
} from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { PlannedRoute } from "../solver/decode.ts";
import { explainPair } from "../solver/explain/explain.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../solver/model/problem.ts";

const STATUS: Record<string, CriterionRow_Status> = {
  evaluated: CriterionRow_Status.EVALUATED,
  excluded: CriterionRow_Status.EXCLUDED,
  not_evaluated: CriterionRow_Status.NOT_EVALUATED,
  off: CriterionRow_Status.OFF,
};

/** Sentences are written in Chinese and English; whoever reads neither gets English. */
const wordsIn = (tag: string) => (/^zh(-|$)/i.test(tag) ? "zh" : "en");

/** What `explain` asks for: by order id, the chosen engineer first, then the engineers named. */
export function explanationsOf(
  request: AssignRequest,
  problem: Problem,
  planned: readonly PlannedRoute[],
): Explanation[] {
  const { explain } = request;
  if (explain?.level !== Explain_Level.CRITERIA) return [];
  const wanted = explain.orderIds.length > 0 ? new Set(explain.orderIds) : undefined;
  const routeOf = new Map(
    planned.flatMap((route) =>
      route.stops.flatMap((stop) => (stop.kind === "order" ? [[stop.orderId, route] as const] : [])),
    ),
  );
  const asked = problem.engineers.filter((engineer) => explain.engineerIds.includes(engineer.id));
  const found: Explanation[] = [];
  for (const order of problem.orders) {
    if (wanted && !wanted.has(order.id)) continue;
    const route = routeOf.get(order.id);
    const engineers = [...new Set([...(route ? [route.engineer] : []), ...asked])];
    for (const engineer of engineers) {
      const chosen = engineer === route?.engineer;
      found.push(explanationOf(request, problem, order, engineer, chosen ? route : undefined));
    }
  }
  return found;
}

/** All criteria of an order and an engineer; with `route` the order is in that route. */
export function explanationOf(
  request: AssignRequest,
  problem: Problem,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  route: PlannedRoute | undefined,
): Explanation {
  const language = wordsIn(request.explain?.language ?? "");
  const rows = explainPair(problem, order, engineer, route).map(
    ({ criterionId, status, score, costTicks, inputs, sentence }): CriterionRow => ({
      $typeName: "shanpai.dispatch.v1.CriterionRow",
      criterionId,
      status: STATUS[status]!,
      score,
      cost: BigInt(costTicks),
      inputs: { ...inputs },
      sentence: sentence[language],
    }),
  );
  return create(ExplanationSchema, { orderId: order.id, engineerId: engineer.id, chosen: route !== undefined, rows });
}
