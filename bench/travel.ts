// How long travel takes by source, and how far great circle is from the roads.
import { performance } from "node:perf_hooks";
import { create } from "@bufbuild/protobuf";
import { AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlaceSchema, VehicleMode } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Point, RoadEngine } from "../solver/roads/engine.ts";
import { fetchTables } from "../solver/roads/fetch-tables.ts";
import { PairSet } from "../solver/roads/pair-set.ts";
import { RoadCache } from "../solver/roads/road-cache.ts";
import { greatCircleMetres, unitVector } from "../solver/travel/great-circle.ts";
import { DEFAULT_SPEEDS } from "../solver/travel/great-circle-travel.ts";
import { travelOf } from "../solver/travel/travel.ts";

/** An engine with its name of a vehicle mode. */
export interface MeasuredEngine {
  readonly engine: RoadEngine;
  readonly mode: VehicleMode;
  readonly profile: string;
}

export interface TableSpeed {
  readonly engine: string;
  readonly sources: number;
  readonly destinations: number;
  /** With an empty cache, and again with what it then knows; seconds. */
  readonly coldS: number;
  readonly cachedS: number;
  /** Growth of the process' memory by the cold table, MiB. */
  readonly grownMib: number;
  readonly calls: number;
  readonly unreachable: number;
}

/** Asks for a table of the first `sources` by the first `destinations` points, twice. */
export async function measureTable(
  { engine, mode, profile }: MeasuredEngine,
  points: readonly Point[],
  sources: number,
  destinations: number,
): Promise<TableSpeed & { tables: Awaited<ReturnType<typeof fetchTables>>["tables"] }> {
  const cache = new RoadCache({ pairs: 4_000_000, wayBytes: 1 });
  const asked = points.slice(0, Math.max(sources, destinations));
  const pairs = new PairSet(asked.length);
  for (let from = 0; from < sources; from++) for (let to = 0; to < destinations; to++) pairs.add(from, to);
  const fetch = () =>
    fetchTables({
      source: "valhalla",
      engine,
      cache,
      points: asked,
      needs: new Map([[mode, pairs]]),
      profileOf: () => profile,
      ticksPerSecond: 1,
      cellResolution: undefined,
      maxPairs: Number.POSITIVE_INFINITY,
      fallback: undefined,
      signal: new AbortController().signal,
    });
  const before = process.memoryUsage().rss;
  const begun = performance.now();
  const { tables, calls, unreachable } = await fetch();
  const coldS = (performance.now() - begun) / 1000;
  const grownMib = (process.memoryUsage().rss - before) / 2 ** 20;
  const again = performance.now();
  await fetch();
  const cachedS = (performance.now() - again) / 1000;
  return { engine: engine.name, sources, destinations, coldS, cachedS, grownMib, calls, unreachable, tables };
}

/** Works out the same table by great circle, which keeps nothing and asks nobody. */
export function measureGreatCircle(points: readonly Point[], sources: number, destinations: number): TableSpeed {
  const before = process.memoryUsage().rss;
  const table = () => {
    const begun = performance.now();
    const travel = travelOf(create(AssignRequestSchema));
    const row = ({ latitude, longitude }: Point) =>
      travel.row(create(PlaceSchema, { position: { case: "geo", value: { latitude, longitude } } }));
    const [from, to] = [points.slice(0, sources).map(row), points.slice(0, destinations).map(row)];
    const durations = new Int32Array(sources * destinations);
    for (let i = 0; i < sources; i++)
      for (let j = 0; j < destinations; j++)
        durations[i * destinations + j] = travel.duration(VehicleMode.CAR, from[i]!, to[j]!);
    return (performance.now() - begun) / 1000;
  };
  const coldS = table();
  const grownMib = (process.memoryUsage().rss - before) / 2 ** 20;
  return {
    engine: "great circle",
    sources,
    destinations,
    coldS,
    cachedS: table(),
    grownMib,
    calls: 0,
    unreachable: 0,
  };
}

/** How great circle compares with the roads over many pairs of points. */
export interface RoadFit {
  readonly mode: string;
  readonly pairs: number;
  /** Way over great circle: the median, and the quartiles. */
  readonly detour: readonly [number, number, number];
  /** All metres over all seconds of the roads. */
  readonly metresPerSecond: number;
  /** Great-circle seconds over road seconds, minus 1: quantiles 5, 25, 50, 75, 95 % with the defaults and with what fits. */
  readonly errorOfDefaults: readonly number[];
  readonly errorOfFit: readonly number[];
}

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Fits detour factor and speed of a mode to a table; pairs nearer than 300 m, where snapping decides, are left out. */
export function fitToRoads(
  mode: VehicleMode,
  points: readonly Point[],
  durations: Int32Array,
  distances: Int32Array,
): RoadFit {
  const vectors = points.map(({ latitude, longitude }) => unitVector(latitude, longitude));
  const seen: { line: number; metres: number; seconds: number }[] = [];
  for (let from = 0; from < points.length; from++)
    for (let to = 0; to < points.length; to++) {
      const cell = from * points.length + to;
      const line = greatCircleMetres(vectors[from]!, vectors[to]!);
      if (durations[cell]! > 0 && line >= 300) seen.push({ line, metres: distances[cell]!, seconds: durations[cell]! });
    }
  const quantiles = (values: number[], at: readonly number[]) => {
    const sorted = values.sort((a, b) => a - b);
    return at.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
  };
  const [low, median, high] = quantiles(
    seen.map(({ line, metres }) => metres / line),
    [0.25, 0.5, 0.75],
  );
  const sum = (value: (one: (typeof seen)[number]) => number) => seen.reduce((total, one) => total + value(one), 0);
  const metresPerSecond = sum(({ metres }) => metres) / sum(({ seconds }) => seconds);
  const errors = (detour: number, speed: number) =>
    quantiles(
      seen.map(({ line, seconds }) => (line * detour) / speed / seconds - 1),
      QUANTILES,
    );
  const usual = DEFAULT_SPEEDS[mode];
  return {
    mode: VehicleMode[mode]!,
    pairs: seen.length,
    detour: [low!, median!, high!],
    metresPerSecond,
    errorOfDefaults: errors(usual.detourFactor, usual.metresPerSecond),
    errorOfFit: errors(median!, metresPerSecond),
  };
}
