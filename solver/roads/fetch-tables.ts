// The tables of one request: from the cache what is known, from the road engine in blocks what is not.
import { setMaxListeners } from "node:events";
import { cellToLatLng, latLngToCell } from "h3-js";
import pLimit from "p-limit";
import type { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { NEVER } from "../layout.ts";
import type { ModeTable, RoadTables } from "../travel/road-tables.ts";
import type { Travel } from "../travel/travel.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { type Point, type RoadEngine, RoadError } from "./engine.ts";
import { PairSet } from "./pair-set.ts";
import type { RoadCache, RoadPair } from "./road-cache.ts";

/** What is asked for. */
export interface TableQuestion {
  readonly source: RoadTables["source"];
  readonly engine: RoadEngine;
  readonly cache: RoadCache;
  /** Places by row. */
  readonly points: readonly Point[];
  /** Legs by vehicle mode; a mode has a profile, or great circle stands in for it. */
  readonly needs: ReadonlyMap<VehicleMode, PairSet>;
  readonly profileOf: (mode: VehicleMode) => string | undefined;
  readonly ticksPerSecond: number;
  /** Points of one H3 cell of this resolution share its centre's times, 0 to 15; undefined: every point its own. */
  readonly cellResolution: number | undefined;
  /** Most pairs that may be asked for. */
  readonly maxPairs: number;
  /** Stands in, row by row, where the engine fails or knows no way; undefined: it does not. */
  readonly fallback: Travel | undefined;
  /** Ends the asking. With a fallback what is missing then is great circle, unless the caller has gone. */
  readonly signal: AbortSignal;
}

/** Tables, and how they were come by. */
export interface FetchedTables {
  readonly tables: RoadTables;
  /** Pairs that the search could use. */
  readonly pairs: number;
  /** Of them: known before. */
  readonly cached: number;
  /** Of them: the engine knows no way. */
  readonly unreachable: number;
  /** Of them: great circle stands in. */
  readonly greatCircle: number;
  /** Why, in the engine's words; empty: it stands in nowhere. */
  readonly greatCircleReason: string;
  /** Questions put to the engine. */
  readonly calls: number;
  /** The engine failed, and great circle stands in for what it did not say. */
  readonly failed: boolean;
}

/** The request asks for more pairs than the limit. */
export class TooManyPairsError extends Error {
  override readonly name = "TooManyPairsError";
}

/** Rejects with RoadError, TooManyPairsError, RangeError where a leg is too long for its ticks, or the signal's reason. */
export async function fetchTables(question: TableQuestion): Promise<FetchedTables> {
  const { points, needs, maxPairs, fallback, source } = question;
  const pairs = [...needs.values()].reduce((sum, set) => sum + set.count(), 0);
  if (pairs > maxPairs)
    throw new TooManyPairsError(
      `the search could use ${pairs} legs between ${points.length} places, and at most ${maxPairs} are asked of a road engine`,
    );
  const counts = { cached: 0, unreachable: 0, greatCircle: 0, calls: 0, reason: "", failed: false };
  const byProfile = new Map<string | undefined, ModeTable & { greatCircle: Uint8Array }>();
  const modes: ModeTable[] = [];
  for (const [mode] of needs) {
    const profile = question.profileOf(mode);
    let table = profile === undefined ? undefined : byProfile.get(profile);
    if (!table) {
      table = emptyTable(mode, points.length);
      const wanted = union(
        points.length,
        [...needs].filter(([other]) => question.profileOf(other) === profile),
      );
      if (profile === undefined) counts.reason ||= "a vehicle mode has no profile";
      else {
        byProfile.set(profile, table);
        await fill(question, profile, wanted, table, counts);
      }
      if (fallback) standIn(fallback, mode, wanted, table, counts);
    }
    modes.push({ ...table, mode });
  }
  const withoutFallback = ({ mode, durations, distances }: ModeTable) => ({ mode, durations, distances });
  return {
    tables: {
      source,
      points: shared(
        Float64Array,
        points.flatMap(({ latitude, longitude }) => [latitude, longitude]),
      ),
      modes: counts.greatCircle > 0 ? modes : modes.map(withoutFallback),
    },
    pairs,
    cached: counts.cached,
    unreachable: counts.unreachable,
    greatCircle: counts.greatCircle,
    greatCircleReason: counts.greatCircle > 0 ? counts.reason || "the engine knows no way" : "",
    calls: counts.calls,
    failed: counts.failed,
  };
}

interface Counts {
  cached: number;
  unreachable: number;
  greatCircle: number;
  calls: number;
  reason: string;
  failed: boolean;
}

/** Values in memory that all threads of the process see. */
function shared(kind: Float64ArrayConstructor, values: readonly number[]): Float64Array {
  const array = new kind(new SharedArrayBuffer(8 * values.length));
  array.set(values);
  return array;
}

function emptyTable(mode: VehicleMode, size: number): ModeTable & { greatCircle: Uint8Array } {
  const numbers = () => new Int32Array(new SharedArrayBuffer(4 * size * size)).fill(-1);
  return {
    mode,
    durations: numbers(),
    distances: numbers(),
    greatCircle: new Uint8Array(new SharedArrayBuffer(size * size)),
  };
}

function union(size: number, sets: readonly (readonly [VehicleMode, PairSet])[]): PairSet {
  if (sets.length === 1) return sets[0]![1];
  const all = new PairSet(size);
  for (const [, set] of sets)
    for (let from = 0; from < size; from++) for (const to of set.from(from)) all.add(from, to);
  return all;
}

/** Fills the wanted cells of a table; with a fallback a failing engine leaves cells open. */
async function fill(
  { engine, cache, points, ticksPerSecond, cellResolution, fallback, signal }: TableQuestion,
  profile: string,
  wanted: PairSet,
  { durations, distances }: ModeTable,
  counts: Counts,
): Promise<void> {
  const spots = spotsOf(points, cellResolution);
  const { spotOf } = spots;
  const numbers = spots.keys.map((key) => cache.point(key));
  const space = `${engine.name} ${profile} ${cellResolution ?? "exact"}`;
  // What is asked for, by spot: the rows of a spot share what is learned of it.
  const bySpot = new PairSet(spots.points.length);
  const rowsOf = Array.from({ length: spots.points.length }, (): number[] => []);
  for (const [row, spot] of spotOf.entries()) rowsOf[spot]!.push(row);
  const put = (from: number, to: number, { seconds, metres }: RoadPair) => {
    const ticks = seconds < 0 ? -1 : Math.ceil(seconds * ticksPerSecond - 1e-6);
    if (ticks >= NEVER)
      throw new RangeError(
        `a leg takes ${ticks} ticks, and at most ${NEVER - 1} can be told; ask for fewer ticks per second`,
      );
    let filled = 0;
    for (const row of rowsOf[from]!)
      for (const other of rowsOf[to]!) {
        if (!wanted.has(row, other)) continue;
        durations[row * points.length + other] = ticks;
        distances[row * points.length + other] = seconds < 0 ? -1 : Math.round(metres);
        if (seconds < 0) counts.unreachable++;
        filled++;
      }
    return filled;
  };
  for (let row = 0; row < points.length; row++)
    for (const to of wanted.from(row)) {
      if (spotOf[row] !== spotOf[to]) bySpot.add(spotOf[row]!, spotOf[to]!);
      // Within a cell the way takes no time.
      else durations[row * points.length + to] = distances[row * points.length + to] = 0;
    }
  for (let from = 0; from < bySpot.size; from++) {
    const known = cache.row(space, numbers[from]!);
    for (const to of bySpot.from(from)) {
      const pair = known(numbers[to]!);
      if (!pair) continue;
      counts.cached += put(from, to, pair);
      bySpot.delete(from, to);
    }
  }
  const learn = (block: Block, pairAt: (cell: number) => RoadPair) => {
    for (const [row, from] of block.sources.entries()) {
      const pairs = block.destinations.map((_, column) => pairAt(row * block.destinations.length + column));
      const told = cache.learn(
        space,
        numbers[from]!,
        block.destinations.map((to) => numbers[to]!),
        pairs,
      );
      for (const [column, to] of block.destinations.entries()) if (bySpot.has(from, to)) put(from, to, told[column]!);
    }
  };
  const failed = new AbortController();
  const asking = AbortSignal.any([signal, failed.signal]);
  // Every question under way listens to it.
  setMaxListeners(0, asking);
  const limit = pLimit(8);
  const ask = (block: Block) => limit(() => askBlock(block));
  /** Asks for one block; off-road points are found and left out, and what is too big is halved. */
  const askBlock = async (block: Block): Promise<void> => {
    asking.throwIfAborted();
    const at = (rows: readonly number[]) => rows.map((row) => spots.points[row]!);
    counts.calls++;
    try {
      const { seconds, metres } = await engine.table(profile, at(block.sources), at(block.destinations), asking);
      learn(block, (cell) => ({ seconds: seconds[cell]!, metres: metres[cell]! }));
    } catch (error) {
      if (!(error instanceof RoadError)) throw error;
      if (error.fault === "too_big") for (const half of halves(block, error)) await askBlock(half);
      else if (error.fault === "off_road") for (const rest of await onRoadPart(block, error)) await askBlock(rest);
      else throw error;
    }
  };
  const onRoadPart = async (block: Block, error: RoadError): Promise<Block[]> => {
    const all = [...new Set([...block.sources, ...block.destinations])];
    const found = await engine.onRoad(
      profile,
      all.map((row) => spots.points[row]!),
      asking,
    );
    const off = new Set(all.filter((_, index) => !found[index]));
    if (off.size === 0) throw error;
    const [gone, kept] = [(row: number) => off.has(row), (row: number) => !off.has(row)];
    const none = () => ({ seconds: -1, metres: -1 });
    learn({ sources: block.sources.filter(gone), destinations: block.destinations }, none);
    learn({ sources: block.sources.filter(kept), destinations: block.destinations.filter(gone) }, none);
    const rest = { sources: block.sources.filter(kept), destinations: block.destinations.filter(kept) };
    return rest.sources.length > 0 && rest.destinations.length > 0 ? [rest] : [];
  };
  try {
    await Promise.all(
      blocksOf(bySpot, engine.block).map((block) =>
        ask(block).catch((error) => {
          failed.abort(error);
          throw error;
        }),
      ),
    );
  } catch (error) {
    if (!fallback || !(error instanceof RoadError)) throw error;
    counts.reason ||= error.message;
    counts.failed = true;
  }
}

function halves({ sources, destinations }: Block, error: RoadError): Block[] {
  if (sources.length * destinations.length < 2) throw error;
  const cut = <T>(list: readonly T[]) => [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];
  return sources.length >= destinations.length
    ? cut(sources).map((part) => ({ sources: part, destinations }))
    : cut(destinations).map((part) => ({ sources, destinations: part }));
}

/** Great circle in the wanted cells that are open. */
function standIn(
  fallback: Travel,
  mode: VehicleMode,
  wanted: PairSet,
  { durations, distances, greatCircle }: ModeTable & { greatCircle: Uint8Array },
  counts: Counts,
): void {
  for (let from = 0; from < wanted.size; from++)
    for (const to of wanted.from(from)) {
      const cell = from * wanted.size + to;
      if (durations[cell]! >= 0) continue;
      durations[cell] = fallback.duration(mode, from, to);
      distances[cell] = fallback.distance(mode, from, to);
      greatCircle[cell] = 1;
      counts.greatCircle++;
    }
}

/** The points that are asked for: the places themselves, or the centres of their cells. */
function spotsOf(points: readonly Point[], resolution: number | undefined) {
  const index = new Map<string, number>();
  const asked: Point[] = [];
  const spotOf = points.map((point) => {
    const { latitude, longitude } = point;
    const key = resolution === undefined ? `${latitude},${longitude}` : latLngToCell(latitude, longitude, resolution);
    let spot = index.get(key);
    if (spot === undefined) {
      spot = asked.length;
      index.set(key, spot);
      if (resolution === undefined) asked.push(point);
      else {
        const [north, east] = cellToLatLng(key);
        asked.push({ latitude: north, longitude: east });
      }
    }
    return spot;
  });
  return { spotOf, points: asked, keys: [...index.keys()] };
}
