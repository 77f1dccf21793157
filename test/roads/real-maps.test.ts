// Days of orders on real maps; runs where SHANPAI_DATA names the folder that holds `osm` and `lade_pickup`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planGeoJson } from "../../cli/report/geojson.ts";
import { planHtml } from "../../cli/report/html.ts";
import { planTable } from "../../cli/report/table.ts";
import { type Crossing, crossingsOf, roadDay } from "../../datasets/road-day.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { DirectionsSchema, TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { connect } from "../../server/client.ts";
import { readConfig } from "../../server/config.ts";
import { startServer } from "../../server/main.ts";
import { createRoadDesk } from "../../server/roads/road-desk.ts";
import { ROAD_DEFAULTS } from "../../server/roads/road-setup.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { buildTiles } from "../../solver/roads/build-tiles.ts";
import { legsToTravel } from "../../solver/roads/directions.ts";
import { loadValhalla } from "../../solver/roads/valhalla-in-process.ts";

const data = process.env.SHANPAI_DATA;
const here = data !== undefined && existsSync(join(data, "osm"));
if (!here)
  console.warn(
    "SKIPPED: days on real maps. SHANPAI_DATA must name a folder with `osm` and `lade_pickup` (docs/datasets.md).",
  );
const file = (...parts: string[]) => join(data ?? "", ...parts);

/** Maps, the places on them, and how many orders and engineers they get. */
const MAPS: readonly (readonly [
  name: string,
  pbf: string,
  places: (tiles: string) => Promise<Crossing[]>,
  orders: number,
  engineers: number,
])[] = [
  [
    "Jinan",
    "jinan_roadnet/jinan.osm.pbf",
    async () => crossingsOf(readFileSync(file("osm/jinan_roadnet/nodes.csv"), "utf8")),
    125,
    38,
  ],
  ["Liechtenstein", "liechtenstein.osm.pbf", (tiles) => placesIn(tiles, 47.06, 9.48, 47.26, 9.6), 40, 12],
  ["Monaco", "monaco.osm.pbf", (tiles) => placesIn(tiles, 43.725, 7.41, 43.75, 7.44), 40, 12],
];

/** 300 points of a grid, each moved to the nearest road where there is one within 200 m. */
async function placesIn(tiles: string, south: number, west: number, north: number, east: number): Promise<Crossing[]> {
  const locations = Array.from({ length: 300 }, (_, index) => ({
    lat: south + ((north - south) * (Math.floor(index / 20) + 0.5)) / 15,
    lon: west + ((east - west) * ((index % 20) + 0.5)) / 20,
    search_cutoff: 200,
  }));
  const answer = (await loadValhalla(tiles).actor.locate({ locations, costing: "auto" })) as unknown as {
    edges: { correlated_lat: number; correlated_lon: number }[] | null;
  }[];
  return answer.flatMap(({ edges }) =>
    edges?.[0] ? [{ latitude: edges[0].correlated_lat, longitude: edges[0].correlated_lon }] : [],
  );
}

const folder = mkdtempSync(join(tmpdir(), "shanpai-maps-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The answer of a server whose travel is the tiles' and, beside it, what the checker finds in it. */
async function answered(tiles: string, request: AssignRequest, cellResolution: number) {
  const travel = `valhalla:${tiles}`;
  const settings = {
    port: 0,
    warmUpMs: 0,
    workers: 1,
    logLevel: "silent",
    roadCellResolution: cellResolution,
    travel,
  } as const;
  const server = await startServer(readConfig(settings));
  const client = connect(`127.0.0.1:${server.port}`);
  const desk = createRoadDesk({
    ...ROAD_DEFAULTS,
    valhallaTiles: tiles,
    ...(cellResolution >= 0 && { cellResolution }),
  });
  try {
    const first = await client.assign(request);
    // Under another id it is not answered from what the server remembers.
    const second = await client.assign({ ...request, requestId: "again" });
    const asked = { ...request, travel: create(TravelSchema, { source: { case: "valhalla", value: {} } }) };
    const patience = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
    const road = await desk.travel(toBinary(AssignRequestSchema, asked), patience, "assign");
    return { first, second, asked, tables: road!.tables, findings: checkResponse(asked, first, road!.tables) };
  } finally {
    await desk.close();
    client.close();
    await server.close();
  }
}

/** Of every leg: the table's seconds less those of the way that is drawn. */
function differences(request: AssignRequest, { plan }: AssignResponse): number[] {
  return legsToTravel(request, plan!).map(({ leg }) => {
    const way = Number(leg.roadDuration!.seconds) + leg.roadDuration!.nanos / 1e9;
    return Number(leg.duration!.seconds) - way;
  });
}

describe.skipIf(!here)("a day of orders on a real map", () => {
  for (const [name, pbf, placesOf, orders, engineers] of MAPS)
    describe(name, () => {
      let tiles: string;
      let request: AssignRequest;
      let exact: Awaited<ReturnType<typeof answered>>;

      beforeAll(async () => {
        tiles = join(folder, name);
        await buildTiles(file("osm", pbf), tiles);
        const pickupsCsv = readFileSync(file("lade_pickup/yantai.csv"), "utf8");
        request = roadDay({ crossings: await placesOf(tiles), pickupsCsv, orders, engineers });
        request.search = create(SearchOptionsSchema, { iterations: 300n, seed: 1n });
        request.directions = create(DirectionsSchema, { geometry: true, language: "zh-CN" });
        exact = await answered(tiles, request, -1);
      }, 300_000);

      test("is planned without a finding, with every leg described", () => {
        expect(exact.findings).toEqual([]);
        expect(exact.first.travelReport).toMatchObject({ directionsLanguage: "zh-Hans", directionsMissing: "" });
        const legs = legsToTravel(request, exact.first.plan!);
        expect(legs.length).toBeGreaterThan(orders / 2);
        const words = legs.flatMap(({ leg }) => leg.steps.map(({ instruction }) => instruction));
        expect(legs.every(({ leg }) => leg.geometry !== "" && leg.steps.length > 1)).toBe(true);
        expect(words.filter((one) => !/\p{Script=Han}/u.test(one) || /undefined|[{}]|您的个/.test(one))).toEqual([]);
      });

      test("has in every leg the time that the drawn way takes, within 1 s", () => {
        const far = differences(request, exact.first).filter((difference) => Math.abs(difference) > 1);
        expect(far).toEqual([]);
      });

      test("asks the engine nothing the second time, and is the same plan", () => {
        expect(exact.first.travelReport!.calls).toBeGreaterThan(0);
        expect(exact.second.travelReport!.calls).toBe(0);
        expect(exact.second.travelReport!.cachedPairs).toBe(exact.second.travelReport!.pairs);
        expect(exact.second.plan).toEqual(exact.first.plan);
      });

      test("is printed and drawn in Chinese and in English", async () => {
        const english = { ...request, directions: create(DirectionsSchema, { language: "en" }) };
        const { first, asked, tables } = await answered(tiles, english, -1);
        expect(planTable(asked, first, tables)).toMatch(/ 1\. (Head|Drive) /);
        expect(planHtml(exact.asked, exact.first, exact.tables)).toMatch(/<li>(出发|向)/);
        const { features } = JSON.parse(planGeoJson(exact.asked, exact.first));
        const lines = features.filter((one: { properties: { kind: string } }) => one.properties.kind === "leg");
        expect(lines.length).toBe(legsToTravel(request, exact.first.plan!).length);
      }, 120_000);

      test("with points that share H3 cells the difference is reported", async () => {
        const { first, findings } = await answered(tiles, request, 10);
        expect(findings).toEqual([]);
        const sizes = differences(request, first)
          .map(Math.abs)
          .sort((a, b) => a - b);
        const at = (share: number) => sizes[Math.floor(share * (sizes.length - 1))]!.toFixed(0);
        console.info(
          `${name}, cells of resolution 10: table less way, median ${at(0.5)} s, 95 % ${at(0.95)} s, most ${at(1)} s`,
        );
        // Cells of 130 m: at both ends some 150 m that are not driven or are driven in addition, and one-way streets around them.
        expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(60);
        const { seconds, nanos } = first.travelReport!.largestDifference!;
        expect(Number(seconds) + nanos / 1e9).toBeCloseTo(sizes.at(-1)!, 2);
      }, 120_000);
    });
});
