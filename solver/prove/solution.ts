// The proof of a solution that a search brought back.
import type { Core } from "../core.ts";
import { decodePlan } from "../decode.ts";
import { encodeProblem, expandProblem } from "../encode.ts";
import type { Problem } from "../model/problem.ts";
import type { Solution } from "../solution.ts";
import { type Proof, type ProveControl, prove } from "./prove.ts";

/** A lower bound of the solution's levels; the core is loaded anew for it. */
export function proveSolution(core: Core, problem: Problem, solution: Solution, control: ProveControl): Proof {
  const encoded = expandProblem(encodeProblem(problem));
  core.load(encoded.columns, () => control.stopped());
  const cells = problem.orders.length * problem.engineers.length;
  const pairs = {
    mask: core.uint16s(core.exports.pairMask.value, cells),
    cost: core.int32s(core.exports.pairCost.value, cells),
  };
  const orderRows = new Map(problem.orders.map(({ id }, row) => [id, row]));
  const routes = decodePlan(problem, solution).map(({ engineer, shift, stops }) => ({
    route: encoded.routes.findIndex((route) => route.engineer === engineer && route.shift === shift),
    orders: stops.flatMap((stop) => (stop.kind === "order" ? [orderRows.get(stop.orderId)!] : [])),
  }));
  return prove(problem, encoded, pairs, { routes, levels: solution.levels }, control);
}
