// Which routes are interchangeable while they are empty: of such routes the search tries one.
import type { Route } from "./encode.ts";
import type { Problem } from "./model/problem.ts";

/** First route of each kind of interchangeable empty routes: equal in all but the engineer's id, whom no order names. */
export function routeClasses(problem: Problem, routes: readonly Route[]): number[] {
  const classes = routes.map((_, route) => route);
  // Most differ by where they start, or by when and what is known of the engineer; only of the others is the long key made.
  const sameStart = notAlone(classes, (route) => routes[route]!.shift.startRow);
  const alike = notAlone(sameStart, (route) => briefOf(routes[route]!));
  if (alike.length === 0) return classes;
  const named = namedEngineers(problem);
  const first = new Map<string, number>();
  for (const route of alike) {
    if (!isInterchangeable(routes[route]!, named)) continue;
    const key = keyOf(routes[route]!);
    const known = first.get(key);
    if (known === undefined) first.set(key, route);
    else classes[route] = known;
  }
  return classes;
}

/** The routes that share their key with another one of them. */
function notAlone(routes: readonly number[], keyOf: (route: number) => number | string): readonly number[] {
  const counts = new Map<number | string, number>();
  const keys = routes.map(keyOf);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts.size === routes.length ? [] : routes.filter((_, index) => counts.get(keys[index]!)! > 1);
}

const briefOf = ({ shift, engineer: { inputs, stock } }: Route) =>
  `${shift.startRow} ${shift.earliest} ${shift.end} ${stock.size} ${inputs.rating?.count} ${inputs.outputPercent}`;

/** Engineers whom an order names. */
function namedEngineers({ orders }: Problem): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { preference, inputs } of orders) {
    for (const ids of Object.values(preference)) for (const id of ids) named.add(id);
    if (inputs.lastVisit) named.add(inputs.lastVisit.engineerId);
    if (inputs.published) named.add(inputs.published.engineerId);
  }
  return named;
}

const isInterchangeable = ({ engineer, shift }: Route, named: ReadonlySet<string>) =>
  engineer.shifts.length === 1 &&
  !named.has(engineer.id) &&
  shift.head === undefined &&
  shift.chain.length + shift.tied.length === 0;

const keyOf = ({ engineer, shift }: Route) =>
  JSON.stringify([
    { ...engineer, id: "", shifts: [] },
    [...engineer.skills].sort(),
    [...engineer.toolIds].sort(),
    [...engineer.stock].sort(),
    [...engineer.safetyStock].sort(),
    [...engineer.capacities].sort(),
    { ...shift, warm: [] },
  ]);
