// Columns and scalars of the criteria that depend on the route or on the whole plan.
import type { EncodedColumns } from "./columns.ts";
import type { CriterionId, Mode } from "./criteria.ts";
import { urgencyOf } from "./explain/criteria/order-priority.ts";
import { feeTicks, tariffs } from "./explain/criteria/service-cost.ts";
import type { Scalars } from "./gen/layout.ts";
import { clip, NEVER, NO_TIME, NONE } from "./layout.ts";
import type { Problem } from "./model/problem.ts";
import { idRows, rowOf } from "./names.ts";

const WORD = 2 ** 24;
/** A budget beyond this many minor units holds whatever a visit costs: in millionths it still fits an i64. */
const MOST_BUDGET = 8_000_000_000_000;

/** Appends the high and the low word of minor units; the high one is -1 where there are none. */
function pushWords(list: number[], minor: number | undefined): void {
  if (minor === undefined) list.push(NONE, 0);
  else list.push(Math.floor(minor / WORD), minor % WORD);
}

/** Fills the columns and the scalars of these criteria. */
export function encodeTerms(problem: Problem, column: EncodedColumns, scalars: Scalars): void {
  const { policy, ticksPerSecond: tps } = problem;
  const setting = (id: CriterionId) => policy.criteria.get(id)!;
  const on = (id: CriterionId) => setting(id).mode !== "off";
  const weight = (id: CriterionId) => (on(id) ? setting(id).weightS : 0);
  const param = (id: CriterionId, name: string) => setting(id).params[name]!;

  encodeOrderTimes(problem, on("sla_response"), on("plan_stability"), column);
  encodeValues(problem, on("trust_limit"), column);
  encodeMoney(problem, setting("service_cost").mode, column);
  const priority = setting("order_priority");
  column.orderUrgency = problem.orders.map((order) => (on("order_priority") ? urgencyOf(order, priority) : 0));
  const fair = on("workload_fairness");
  column.engineerWorked = problem.engineers.map(({ inputs }) => inputs.workload?.minutes ?? 0);
  column.engineerTarget = problem.engineers.map(({ inputs }) => (fair ? (inputs.workload?.target ?? 0) : 0));

  scalars.clusterWeight = weight("route_cluster_fit");
  scalars.slaWeight = weight("sla_response");
  scalars.slaWorst = Math.min(NEVER - 1, param("sla_response", "worst_s") * tps);
  scalars.slaHard = setting("sla_response").mode === "hard" ? 1 : 0;
  scalars.priorityWeight = weight("order_priority");
  scalars.priorityHalf = param("order_priority", "half_s");
  scalars.fairnessWeight = weight("workload_fairness");
  scalars.fairnessCap = param("workload_fairness", "cap_s");
  scalars.trustWeight = weight("trust_limit");
  scalars.trustMargin = param("trust_limit", "margin_percent");
  scalars.trustHard = setting("trust_limit").mode === "hard" ? 1 : 0;
  scalars.stabilityWeight = weight("plan_stability");
  scalars.stabilityHard = setting("plan_stability").mode === "hard" ? 1 : 0;
  scalars.movedStart = on("plan_stability") ? param("plan_stability", "start_s") * tps : 0;
  scalars.movedTolerance = Math.min(NEVER, param("plan_stability", "tolerance_s") * tps);
}

/** What was promised, and what the current plan says. */
function encodeOrderTimes(
  { orders, engineers }: Problem,
  promised: boolean,
  stable: boolean,
  column: EncodedColumns,
): void {
  const engineerRows = idRows(engineers);
  const due: number[] = [];
  const madeDue: number[] = [];
  const planned: number[] = [];
  const plannedStart: number[] = [];
  for (const { promise, inputs, serviceTicks } of orders) {
    const published = stable ? inputs.published : undefined;
    due.push(promise ? clip(promise.last) : NEVER);
    madeDue.push(promised && inputs.dueTicks !== undefined ? clip(inputs.dueTicks - serviceTicks) : NEVER);
    planned.push(published ? rowOf(engineerRows, published.engineerId) : NONE);
    plannedStart.push(published?.start === undefined ? NO_TIME : clip(published.start));
  }
  column.orderDue = due;
  column.orderPromised = madeDue;
  column.orderPlanned = planned;
  column.orderPlannedStart = plannedStart;
}

/** Values in the engineers' care. */
function encodeValues({ orders, engineers }: Problem, guarded: boolean, column: EncodedColumns): void {
  const values: number[] = [];
  const limits: number[] = [];
  const carried: number[] = [];
  for (const { inputs } of orders) pushWords(values, guarded ? inputs.trustValue : 0);
  for (const { inputs } of engineers) {
    pushWords(limits, inputs.trustLimit);
    pushWords(carried, inputs.trustCarried);
  }
  column.orderValue = values;
  column.orderTakenAlong = orders.map(({ inputs }) => (inputs.takenAlong ? 1 : 0));
  column.engineerTrustLimit = limits;
  column.engineerTrustCarried = carried;
}

/** Budgets, wages, kilometres and fees. */
function encodeMoney(problem: Problem, mode: Mode, column: EncodedColumns): void {
  const { orders, engineers, centres, policy, ticksPerSecond: tps } = problem;
  const budgets: number[] = [];
  for (const { inputs } of orders) pushBudget(budgets, mode === "off" ? undefined : inputs.budget, inputs.visitFee);
  const work: number[] = [];
  const way: number[] = [];
  for (const { inputs } of engineers) {
    const prices = tariffs(inputs, policy, tps);
    work.push(mode === "soft" ? prices.work : 0);
    way.push(mode === "soft" ? prices.metre : 0);
  }
  column.orderBudget = budgets;
  column.engineerWorkPrice = work;
  column.engineerWayPrice = way;
  column.engineerWage = engineers.map(({ inputs }) => Math.floor((inputs.wagePerHour * 1e6) / (3600 * tps) + 0.5));
  column.engineerWayCost = engineers.map(({ inputs }) => inputs.costPerKm * 1000);
  column.orderFee = orders.map(({ inputs }) => feeTicks(problem, inputs.visitFee));
  column.centreFee = centres.map(({ pickFee }) => feeTicks(problem, pickFee));
}

/** Appends what a budget leaves for wage and kilometres. */
function pushBudget(list: number[], budget: number | undefined, visitFee: number): void {
  if (budget === undefined || budget - visitFee > MOST_BUDGET) pushWords(list, undefined);
  // What not even the fee fits in leaves nothing for the way: no visit is that cheap.
  else if (budget < visitFee) list.push(NONE - 1, 0);
  else pushWords(list, budget - visitFee);
}
