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
/** Orders left out that a piece tries to serve, as a share of its size. */
const LEFT_OUT_SHARE = 0.25;
/** Neighbours of an order that draw their routes into its piece. */
const NEAREST = 20;
/** Words of one entry in the core's list of neighbours: assembly/search/neighbours.ts. */
const ENTRY_WORDS = 4;
const ORDER = 0;
/** Bits of the kind of a stop; above them is an order's variant. */
const KIND = 7;
const [BORROW, LEND] = [3, 4];

/** Runs the search of a core that is ready until the piece's budget is spent. */
export type Drive = (core: Core, orders: number) => void;

/** Stops of each route by row: (kind, row), of a meeting (kind, order, needs, row of its place), as in assembly/search/plan-stops.ts. */
type Stops = Map<number, number[][]>;

/** What a try did for the best plan; exhausted: as long as the plan stays as it is, no piece of any size is left to try. */
export type Outcome = "better" | "no better" | "exhausted";

/** The pieces of one large problem. */
export interface Pieces {
  /** Takes the next route's turn: solves the piece around it with `drive`, unless that was in vain before. */
  next(drive: Drive): Outcome;
}

/** Pieces of the best plan in `core`, of `pieceOrders` to begin with, solved in `pieceCore`, which asks `shouldStop` in long steps. */
export function createPieces(
  core: Core,
  pieceCore: Core,
  problem: Problem,
  encoded: EncodedProblem,
  shouldStop: () => boolean,
  pieceOrders: number = PIECE_ORDERS,
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

  const lockedOrders = new Set(
    problem.engineers.flatMap((engineer) =>
      lockedStops(engineer).flatMap((stop) => (stop.kind === "order" ? [orderOf.get(stop.orderId)!] : [])),
    ),
  );

  let stops: Stops = new Map();
  const ordersOf = (row: number) =>
    (stops.get(row) ?? []).filter(([kind]) => (kind! & KIND) === ORDER).map(([, order]) => order!);
  /** Route of each order that is served. */
  let routeOf = new Map<number, number>();
  /** Those who meet, in locked stops and in the others. */
  const lockedMeetings = meetingsLocked(problem);
  let meetings: Meetings = new Map();
  /** When a route was last in a piece. */
  const visited = new Int32Array(encoded.routes.length);
  let visits = 0;
  /** Pieces that did not become better, by their routes and stops. */
  const fruitless = new Set<string>();
  /** Turns since a piece was last solved. */
  let skipped = 0;
  let size = pieceOrders;
  let seed = problem.seed;

  /** The engineer with everybody who is met, by whomever of them: their times hang together. */
  function crewOf(engineer: ProblemEngineer): Set<ProblemEngineer> {
    const crew = new Set([engineer]);
    for (const one of crew)
      for (const known of [lockedMeetings, meetings]) for (const other of known.get(one) ?? []) crew.add(other);
    return crew;
  }

  /** Engineers of a piece around the used route `first`, with all their routes and those of everybody they meet. */
  function pieceAround(first: number): ProblemEngineer[] {
    const chosen = new Set<ProblemEngineer>();
    const pull = new Map<number, number>();
    let count = 0;
    for (let row: number | undefined = first; row !== undefined && count < size; ) {
      const crew = crewOf(encoded.routes[row]!.engineer);
      for (const engineer of crew) chosen.add(engineer);
      for (const mine of [...crew].flatMap((engineer) => rowsOfEngineer.get(engineer)!)) {
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

  /** Orders left out near a piece of these routes, those with most neighbours in it first. */
  function leftOutNear(inside: readonly number[]): number[] {
    const mine = new Set(inside);
    const near = lists.flatMap((list, order) => {
      if (routeOf.has(order) || lockedOrders.has(order)) return [];
      const strength = list.filter((other) => mine.has(routeOf.get(other) ?? -1)).length;
      return strength > 0 ? [{ order, strength }] : [];
    });
    near.sort((a, b) => b.strength - a.strength || a.order - b.order);
    return near.slice(0, LEFT_OUT_SHARE * size).map(({ order }) => order);
  }

  /** Unused engineers that the piece may call on: some of each kind it has, and the nearest of other kinds. */
  function sparesFor(chosen: readonly ProblemEngineer[], first: number): ProblemEngineer[] {
    const unused = [...rowsOfEngineer]
      .filter(([engineer, rows]) => !hasLocked(engineer) && rows.every((row) => !stops.has(row)))
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
    meetings = meetingsIn(stops, (row) => encoded.routes[row]!.engineer);
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
    const leftOut = leftOutNear(inside);
    const key = [leftOut.join(), ...inside.map((row) => `${row}:${(stops.get(row) ?? []).join()}`)].join(";");
    // Where nearly everybody meets somebody a piece is no smaller than what it is to be a piece of.
    if (fruitless.has(key) || inside.flatMap(ordersOf).length >= FEWEST_ORDERS) return skip();
    skipped = 0;
    if (solvePiece([...chosen, ...sparesFor(chosen, first)], inside, leftOut, drive)) return "better";
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
  function solvePiece(
    engineers: readonly ProblemEngineer[],
    inside: readonly number[],
    leftOut: readonly number[],
    drive: Drive,
  ): boolean {
    const wanted = new Set(engineers);
    const inPiece = new Set([...inside.flatMap(ordersOf), ...leftOut]);
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
    const given: Stops = new Map();
    for (const [index, row] of routeRows.entries())
      given.set(
        index,
        (stops.get(row) ?? []).map((stop) =>
          moved(stop, (order) => smallOrder.get(order)!, placeMap(encoded, row, small, index)),
        ),
      );
    const words = wordsOf(given);
    pieceCore.write(part.planStops.value, words);
    if (!part.adoptPlan(words.length)) return false;
    // Some that were left out may have gone in at once.
    const served = part.absentCount.value < leftOut.length;
    const before = bestLevels(pieceCore);
    part.startWarm(WARMTH);
    drive(pieceCore, orderRows.length);
    part.finishSearch();
    if (!served && !isLess(bestLevels(pieceCore), before)) return false;
    part.writeStops();
    const found = stopsOf(pieceCore.int32s(part.planStops.value, part.planStopsCount.value));
    const plan: Stops = new Map(stops);
    for (const [index, row] of routeRows.entries()) {
      plan.delete(row);
      const list = found.get(index);
      if (list)
        plan.set(
          row,
          list.map((stop) => moved(stop, (order) => orderRows[order]!, placeMap(small, index, encoded, row))),
        );
    }
    const whole = wordsOf(plan);
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
    const list: number[][] = [];
    for (let word = from + 2; word < to; word += list.at(-1)!.length)
      list.push([...words.subarray(word, word + (isMeeting(words[word]!) ? 4 : 2))]);
    stops.set(words[from]!, list);
    from = to;
  }
  return stops;
}

function wordsOf(stops: Stops): number[] {
  return [...stops].flatMap(([row, list]) => {
    const words = list.flat();
    return words.length === 0 ? [] : [row, words.length / 2, ...words];
  });
}

const isMeeting = (kind: number) => (kind & KIND) === BORROW || (kind & KIND) === LEND;

/** The stop in another problem that has its order and its place. */
function moved(stop: readonly number[], order: (row: number) => number, place: (row: number) => number): number[] {
  const [kind, row, needs, where] = stop as [number, number, number, number];
  if (isMeeting(kind)) return [kind, order(row), needs, place(where)];
  return [kind, (kind & KIND) === ORDER ? order(row) : row];
}

/** Matrix rows of places, from those of a route in one problem to those of the same route in another one. */
function placeMap(from: EncodedProblem, route: number, to: EncodedProblem, same: number): (row: number) => number {
  return (row) => placesOf(to, same).indexOf(placesOf(from, route)[row]!);
}

/** The place of each matrix row, as the route knows them. */
function placesOf(
  { columns: { routeMatrices, rowPlace } }: EncodedProblem,
  route: number,
): readonly number[] | Int32Array {
  const rows = rowPlace.length / (1 + Math.max(...routeMatrices));
  const first = routeMatrices[route]! * rows;
  return rowPlace.slice(first, first + rows);
}

/** By engineer: those whom they meet. */
type Meetings = Map<ProblemEngineer, Set<ProblemEngineer>>;

function note(meetings: Meetings, one: ProblemEngineer, other: ProblemEngineer): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const)
    meetings.set(from, (meetings.get(from) ?? new Set()).add(to));
}

/** Meetings of a plan's stops. */
function meetingsIn(stops: Stops, engineerOf: (row: number) => ProblemEngineer): Meetings {
  const meetings: Meetings = new Map();
  const borrowers = new Map<number, ProblemEngineer>();
  for (const [row, list] of stops)
    for (const [kind, order] of list) if ((kind! & KIND) === BORROW) borrowers.set(order!, engineerOf(row));
  for (const [row, list] of stops)
    for (const [kind, order] of list)
      if ((kind! & KIND) === LEND && borrowers.has(order!)) note(meetings, engineerOf(row), borrowers.get(order!)!);
  return meetings;
}

/** Meetings among the stops that stay at the heads of their routes. */
function meetingsLocked({ engineers }: Problem): Meetings {
  const meetings: Meetings = new Map();
  const byId = new Map(engineers.map((engineer) => [engineer.id, engineer]));
  for (const stop of engineers.flatMap(lockedStops))
    if (stop.kind === "loan") note(meetings, byId.get(stop.meeting.lenderId)!, byId.get(stop.meeting.borrowerId)!);
  return meetings;
}

const lockedStops = ({ shifts }: ProblemEngineer) => shifts.flatMap(({ chain, tied }) => [...chain, ...tied]);
const hasLocked = (engineer: ProblemEngineer) => lockedStops(engineer).length > 0;
