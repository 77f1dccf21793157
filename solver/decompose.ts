// Large problems piece by piece: a few neighbouring routes of the best plan are solved as a problem of their own, which is put back when it became
// better (POPMUSIC: Taillard & Voss 2002; route neighbourhoods: Ostertag et al. 2009).
import type { Core } from "./core.ts";
import { type EncodedProblem, encodeProblem } from "./encode.ts";
import type { Problem, ProblemEngineer } from "./model/problem.ts";

/** Orders from which on a problem is taken piece by piece. */
export const FEWEST_ORDERS = 600;
/** Orders of a piece to begin with; pieces grow when none of the size helps any more. */
const PIECE_ORDERS = 100;
const LARGEST_PIECE = 400;
/** Unused engineers of each kind that a piece may call on, and kinds beyond those of its routes. */
const SPARE = 2;
const OTHER_KINDS = 3;
/** Neighbours of an order that draw their routes into its piece. */
const NEAREST = 20;
/** Words of one entry in the core's list of neighbours: assembly/search/neighbours.ts. */
const ENTRY_WORDS = 4;
const ORDER = 0;
/** Bits of the kind of a stop; above them is an order's variant. */
const KIND = 7;

/** Runs the search of a core that is ready until the piece's budget is spent. */
export type Drive = (core: Core, orders: number) => void;

/** Stops of each route by row: (kind, row) pairs as in assembly/search/plan-stops.ts. */
type Stops = Map<number, number[]>;

/** What a try did for the best plan; exhausted: as long as the plan stays as it is, no piece of any size is left to try. */
export type Outcome = "better" | "no better" | "exhausted";

/** The pieces of one large problem. */
export interface Pieces {
  /** Takes the next route's turn: solves the piece around it with `drive`, unless that was in vain before. */
  next(drive: Drive): Outcome;
}

/** Pieces of the best plan in `core`, solved in `pieceCore`, which asks `shouldStop` in long steps. */
export function createPieces(
  core: Core,
  pieceCore: Core,
  problem: Problem,
  encoded: EncodedProblem,
  shouldStop: () => boolean,
): Pieces {
  const { exports } = core;
  const { orders } = problem;
  const near = Math.min(NEAREST, exports.neighbourCount.value);
  const lists = orders.map((_, order) => {
    const words = core.int32s(exports.neighbourList(order), near * ENTRY_WORDS);
    return Array.from({ length: near }, (_, index) => words[index * ENTRY_WORDS]!);
  });
  const orderOf = new Map(orders.map(({ id }, row) => [id, row]));
  const rowOfShift = new Map(encoded.routes.map(({ shift }, row) => [shift, row]));
  const rowsOfEngineer = new Map<ProblemEngineer, number[]>();
  for (const [row, { engineer }] of encoded.routes.entries())
    rowsOfEngineer.set(engineer, [...(rowsOfEngineer.get(engineer) ?? []), row]);
  const { routeClass } = encoded.columns;
  const classOf = (row: number) => routeClass[row]!;

  let stops: Stops = new Map();
  const ordersOf = (row: number) =>
    (stops.get(row) ?? []).filter((_, i, all) => i % 2 === 1 && (all[i - 1]! & KIND) === ORDER);
  /** Route of each order that is served. */
  let routeOf = new Map<number, number>();
  /** When a route was last in a piece. */
  const visited = new Int32Array(encoded.routes.length);
  let visits = 0;
  /** Pieces that did not become better, by their routes and stops. */
  const fruitless = new Set<string>();
  /** Turns since a piece was last solved. */
  let skipped = 0;
  let size = PIECE_ORDERS;
  let seed = problem.seed;

  /** Engineers of a piece around the used route `first`, with all their routes. */
  function pieceAround(first: number): ProblemEngineer[] {
    const chosen = new Set<ProblemEngineer>();
    const pull = new Map<number, number>();
    let count = 0;
    for (let row: number | undefined = first; row !== undefined && count < size; ) {
      const { engineer } = encoded.routes[row]!;
      chosen.add(engineer);
      for (const mine of rowsOfEngineer.get(engineer)!) {
        pull.delete(mine);
        for (const order of ordersOf(mine)) {
          count++;
          for (const other of lists[order]!) {
            const theirs = routeOf.get(other);
            if (theirs !== undefined && !chosen.has(encoded.routes[theirs]!.engineer))
              pull.set(theirs, (pull.get(theirs) ?? 0) + 1);
          }
        }
      }
      row = undefined;
      for (const [candidate, strength] of pull)
        if (row === undefined || strength > pull.get(row)! || (strength === pull.get(row)! && candidate < row))
          row = candidate;
    }
    return [...chosen];
  }

  /** Unused engineers that the piece may call on: some of each kind it has, and the nearest of other kinds. */
  function sparesFor(chosen: readonly ProblemEngineer[], first: number): ProblemEngineer[] {
    const unused = [...rowsOfEngineer]
      .filter(([, rows]) => rows.every((row) => !stops.has(row)))
      .map(([engineer, rows]) => ({ engineer, kind: classOf(rows[0]!) }));
    const kinds = new Set(chosen.map((engineer) => classOf(rowsOfEngineer.get(engineer)![0]!)));
    const taken = new Map<number, number>();
    const target = orders[ordersOf(first)[0] ?? 0]!.placeRow;
    const way = (engineer: ProblemEngineer) =>
      problem.travel.duration(engineer.mode, engineer.shifts[0]!.startRow, target);
    const nearest = unused.filter(({ kind }) => !kinds.has(kind)).sort((a, b) => way(a.engineer) - way(b.engineer));
    for (const { kind } of nearest) if (kinds.size < 2 * OTHER_KINDS + chosen.length) kinds.add(kind);
    return unused
      .filter(({ kind }) => {
        const have = taken.get(kind) ?? 0;
        taken.set(kind, have + 1);
        return kinds.has(kind) && have < SPARE;
      })
      .slice(0, SPARE * (OTHER_KINDS + 1))
      .map(({ engineer }) => engineer);
  }

  const bestLevels = (of: Core) => of.int64s(of.exports.bestLevels.value, problem.levels.length);

  function readStops(): void {
    exports.writeStops();
    stops = stopsOf(core.int32s(exports.planStops.value, exports.planStopsCount.value));
    routeOf = new Map();
    for (const row of stops.keys()) for (const order of ordersOf(row)) routeOf.set(order, row);
  }

  /** The used route that has waited longest for its turn. */
  function nextRoute(): number | undefined {
    let next: number | undefined;
    for (const row of stops.keys()) if (next === undefined || visited[row]! < visited[next]!) next = row;
    return next;
  }

  function next(drive: Drive): Outcome {
    readStops();
    const first = nextRoute();
    if (first === undefined) return "exhausted";
    const chosen = pieceAround(first);
    const inside = chosen.flatMap((engineer) => rowsOfEngineer.get(engineer)!);
    visited[first] = ++visits;
    const key = inside.map((row) => `${row}:${(stops.get(row) ?? []).join()}`).join(";");
    if (fruitless.has(key)) return skip();
    skipped = 0;
    if (solvePiece([...chosen, ...sparesFor(chosen, first)], inside, drive)) return "better";
    fruitless.add(key);
    return "no better";
  }

  /** Passes a turn over; when every route has been passed over, pieces grow. */
  function skip(): Outcome {
    if (++skipped < stops.size) return "no better";
    skipped = 0;
    if (size === LARGEST_PIECE) return "exhausted";
    size = Math.min(LARGEST_PIECE, Math.round(size * 1.5));
    return "no better";
  }

  /** True when the best plan became better. */
  function solvePiece(engineers: readonly ProblemEngineer[], inside: readonly number[], drive: Drive): boolean {
    const wanted = new Set(engineers);
    const inPiece = new Set(inside.flatMap(ordersOf));
    for (const { shift } of inside.map((row) => encoded.routes[row]!))
      for (const stop of [...shift.chain, ...shift.tied])
        if (stop.kind === "order") inPiece.add(orderOf.get(stop.orderId)!);
    const orderRows = [...inPiece].sort((a, b) => a - b);
    const piece: Problem = {
      ...problem,
      orders: orderRows.map((row) => orders[row]!),
      engineers: problem.engineers.filter((engineer) => wanted.has(engineer)),
    };
    const small = encodeProblem(piece);
    const routeRows = small.routes.map(({ shift }) => rowOfShift.get(shift)!);
    const smallOrder = new Map(orderRows.map((row, index) => [row, index]));

    pieceCore.load(small.columns, shouldStop);
    const part = pieceCore.exports;
    if (part.startPlan(++seed) !== 0) return false;
    part.firstPlan();
    const words = wordsOf(
      routeRows.map((row, index) => [index, mapOrders(stops.get(row) ?? [], (order) => smallOrder.get(order)!)]),
    );
    pieceCore.write(part.planStops.value, words);
    if (!part.adoptPlan(words.length)) return false;
    const before = bestLevels(pieceCore);
    part.startWarm(WARMTH);
    drive(pieceCore, orderRows.length);
    part.finishSearch();
    if (!isLess(bestLevels(pieceCore), before)) return false;
    part.writeStops();
    const found = stopsOf(pieceCore.int32s(part.planStops.value, part.planStopsCount.value));
    const plan: Stops = new Map(stops);
    for (const [index, row] of routeRows.entries()) {
      plan.delete(row);
      const list = found.get(index);
      if (list)
        plan.set(
          row,
          mapOrders(list, (order) => orderRows[order]!),
        );
    }
    const whole = wordsOf([...plan]);
    core.write(exports.planStops.value, whole);
    // What is better in the piece need not be in the whole, where the stock of centres is shared.
    const wholeBefore = bestLevels(core);
    exports.adoptPlan(whole.length);
    return isLess(bestLevels(core), wholeBefore);
  }

  return { next };
}

/** Temperature of a piece's search as a share of what a search from nothing begins with. */
const WARMTH = 0.3;

function isLess(a: BigInt64Array, b: BigInt64Array): boolean {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value < b[index]!;
  return false;
}

function stopsOf(words: Int32Array): Stops {
  const stops: Stops = new Map();
  for (let from = 0; from < words.length; ) {
    const to = from + 2 + 2 * words[from + 1]!;
    stops.set(words[from]!, [...words.subarray(from + 2, to)]);
    from = to;
  }
  return stops;
}

function wordsOf(routes: Iterable<readonly [number, readonly number[]]>): number[] {
  return [...routes].flatMap(([row, list]) => (list.length === 0 ? [] : [row, list.length / 2, ...list]));
}

function mapOrders(list: readonly number[], map: (order: number) => number): number[] {
  return list.map((word, index) => (index % 2 === 1 && (list[index - 1]! & KIND) === ORDER ? map(word) : word));
}
