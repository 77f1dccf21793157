// Tables of a request from an engine that the test plays, whose answers are known.
import { create } from "@bufbuild/protobuf";
import { cellToLatLng, latLngToCell } from "h3-js";
import { describe, expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { roadTravel } from "../travel/road-tables.ts";
import { travelOf } from "../travel/travel.ts";
import { type Point, type RoadEngine, RoadError } from "./engine.ts";
import { fetchTables, type TableQuestion, TooManyPairsError } from "./fetch-tables.ts";
import { PairSet } from "./pair-set.ts";
import { RoadCache } from "./road-cache.ts";

const { CAR, FOOT, TRANSIT } = VehicleMode;
const points: Point[] = [0, 1, 2, 3].map((row) => ({ latitude: 30 + row / 100, longitude: 120 }));
const hundredths = ({ latitude }: Point) => Math.round((latitude - 30) * 100);

/** 100 s and 1,000 m for each hundredth of a degree; a refusal of what `refuse` names; counts its calls. */
function played(
  refuse: (sources: readonly Point[], destinations: readonly Point[]) => RoadError | undefined = () => undefined,
) {
  const calls: { sources: number; destinations: number }[] = [];
  const asked = new Set<string>();
  const engine: RoadEngine = {
    name: "played",
    block: { sources: 100, destinations: 100 },
    async table(_profile, sources, destinations) {
      calls.push({ sources: sources.length, destinations: destinations.length });
      const error = refuse(sources, destinations);
      if (error) throw error;
      for (const { latitude, longitude } of [...sources, ...destinations]) asked.add(`${latitude},${longitude}`);
      const steps = sources.flatMap((a) => destinations.map((b) => Math.abs(hundredths(a) - hundredths(b))));
      return {
        seconds: Float64Array.from(steps, (step) => step * 100),
        metres: Float64Array.from(steps, (step) => step * 1_000),
      };
    },
    way: async () => undefined,
    onRoad: async (_profile, some) => some.map((point) => hundredths(point) !== 3),
  };
  return { engine, calls, asked };
}

function allPairs(size = points.length): PairSet {
  const pairs = new PairSet(size);
  for (let from = 0; from < size; from++) for (let to = 0; to < size; to++) pairs.add(from, to);
  return pairs;
}

/** Great circle whose rows are those of `points`. */
function onEarth() {
  const travel = travelOf(create(AssignRequestSchema, {}));
  for (const value of points) travel.row({ position: { case: "geo", value } } as never);
  return travel;
}

const question = (engine: RoadEngine, more: Partial<TableQuestion> = {}): TableQuestion => ({
  source: "osrm",
  engine,
  cache: new RoadCache({ pairs: 1_000, wayBytes: 1 }),
  points,
  needs: new Map([[CAR, allPairs()]]),
  profileOf: (mode) => (mode === TRANSIT ? undefined : "driving"),
  ticksPerSecond: 1,
  cellResolution: undefined,
  maxPairs: 1_000,
  fallback: undefined,
  signal: new AbortController().signal,
  ...more,
});

test("only the pairs that are needed are in the tables, in ticks and metres", async () => {
  const pairs = new PairSet(4);
  pairs.add(0, 3);
  pairs.add(3, 0);
  const { tables } = await fetchTables(
    question(played().engine, { needs: new Map([[CAR, pairs]]), ticksPerSecond: 10 }),
  );
  const travel = roadTravel(tables);
  expect([travel.duration(CAR, 0, 3), travel.distance(CAR, 0, 3)]).toEqual([3_000, 3_000]);
  expect([travel.duration(CAR, 0, 1), travel.duration(CAR, 2, 2)]).toEqual([-1, 0]);
  // A place that nobody asked about, and a mode that nobody uses.
  const elsewhere = travel.row({ position: { case: "geo", value: { latitude: 1, longitude: 1 } } } as never);
  expect([travel.duration(CAR, 0, elsewhere), travel.duration(FOOT, 0, 3)]).toEqual([-1, -1]);
});

test("modes of one profile share one table, and one fetch of what either needs", async () => {
  const [first, second] = [new PairSet(4), new PairSet(4)];
  first.add(0, 1);
  second.add(1, 2);
  const { engine, calls } = played();
  const { tables } = await fetchTables(
    question(engine, {
      needs: new Map([
        [CAR, first],
        [FOOT, second],
      ]),
    }),
  );
  const travel = roadTravel(tables);
  expect(travel.modeKey(CAR)).toBe(travel.modeKey(FOOT));
  expect([travel.duration(FOOT, 0, 1), travel.duration(CAR, 1, 2)]).toEqual([100, 100]);
  expect(calls.reduce((sum, call) => sum + call.sources * call.destinations, 0)).toBe(2);
});

test("what the cache knows is not asked for again, and a new place only for its own pairs", async () => {
  const cache = new RoadCache({ pairs: 1_000, wayBytes: 1 });
  const { engine, calls } = played();
  const three = { cache, points: points.slice(0, 3), needs: new Map([[CAR, allPairs(3)]]) };
  const first = await fetchTables(question(engine, three));
  expect([first.cached, first.calls]).toEqual([0, calls.length]);
  const again = await fetchTables(question(engine, three));
  expect([again.cached, again.calls]).toEqual([6, 0]);
  expect(again.tables.modes).toEqual(first.tables.modes);
  calls.length = 0;
  const four = await fetchTables(question(engine, { cache }));
  expect([four.pairs, four.cached]).toEqual([12, 6]);
  // 3 pairs to the fourth place and 3 from it; its column comes as blocks of whole rows or alone.
  expect(calls.reduce((sum, call) => sum + call.sources * call.destinations, 0)).toBeLessThanOrEqual(8);
});

test("a table that is too big is halved until it is not", async () => {
  const { engine, calls } = played((sources, destinations) =>
    sources.length * destinations.length > 4 ? new RoadError("too_big", "Too many table coordinates") : undefined,
  );
  const { tables } = await fetchTables(question(engine));
  expect(roadTravel(tables).duration(CAR, 0, 3)).toBe(300);
  expect(calls.length).toBeGreaterThan(3);
  const always = played(() => new RoadError("too_big", "none at all"));
  await expect(fetchTables(question(always.engine))).rejects.toThrow("none at all");
});

describe("places off the road", () => {
  const offRoad = (sources: readonly Point[], destinations: readonly Point[]) =>
    [...sources, ...destinations].some((point) => hundredths(point) === 3)
      ? new RoadError("off_road", "no segment")
      : undefined;

  test("have no way, and the others keep theirs", async () => {
    const found = await fetchTables(question(played(offRoad).engine));
    const travel = roadTravel(found.tables);
    expect([travel.duration(CAR, 0, 3), travel.duration(CAR, 3, 0), travel.duration(CAR, 0, 2)]).toEqual([-1, -1, 200]);
    expect([found.unreachable, found.greatCircle]).toEqual([6, 0]);
  });

  test("are great circle where that is allowed, and marked", async () => {
    const found = await fetchTables(question(played(offRoad).engine, { fallback: onEarth() }));
    const travel = roadTravel(found.tables);
    // 3 hundredths of a degree: 3,335.85 m, by car * 1.4 / 7 = 667.2 s.
    expect([travel.duration(CAR, 0, 3), travel.greatCircle!(CAR, 0, 3)]).toEqual([668, true]);
    expect([travel.duration(CAR, 0, 2), travel.greatCircle!(CAR, 0, 2)]).toEqual([200, false]);
    expect([found.greatCircle, found.greatCircleReason]).toEqual([6, "the engine knows no way"]);
  });
});

test("an engine that fails fails the question, or leaves what it did not say to great circle", async () => {
  const away = () => new RoadError("away", "connection refused");
  await expect(fetchTables(question(played(away).engine))).rejects.toMatchObject({ fault: "away" });
  const found = await fetchTables(question(played(away).engine, { fallback: onEarth() }));
  expect([found.greatCircle, found.greatCircleReason]).toEqual([12, "connection refused"]);
});

test("a mode without a profile is great circle, and the others are not", async () => {
  const needs = new Map([CAR, TRANSIT].map((mode) => [mode, allPairs()]));
  const found = await fetchTables(question(played().engine, { needs, fallback: onEarth() }));
  const travel = roadTravel(found.tables);
  expect([travel.greatCircle!(TRANSIT, 0, 1), travel.greatCircle!(CAR, 0, 1)]).toEqual([true, false]);
  // 1,111.95 m * 1.4 / 4.5 = 345.9 s.
  expect(travel.duration(TRANSIT, 0, 1)).toBe(346);
});

test("more pairs than the limit, and legs longer than ticks can tell, are refused", async () => {
  await expect(fetchTables(question(played().engine, { maxPairs: 11 }))).rejects.toThrow(TooManyPairsError);
  await expect(
    fetchTables(question(played().engine, { ticksPerSecond: 1_000_000, maxPairs: 12 })),
  ).resolves.toBeDefined();
  const far = {
    ...played().engine,
    table: async () => ({ seconds: new Float64Array(16).fill(1e6), metres: new Float64Array(16) }),
  };
  await expect(fetchTables(question(far, { ticksPerSecond: 1_000 }))).rejects.toThrow(RangeError);
});

test("points of one cell share what is asked of its centre, and no time passes within it", async () => {
  // About 10 m apart, in one cell of resolution 9; the others are kilometres away.
  const near = { latitude: 30.0001, longitude: 120 };
  const cell = latLngToCell(30, 120, 9);
  expect(latLngToCell(near.latitude, near.longitude, 9)).toBe(cell);
  const { engine, asked } = played();
  const five = [...points, near];
  const { tables } = await fetchTables(
    question(engine, { points: five, needs: new Map([[CAR, allPairs(5)]]), cellResolution: 9 }),
  );
  const travel = roadTravel(tables);
  expect([travel.duration(CAR, 0, 4), travel.distance(CAR, 4, 0)]).toEqual([0, 0]);
  expect([0, 1, 2, 3].map((to) => travel.duration(CAR, 4, to))).toEqual(
    [0, 1, 2, 3].map((to) => travel.duration(CAR, 0, to)),
  );
  expect(asked.has(cellToLatLng(cell).join())).toBe(true);
  expect(asked.size).toBe(4);
});

test("an aborted question ends with the reason, and asks nothing more", async () => {
  const gone = new AbortController();
  gone.abort(new Error("the caller has gone"));
  const { engine, calls } = played();
  await expect(fetchTables(question(engine, { signal: gone.signal }))).rejects.toThrow("the caller has gone");
  expect(calls).toEqual([]);
});
