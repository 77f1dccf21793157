// What one engineer's route may do, as a graph: the relaxed problem that a bound is proved on (docs/bounds.md).
import type { ExpandedProblem } from "../encode.ts";
import type { Columns, Scalars } from "../gen/layout.ts";
import { SCALAR_NAMES } from "../gen/layout.ts";
import { NEVER } from "../layout.ts";

/** The pair criteria as the core folds them: `orders * engineers`, row-major by order. */
export interface Pairs {
  /** 0: eligible. */
  readonly mask: Uint16Array;
  /** Ticks of soft cost. */
  readonly cost: Int32Array;
}

/** Nodes of every network: orders by row, then the start, then the end. */
export interface Network {
  readonly orders: number;
  /** Route rows that all may do the same at the same cost; each is used at most once. */
  readonly routes: readonly number[];
  /** Shifts of the engineer; an engineer used is charged in equal shares to them. */
  readonly shifts: number;
  readonly start: number;
  readonly end: number;
  /** When the route may leave: first and last tick. */
  readonly earliest: number;
  readonly leaveLatest: number;
  /** When it has to be over. */
  readonly latest: number;
  readonly shiftEnd: number;
  /** Ticks of breaks that do not count as working time. */
  readonly unpaid: number;
  /** By dimension; orders served count as one more dimension. */
  readonly capacity: Int32Array;
  /** `orders * dims`. */
  readonly load: Int32Array;
  readonly dims: number;
  /** By node. */
  readonly service: Int32Array;
  /** By order: ticks of soft cost with this engineer. */
  readonly pairCost: Int32Array;
  /** First window row of each order, then the windows: first and last tick of begin of service, grace included. */
  readonly windowFirst: Int32Array;
  readonly windowStart: Int32Array;
  readonly windowEnd: Int32Array;
  /** Arcs out of each node by row of the node they lead to; arcs to the end are in `last*`. */
  readonly arcFirst: Int32Array;
  readonly arcTo: Int32Array;
  /** Leg with set-up; travel without; distance. */
  readonly arcTicks: Int32Array;
  readonly arcTravel: Int32Array;
  readonly arcDistance: Int32Array;
  /** By node: the leg to the end, NEVER where there is none. */
  readonly lastTicks: Int32Array;
  readonly lastTravel: Int32Array;
  readonly lastDistance: Int32Array;
  /** Largest distance of a leg. */
  readonly longest: number;
  /** `nodes * nodes`: least ticks from the end of service at a node to the begin at another, over any orders between. */
  readonly least: Int32Array;
}

/** Scalars of a problem by name. */
export function scalarsOf(columns: Columns): Scalars {
  return Object.fromEntries(SCALAR_NAMES.map((name, index) => [name, columns.scalar[index]!])) as unknown as Scalars;
}

/** One network for each kind of route, in order of their first routes; kinds without any order are left out. */
export function networksOf(encoded: ExpandedProblem, pairs: Pairs): Network[] {
  const kinds = new Map<string, number[]>();
  for (let route = 0; route < encoded.routes.length; route++) {
    const key = kindOf(encoded, pairs, route);
    const known = kinds.get(key);
    if (known) known.push(route);
    else kinds.set(key, [route]);
  }
  return [...kinds.values()]
    .map((routes) => buildNetwork(encoded, pairs, routes))
    .filter(({ arcTo }) => arcTo.length > 0);
}

/** Everything that the network of a route depends on. */
function kindOf({ columns, routes }: ExpandedProblem, pairs: Pairs, route: number): string {
  const { orders, engineers, dims } = scalarsOf(columns);
  const engineer = columns.routeEngineer[route]!;
  const column = (values: Int32Array | Uint16Array) =>
    Array.from({ length: orders }, (_, order) => values[order * engineers + engineer]!).join();
  return [
    routes[route]!.engineer.shifts.length,
    ...[
      columns.routeMatrices,
      columns.routeStartRow,
      columns.routeEndRow,
      columns.routeEarliest,
      columns.routeLatest,
    ].map((values) => values[route]),
    columns.routeShiftEnd[route],
    columns.routeMaxOrders[route],
    columns.engineerMaxOrders[engineer],
    columns.engineerMaxLeg[engineer],
    columns.engineerCapacity.subarray(engineer * dims, (engineer + 1) * dims).join(),
    JSON.stringify(
      routes[route]!.shift.breaks.map(({ durationTicks, paid, placeRow }) => [durationTicks, paid, placeRow]),
    ),
    column(pairs.mask),
    column(pairs.cost),
  ].join(" ");
}

interface Ways {
  /** Square over orders, start and end. */
  readonly ticks: Int32Array;
  readonly travel: Int32Array;
  readonly distance: Int32Array;
}

/**
 * Legs between the nodes. Supply stops and breaks with a place of their own are no nodes: a leg may go over their places where
 * that is shorter, and takes no time there, so no leg is longer than with them.
 */
function waysOf({ columns }: ExpandedProblem, route: number): Ways {
  const { orders, rows, items, centres } = scalarsOf(columns);
  const engineer = columns.routeEngineer[route]!;
  const maxLeg = columns.engineerMaxLeg[engineer]!;
  const through = new Set<number>();
  if (items > 0) for (let centre = 0; centre < centres; centre++) through.add(columns.centreRow[centre]!);
  for (let row = columns.routeBreakFirst[route]!; row < columns.routeBreakFirst[route + 1]!; row++)
    if (columns.breakRow[row]! >= 0) through.add(columns.breakRow[row]!);
  const nodeRows = [
    ...Array.from({ length: orders }, (_, row) => row),
    columns.routeStartRow[route]!,
    columns.routeEndRow[route]!,
    ...through,
  ];
  const all = nodeRows.length;
  const nodes = orders + 2;
  const base = columns.routeMatrices[route]! * rows * rows;
  const ticks = new Int32Array(all * all).fill(NEVER);
  const travel = new Int32Array(all * all);
  const distance = new Int32Array(all * all);
  for (let i = 0; i < all; i++)
    for (let j = 0; j < all; j++) {
      const cell = base + nodeRows[i]! * rows + nodeRows[j]!;
      const edge = columns.edge[cell]!;
      // Within a place there is neither way nor set-up.
      const leg = Math.max(0, edge - (columns.rowSetup[nodeRows[j]!] ?? 0));
      if (edge >= NEVER || leg > maxLeg) continue;
      ticks[i * all + j] = edge;
      travel[i * all + j] = leg;
      distance[i * all + j] = columns.distance.length > 0 ? columns.distance[cell]! : leg;
    }
  for (let site = nodes; site < all; site++)
    for (let i = 0; i < all; i++)
      for (let j = 0; j < all; j++) {
        const [first, second, cell] = [i * all + site, site * all + j, i * all + j];
        if (ticks[first]! >= NEVER || ticks[second]! >= NEVER) continue;
        const known = ticks[cell]! < NEVER;
        const least = (values: Int32Array | Uint16Array) => {
          const over = values[first]! + values[second]!;
          if (!known || over < values[cell]!) values[cell] = over;
        };
        least(travel);
        least(distance);
        least(ticks);
      }
  const inner = (values: Int32Array | Uint16Array) =>
    Int32Array.from({ length: nodes * nodes }, (_, cell) => values[Math.floor(cell / nodes) * all + (cell % nodes)]!);
  return { ticks: inner(ticks), travel: inner(travel), distance: inner(distance) };
}

function buildNetwork(encoded: ExpandedProblem, pairs: Pairs, routes: readonly number[]): Network {
  const { columns } = encoded;
  const { orders, engineers, dims: loads } = scalarsOf(columns);
  const route = routes[0]!;
  const engineer = columns.routeEngineer[route]!;
  const { shift } = encoded.routes[route]!;
  const start = orders;
  const end = orders + 1;
  const nodes = orders + 2;
  const ways = waysOf(encoded, route);
  const service = new Int32Array(nodes);
  for (let order = 0; order < orders; order++) service[order] = columns.orderService[order]!;
  const eligible = (order: number) => pairs.mask[order * engineers + engineer] === 0;

  const least = leastTicks(ways.ticks, service, orders);
  const earliest = columns.routeEarliest[route]!;
  const latest = columns.routeLatest[route]!;

  // Windows, cut to what a route can reach and still come home from.
  const windowFirst = new Int32Array(orders + 1);
  const windowStart: number[] = [];
  const windowEnd: number[] = [];
  for (let order = 0; order < orders; order++) {
    const first = Math.min(NEVER, earliest + least[start * nodes + order]!);
    const last = latest - least[order * nodes + end]! - service[order]!;
    for (
      let row = columns.orderWindowFirst[order]!;
      eligible(order) && row < columns.orderWindowFirst[order + 1]!;
      row++
    ) {
      const from = Math.max(first, columns.windowStart[row]!);
      const to = Math.min(last, columns.windowEnd[row]! + columns.orderGrace[order]!);
      if (from > to) continue;
      windowStart.push(from);
      windowEnd.push(to);
    }
    windowFirst[order + 1] = windowStart.length;
  }
  const open = (order: number) => windowStart[windowFirst[order]!]!;
  const served = (order: number) => windowFirst[order + 1]! > windowFirst[order]!;
  const close = (order: number) => windowEnd[windowFirst[order + 1]! - 1]!;

  // Orders served are a dimension of their own; dimensions that never bind are left out.
  const limits = [
    ...Array.from({ length: loads }, (_, dim) => ({
      capacity: columns.engineerCapacity[engineer * loads + dim]!,
      load: (order: number) => columns.orderLoad[order * loads + dim]!,
    })),
    {
      capacity: Math.min(columns.routeMaxOrders[route]!, columns.engineerMaxOrders[engineer]!),
      load: () => 1,
    },
  ].filter(({ capacity, load }) => {
    let sum = 0;
    for (let order = 0; order < orders; order++) if (served(order)) sum += load(order);
    return sum > capacity;
  });
  const dims = limits.length;
  const fits = (order: number, other: number) =>
    limits.every(({ capacity, load }) => load(order) + (other < orders ? load(other) : 0) <= capacity);

  const arcFirst = new Int32Array(nodes + 1);
  const arcTo: number[] = [];
  const cells: number[] = [];
  for (let node = 0; node < nodes; node++) {
    const from = node === start ? earliest : served(node) ? open(node) + service[node]! : NEVER;
    for (let to = 0; node !== end && to < orders; to++) {
      const cell = node * nodes + to;
      if (to === node || !served(to) || ways.ticks[cell]! >= NEVER || from + ways.ticks[cell]! > close(to)) continue;
      if (!fits(to, node)) continue;
      arcTo.push(to);
      cells.push(cell);
    }
    arcFirst[node + 1] = arcTo.length;
  }
  const lasts = (values: Int32Array | Uint16Array) =>
    Int32Array.from({ length: nodes }, (_, node) => values[node * nodes + end]!);
  const lastDistance = lasts(ways.distance);
  const shiftCount = encoded.routes[route]!.engineer.shifts.length;
  return {
    orders,
    routes,
    shifts: shiftCount,
    start,
    end,
    earliest,
    leaveLatest: latest,
    latest,
    shiftEnd: columns.routeShiftEnd[route]!,
    unpaid: shift.breaks.reduce((sum, pause) => sum + (pause.paid ? 0 : pause.durationTicks), 0),
    capacity: Int32Array.from(limits, ({ capacity }) => capacity),
    load: Int32Array.from({ length: orders * dims }, (_, cell) => limits[cell % dims]!.load(Math.floor(cell / dims))),
    dims,
    service,
    pairCost: Int32Array.from({ length: orders }, (_, order) => pairs.cost[order * engineers + engineer]!),
    windowFirst,
    windowStart: Int32Array.from(windowStart),
    windowEnd: Int32Array.from(windowEnd),
    arcFirst,
    arcTo: Int32Array.from(arcTo),
    arcTicks: Int32Array.from(cells, (cell) => ways.ticks[cell]!),
    arcTravel: Int32Array.from(cells, (cell) => ways.travel[cell]!),
    arcDistance: Int32Array.from(cells, (cell) => ways.distance[cell]!),
    lastTicks: lasts(ways.ticks),
    lastTravel: lasts(ways.travel),
    lastDistance,
    longest: cells.reduce(
      (most, cell) => Math.max(most, ways.distance[cell]!),
      lastDistance.reduce((a, b) => Math.max(a, b), 0),
    ),
    least,
  };
}

/** Least ticks from the end of service at a node to the begin at another (Floyd 1962): without the triangle inequality a way over others may be shorter. */
function leastTicks(ticks: Int32Array, service: Int32Array, orders: number): Int32Array {
  const nodes = orders + 2;
  const least = ticks.slice();
  for (let over = 0; over < orders; over++)
    for (let i = 0; i < nodes; i++) {
      const first = least[i * nodes + over]!;
      if (first >= NEVER) continue;
      const begun = first + service[over]!;
      for (let j = 0; j < nodes; j++) {
        const way = begun + least[over * nodes + j]!;
        if (way < least[i * nodes + j]!) least[i * nodes + j] = way;
      }
    }
  return least;
}
