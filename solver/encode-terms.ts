// Columns and scalars of the criteria that depend on the route or on the whole plan.
import type { CriterionId } from "./criteria.ts";
import { urgencyOf } from "./explain/criteria/order-priority.ts";
import { feeTicks, tariffs } from "./explain/criteria/service-cost.ts";
import type { Columns, Scalars } from "./gen/layout.ts";
import { clip, NEVER, NO_TIME, NONE } from "./layout.ts";
import type { Problem } from "./model/problem.ts";

type Out = { [name in keyof Columns]?: number[] | Int32Array };

const WORD = 2 ** 24;
/** A budget beyond this many minor units holds whatever a visit costs: in millionths it still fits an i64. */
const MOST_BUDGET = 8_000_000_000_000;

/** High and low words of minor units; the high one -1 where there are none. */
const words = (minor: number | undefined) =>
  minor === undefined ? [NONE, 0] : [Math.floor(minor / WORD), minor % WORD];

/** Fills the columns of these criteria and returns their scalars. */
export function encodeTerms(problem: Problem, column: Out, engineerRows: ReadonlyMap<string, number>) {
  const { orders, engineers, centres, policy, ticksPerSecond: tps } = problem;
  const setting = (id: CriterionId) => policy.criteria.get(id)!;
  const on = (id: CriterionId) => setting(id).mode !== "off";
  const weight = (id: CriterionId) => (on(id) ? setting(id).weightS : 0);
  const param = (id: CriterionId, name: string) => setting(id).params[name]!;

  const priority = setting("order_priority");
  column.orderUrgency = orders.map((order) => (on("order_priority") ? urgencyOf(order, priority) : 0));

  column.orderDue = orders.map(({ promise }) => (promise ? clip(promise.last) : NEVER));
  column.orderPromised = orders.map(({ inputs: { dueTicks }, serviceTicks }) =>
    on("sla_response") && dueTicks !== undefined ? clip(dueTicks - serviceTicks) : NEVER,
  );

  const stable = on("plan_stability");
  column.orderPlanned = orders.map(({ inputs }) => {
    const { published } = inputs;
    return stable && published ? (engineerRows.get(published.engineerId) ?? NONE) : NONE;
  });
  column.orderPlannedStart = orders.map(({ inputs }) => {
    const start = stable ? inputs.published?.start : undefined;
    return start === undefined ? NO_TIME : clip(start);
  });

  const guarded = on("trust_limit");
  column.orderValue = orders.flatMap(({ inputs }) => words(guarded ? inputs.trustValue : 0));
  column.orderTakenAlong = orders.map(({ inputs }) => (inputs.takenAlong ? 1 : 0));
  column.engineerTrustLimit = engineers.flatMap(({ inputs }) => words(inputs.trustLimit));
  column.engineerTrustCarried = engineers.flatMap(({ inputs }) => words(inputs.trustCarried));

  const costs = setting("service_cost").mode;
  column.orderBudget = orders.flatMap(({ inputs: { budget, visitFee } }) => {
    if (costs === "off" || budget === undefined || budget - visitFee > MOST_BUDGET) return words(undefined);
    // What not even the fee fits in leaves nothing for the way: no visit is that cheap.
    return budget < visitFee ? [NONE - 1, 0] : words(budget - visitFee);
  });
  const charged = engineers.map(({ inputs }) => tariffs(inputs, policy, tps));
  column.engineerWorkPrice = charged.map(({ work }) => (costs === "soft" ? work : 0));
  column.engineerWayPrice = charged.map(({ metre }) => (costs === "soft" ? metre : 0));
  column.engineerWage = engineers.map(({ inputs }) => Math.floor((inputs.wagePerHour * 1e6) / (3600 * tps) + 0.5));
  column.engineerWayCost = engineers.map(({ inputs }) => inputs.costPerKm * 1000);
  column.orderFee = orders.map(({ inputs }) => feeTicks(problem, inputs.visitFee));
  column.centreFee = centres.map(({ pickFee }) => feeTicks(problem, pickFee));

  const fair = on("workload_fairness");
  column.engineerWorked = engineers.map(({ inputs }) => inputs.workload?.minutes ?? 0);
  column.engineerTarget = engineers.map(({ inputs }) => (fair ? (inputs.workload?.target ?? 0) : 0));

  return {
    clusterWeight: weight("route_cluster_fit"),
    slaWeight: weight("sla_response"),
    slaWorst: Math.min(NEVER - 1, param("sla_response", "worst_s") * tps),
    slaHard: setting("sla_response").mode === "hard" ? 1 : 0,
    priorityWeight: weight("order_priority"),
    priorityHalf: param("order_priority", "half_s"),
    fairnessWeight: weight("workload_fairness"),
    fairnessCap: param("workload_fairness", "cap_s"),
    trustWeight: weight("trust_limit"),
    trustMargin: param("trust_limit", "margin_percent"),
    trustHard: setting("trust_limit").mode === "hard" ? 1 : 0,
    stabilityWeight: weight("plan_stability"),
    stabilityHard: setting("plan_stability").mode === "hard" ? 1 : 0,
    movedStart: stable ? param("plan_stability", "start_s") * tps : 0,
    movedTolerance: Math.min(NEVER, param("plan_stability", "tolerance_s") * tps),
  } satisfies Partial<Scalars>;
}
