// All 30 criteria for one order and one engineer: what was evaluated, what it cost, and what this version leaves aside.
import { CATALOGUE } from "../criteria.ts";
import type { PlannedRoute } from "../decode.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { partsBorrowable } from "./criteria/parts-borrowable.ts";
import { pairVerdicts } from "./pair.ts";
import { routeVerdicts } from "./route-terms.ts";
import { lin, OFF, onRoute, seconds, secondsZh, type Verdict, type Words } from "./verdict.ts";

export interface ExplainedRow extends Verdict {
  readonly criterionId: string;
}

const row = (
  criterionId: string,
  status: Verdict["status"],
  score: number,
  costTicks: number,
  sentence: Words,
  inputs: Record<string, string> = {},
) => ({
  criterionId,
  status,
  score,
  costTicks,
  sentence,
  inputs,
});

/**
 * Rows in catalogue order; `route` is the engineer's route if the order is in it, and only then route criteria are evaluated. `routes` are
 * those of the same plan, for what the engineer borrows and works.
 */
export function explainPair(
  problem: Problem,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  route: PlannedRoute | undefined,
  routes: readonly PlannedRoute[],
): ExplainedRow[] {
  const { policy } = problem;
  const pairs = pairVerdicts({ problem, order, engineer });
  const inRoute = route === undefined ? new Map<string, ExplainedRow>() : routeRows(problem, order, route, routes);
  const terms = route === undefined ? undefined : routeVerdicts(problem, order, routes, route);
  return CATALOGUE.map((criterion): ExplainedRow => {
    if (policy.criteria.get(criterion.id)!.mode === "off") return { criterionId: criterion.id, ...OFF };
    const term = terms?.get(criterion.id);
    if (term !== undefined) return { criterionId: criterion.id, ...term };
    const pair = pairs.get(criterion.id);
    if (pair !== undefined) return { criterionId: criterion.id, ...pair };
    return inRoute.get(criterion.id) ?? { criterionId: criterion.id, ...onRoute({ problem, order, engineer }) };
  });
}

function routeRows(
  problem: Problem,
  order: ProblemOrder,
  route: PlannedRoute,
  routes: readonly PlannedRoute[],
): Map<string, ExplainedRow> {
  const tps = problem.ticksPerSecond;
  const stop = route.stops.find((candidate) => candidate.kind === "order" && candidate.orderId === order.id);
  if (stop?.kind !== "order") return new Map();
  const waiting = stop.start - stop.arrival - stop.setupTicks;
  const onHand = stop.parts.filter((use) => use.centreId === undefined && use.lenderId === undefined);
  const fromCentre = stop.parts.filter((use) => use.centreId !== undefined);
  const words = (uses: typeof stop.parts) => uses.map((use) => `${use.quantity} x ${use.sku}`).join(", ") || "none";
  const units = (uses: typeof stop.parts) => uses.reduce((sum, use) => sum + use.quantity, 0);
  // A substitute counts 0.9.
  const tenths = (uses: typeof stop.parts) =>
    uses.reduce((sum, use) => sum + use.quantity * (use.substituteFor === undefined ? 10 : 9), 0);
  const needed = units(stop.parts);
  const supply = route.stops.find((candidate) => candidate.kind === "supply");
  const overtime = Math.floor(route.overtimeTicks / 2);
  const rows = [
    row("travel_time", "evaluated", lin(stop.travelTicks, 0, 7200 * tps), stop.travelTicks, {
      en: `${seconds(stop.travelTicks, tps)} of travel from the stop before.`,
      zh: `从上一站行程 ${secondsZh(stop.travelTicks, tps)}。`,
    }),
    row(
      "parts_on_hand",
      "evaluated",
      needed === 0 ? 10_000 : Math.floor((1000 * tenths(onHand)) / needed),
      0,
      needed === 0
        ? { en: "The order needs no part.", zh: "工单不需要备件。" }
        : {
            en: `${units(onHand)} of ${needed} units are in the van.`,
            zh: `所需 ${needed} 件中车上已有 ${units(onHand)} 件。`,
          },
      { on_hand: words(onHand) },
    ),
    { criterionId: "parts_borrowable", ...partsBorrowable(problem, order, route, routes) },
    row(
      "parts_from_centre",
      "evaluated",
      fromCentre.length === 0
        ? 10_000
        : lin(supply ? supply.departure - supply.start + supply.travelTicks : 0, 0, 3600 * tps),
      0,
      fromCentre.length === 0
        ? { en: "Nothing has to be fetched.", zh: "无需取件。" }
        : {
            en: `Fetched at ${fromCentre[0]!.centreId}; the way there is charged as time.`,
            zh: `在 ${fromCentre[0]!.centreId} 取件，绕行计入时间。`,
          },
      { from_centre: words(fromCentre) },
    ),
    row(
      "tool_availability",
      "evaluated",
      10_000,
      0,
      order.toolIds.length === 0
        ? { en: "The order needs no tool.", zh: "工单不需要工具。" }
        : { en: "Every tool is in the van when service begins.", zh: "开始服务时工具齐备。" },
      {
        tools: order.toolIds.join(", ") || "none",
      },
    ),
    row(
      "time_window_fit",
      "evaluated",
      stop.latenessTicks > 0 ? lin(stop.latenessTicks, 0, Math.max(1, order.graceTicks)) : 10_000,
      3 * stop.latenessTicks,
      stop.latenessTicks > 0
        ? {
            en: `Begins ${seconds(stop.latenessTicks, tps)} late, within the grace.`,
            zh: `晚到 ${secondsZh(stop.latenessTicks, tps)}，仍在宽限内。`,
          }
        : { en: "Begins inside its window.", zh: "在时间窗内开始。" },
    ),
    row(
      "shift_capacity",
      "evaluated",
      lin(route.overtimeTicks, 0, Math.max(1, route.shift.latest - route.shift.end)),
      0,
      route.overtimeTicks > 0
        ? {
            en: `The route has ${seconds(route.overtimeTicks, tps)} of overtime, ${seconds(overtime, tps)} charged to the route.`,
            zh: `路线加班 ${secondsZh(route.overtimeTicks, tps)}，计入路线 ${secondsZh(overtime, tps)}。`,
          }
        : { en: "The route ends inside the shift.", zh: "路线在班次内结束。" },
    ),
    row(
      "idle_time",
      "evaluated",
      lin(waiting, 0, 3600 * tps),
      waiting,
      waiting > 0
        ? { en: `Waits ${seconds(waiting, tps)} before service.`, zh: `服务前等待 ${secondsZh(waiting, tps)}。` }
        : { en: "No waiting.", zh: "无等待。" },
    ),
  ];
  return new Map(rows.map((found) => [found.criterionId, found]));
}
