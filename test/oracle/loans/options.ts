// What each engineer can do without meetings, with a floor under what it costs once meetings are put in.
import type { Facts } from "../../../solver/check/facts.ts";
import { pairCost } from "../../../solver/check/pair.ts";
import { enumerateRoutes, type RouteChoice } from "../routes.ts";
import type { Driver } from "./drivers.ts";
import type { Demand } from "./sources.ts";
import type { Halt, Tour } from "./tour.ts";

export interface Option {
  /** Bit i: order i of the request is served. */
  readonly mask: number;
  readonly tour: Tour;
  readonly demand: Demand;
  readonly travel: number;
  readonly distance: number;
  /** Work that stays whatever the meetings: set-up, service, pick-ups. */
  readonly lengths: number;
  /** The least working time with any meetings, or 0 where it is not known. */
  readonly leastWorking: number;
  /** Pair costs, and overtime of the earliest end. */
  readonly fixed: number;
}

/** Every sensible route of an engineer. A route that is not in time or too long stays so with meetings: travel keeps the triangle inequality. */
export function optionsOf(facts: Facts, driver: Driver, row: number): Option[] {
  const options: Option[] = [];
  enumerateRoutes(facts, driver.engineer, driver.shift, (route) => options.push(optionOf(facts, driver, row, route)));
  return options;
}

function optionOf(facts: Facts, driver: Driver, row: number, route: RouteChoice): Option {
  const { policy, request, travel } = facts;
  const halts = route.steps.map(({ visit, step, place }): Halt => ({ ...step, visit, place, row: travel.row(place) }));
  const orders = halts.flatMap(({ visit }) => (visit && "order" in visit ? [visit.order] : []));
  const supply = halts.findIndex(({ visit }) => visit && "centre" in visit);
  const afterOrders = halts
    .slice(supply < 0 ? halts.length : supply)
    .flatMap(({ visit }) => (visit && "order" in visit ? [request.orders.indexOf(visit.order)] : []));
  // With one window and no lateness the canonical schedule has the least duration, and a meeting does not shorten it.
  const isPlain = halts.every(({ windows, grace }) => windows.length <= 1 && grace === 0);
  const overtime = Math.max(0, route.schedule.arrival - driver.shiftEnd);
  return {
    mask: route.mask,
    tour: { driver, halts },
    demand: {
      driver,
      row,
      hasSupply: route.hasSupply,
      takesTools: route.takesTools,
      before: route.before,
      after: route.after,
      afterOrders: new Set(afterOrders),
    },
    travel: route.travel,
    distance: route.distance,
    lengths: halts.reduce((sum, { setup, length }) => sum + setup + length, 0),
    leastWorking: isPlain ? route.working : 0,
    fixed:
      orders.reduce((sum, order) => sum + pairCost(facts, order, driver.engineer), 0) +
      (policy.mode("shift_capacity") === "off" ? 0 : Math.floor(overtime / 2)),
  };
}
