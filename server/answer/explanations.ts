// What `explain` asks for: the 30 criteria of orders and engineers, and runners-up, as messages.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type CriterionRow,
  CriterionRow_Status,
  type Explanation,
  ExplanationSchema,
  type Plan,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { PlannedRoute } from "../../solver/decode.ts";
import { Context, Draft } from "../../solver/explain/draft.ts";
import { explainPair } from "../../solver/explain/explain.ts";
import { type Move, runnerUp } from "../../solver/explain/runner-up.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../../solver/model/problem.ts";
import { stopIfGone } from "../errors.ts";
import { differenceToProto, insertionToProto } from "../messages/insertion-to-proto.ts";
import { languageOf } from "../messages/language.ts";
import { relaxationsOf } from "../messages/relaxations-to-proto.ts";
import type { AssignControl } from "./assign.ts";

const STATUS: Record<string, CriterionRow_Status> = {
  evaluated: CriterionRow_Status.EVALUATED,
  excluded: CriterionRow_Status.EXCLUDED,
  not_evaluated: CriterionRow_Status.NOT_EVALUATED,
  off: CriterionRow_Status.OFF,
};

/** What is explained, and how many orders the deadline left without their alternatives. */
export interface Explained {
  readonly explanations: Explanation[];
  readonly unexplained: number;
}

/**
 * What `explain` asks for: by order id, the chosen engineer first, then the runner-up, then the engineers named; relaxations are put into the
 * rows of `plan`. Throws RequestError CANCELLED.
 */
export function explanationsOf(
  request: AssignRequest,
  problem: Problem,
  planned: readonly PlannedRoute[],
  { unassigned }: Pick<Plan, "unassigned">,
  control: Pick<AssignControl, "deadlineMs" | "stopped">,
): Explained {
  const { explain } = request;
  const level = explain?.level ?? Explain_Level.UNSPECIFIED;
  if (!explain || level < Explain_Level.CRITERIA) return { explanations: [], unexplained: 0 };
  const wanted = explain.orderIds.length > 0 ? new Set(explain.orderIds) : undefined;
  const draft = new Draft(new Context(problem), planned);
  const asked = problem.engineers.filter((engineer) => explain.engineerIds.includes(engineer.id));
  const found: Explanation[] = [];
  const rows = new Map(unassigned.map((row) => [row.orderId, row]));
  const poll = () => stopIfGone(control);
  let unexplained = 0;
  for (const order of problem.orders) {
    if (wanted && !wanted.has(order.id)) continue;
    const route = draft.routeWith(order.id);
    let second: Move | undefined;
    if (level === Explain_Level.ALTERNATIVES) {
      stopIfGone(control);
      const row = rows.get(order.id);
      if (performance.now() > control.deadlineMs) unexplained++;
      else if (route) second = runnerUp(draft, order, poll);
      else if (row) row.relaxations = relaxationsOf(request, draft, order, problem.engineers, poll);
    }
    const engineers = new Set([...(route ? [route.engineer] : []), ...(second ? [second.engineer] : []), ...asked]);
    for (const engineer of engineers) {
      const chosen = engineer === route?.engineer;
      const move = engineer === second?.engineer ? second : undefined;
      const shown = chosen ? route : move?.insertion.route;
      found.push(
        create(ExplanationSchema, {
          orderId: order.id,
          engineerId: engineer.id,
          chosen,
          rows: rowsOf(request, problem, order, engineer, shown, planned),
          ...(move && {
            runnerUp: true,
            insertion: insertionToProto(request, problem, move.insertion, move.removal),
            difference: differenceToProto(problem, move.change),
          }),
        }),
      );
    }
  }
  return { explanations: found, unexplained };
}

/** All 30 rows of a pair, `route` being the engineer's route with the order, where there is one, and `routes` those of the plan. */
export function rowsOf(
  request: AssignRequest,
  problem: Problem,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  route: PlannedRoute | undefined,
  routes: readonly PlannedRoute[],
): CriterionRow[] {
  const language = languageOf(request);
  return explainPair(problem, order, engineer, route, routes).map(
    ({ criterionId, status, score, costTicks, inputs, sentence }): CriterionRow => ({
      $typeName: "shanpai.dispatch.v1.CriterionRow",
      criterionId,
      status: STATUS[status]!,
      score,
      cost: BigInt(costTicks),
      inputs: { ...inputs() },
      sentence: sentence()[language],
    }),
  );
}
