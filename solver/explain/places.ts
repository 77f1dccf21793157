// Every place for an order in an engineer's shifts, and the cheapest one that keeps all rules.
import type { PlannedRoute } from "../decode.ts";
import type { ProblemCentre, ProblemEngineer, ProblemOrder, ProblemShift } from "../model/problem.ts";
import { variantsOf } from "../model/variants.ts";
import { combine, compareLevels, type Draft, levelsOf, type Values } from "./draft.ts";
import { routeOf, type Trial } from "./trial.ts";
import type { Visit } from "./way.ts";

/** An order at one place of a way. */
export interface Place {
  readonly trial: Trial;
  /** Index of the order's visit. */
  readonly position: number;
  /** The new supply stop before it, if there is one. */
  readonly supply: { readonly centre: ProblemCentre; readonly position: number } | undefined;
}

/** A place that keeps all rules. */
export interface Insertion extends Place {
  readonly route: PlannedRoute;
  /** Values of the plan with it minus those of the plan without, the order served instead of left out. */
  readonly change: Values;
  /** The same by level. */
  readonly levels: readonly number[];
}

/** Rules that a supply stop may mend. */
const SUPPLIED: ReadonlySet<string> = new Set(["PART_ON_HAND", "TOOL_MISSING"]);

/** The order at every place of the shift: where the plan has a route there, between its stops, else with the breaks that must be. Meetings stay where they are. */
export function* placesIn(
  draft: Draft,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  shift: ProblemShift,
): Generator<Place> {
  const route = draft.routeOf(engineer, shift);
  if (shift.head?.over || (route && !draft.told(route))) return;
  const visits = standing(draft, engineer, shift);
  const first = shift.chain.length;
  for (let position = first; position <= visits.length; position++) {
    for (const way of waysOf(order)) {
      const served = visits.toSpliced(position, 0, { kind: "order", order: way });
      const trial = draft.try({ engineer, shift, visits: served });
      yield { trial, position, supply: undefined };
      // With the parts there no substitute would be cheaper.
      if (!trial.broken.some(({ code }) => SUPPLIED.has(code))) break;
      for (const centre of draft.context.problem.centres) {
        if (!gives(centre, way)) continue;
        for (let at = first; at <= position; at++) {
          const supplied = served.toSpliced(at, 0, { kind: "supply", centre });
          const trial = draft.try({ engineer, shift, visits: supplied });
          yield { trial, position: position + 1, supply: { centre, position: at } };
        }
      }
    }
  }
}

/** The order with each way to meet its needs. */
function waysOf(order: ProblemOrder): readonly ProblemOrder[] {
  const variants = variantsOf(order);
  return variants.length === 1 ? [order] : variants.map((parts, row) => (row === 0 ? order : { ...order, parts }));
}

/** What stands in the shift before the order comes. */
function standing(draft: Draft, engineer: ProblemEngineer, shift: ProblemShift): readonly Visit[] {
  const { rows } = draft.context;
  const route = draft.routeOf(engineer, shift);
  if (route) return draft.wayOf(route).visits;
  const chain = shift.chain.flatMap((stop): Visit[] => {
    // Nobody is met where nobody else has a route.
    if (stop.kind === "loan") return [];
    if (stop.kind === "order") return [{ kind: "order", order: rows.orders.get(stop.orderId)! }];
    if (stop.kind === "supply") return [{ kind: "supply", centre: rows.centres.get(stop.centreId)! }];
    return [{ kind: "break", pause: shift.breaks.find(({ index }) => index === stop.breakIndex)! }];
  });
  const taken = new Set(chain.map((visit) => (visit.kind === "break" ? visit.pause : undefined)));
  const due = shift.breaks.filter((pause) => pause.priceTicks === undefined && !taken.has(pause));
  return [...chain, ...due.map((pause): Visit => ({ kind: "break", pause }))];
}

/** The centre has something that the order asks for. */
function gives(centre: ProblemCentre, { parts, toolIds }: ProblemOrder): boolean {
  return parts.some(({ id }) => (centre.stock.get(id) ?? 0) > 0) || toolIds.some((tool) => centre.toolIds.has(tool));
}

/** What serving the order instead of leaving it out changes by itself. */
function served({ unassignedWeight, priceTicks = 0 }: ProblemOrder): Values {
  return {
    measures: [-unassignedWeight, 0, 0, 0, 0, -priceTicks],
    criteria: new Map(priceTicks > 0 ? [["prices", -priceTicks]] : []),
  };
}

/** The place as an insertion into `draft`; it must keep all rules. */
export function insertionAt(draft: Draft, order: ProblemOrder, place: Place): Insertion {
  const route = routeOf(place.trial);
  const change = combine(draft.changeOf([place.trial, ...place.trial.others]), served(order), 1);
  return { ...place, route, change, levels: levelsOf(draft.context.problem, change) };
}

/** The better of two insertions by the objective's levels, the first one where they are equal. */
export function better(a: Insertion | undefined, b: Insertion): Insertion {
  return a === undefined || compareLevels(b.levels, a.levels) < 0 ? b : a;
}

/** The cheapest place in all shifts of an engineer who may serve the order; every place that breaks a rule goes to `refused`. */
export function cheapestPlace(
  draft: Draft,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  refused?: (place: Place) => void,
): Insertion | undefined {
  let best: Insertion | undefined;
  for (const shift of engineer.shifts)
    for (const place of placesIn(draft, order, engineer, shift)) {
      if (place.trial.broken.length === 0) best = better(best, insertionAt(draft, order, place));
      else refused?.(place);
    }
  return best;
}
