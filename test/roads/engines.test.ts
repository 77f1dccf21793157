// Road engines against real roads: a town written by the test, its tiles, and servers on loopback.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import polyline from "@googlemaps/polyline-codec";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OsrmFront, startOsrmFront } from "../../server/roads/osrm-front.ts";
import { type BuildProgress, buildTiles } from "../../solver/roads/build-tiles.ts";
import type { Point, RoadEngine, RoadTable } from "../../solver/roads/engine.ts";
import { HTTP_DEFAULTS } from "../../solver/roads/http.ts";
import { osrmEngine } from "../../solver/roads/osrm.ts";
import { valhallaServer } from "../../solver/roads/valhalla.ts";
import { ACTIONS, loadValhalla } from "../../solver/roads/valhalla-in-process.ts";
import { crossing, island, writeStreetNetwork } from "./street-network.ts";

const folder = mkdtempSync(join(tmpdir(), "shanpai-roads-"));
const tiles = join(folder, "tiles");
const heard: BuildProgress[] = [];
const signal = new AbortController().signal;
let front: OsrmFront;
let served: { url: string; close: () => void };

/** Valhalla's own HTTP interface over the actor of this process. */
async function serveValhalla(): Promise<typeof served> {
  const { actor } = loadValhalla(tiles);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const action = request.url!.slice(1) as keyof typeof ACTIONS;
      actor[ACTIONS[action]](Buffer.concat(parts).toString()).then(
        (body) => response.end(body),
        (error: Error) =>
          response.writeHead(400).end(JSON.stringify({ error_code: 171, error: error.message, status_code: 400 })),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

beforeAll(async () => {
  const pbf = join(folder, "town.osm.pbf");
  writeStreetNetwork(pbf);
  await buildTiles(pbf, tiles, (progress) => heard.push(progress));
  front = await startOsrmFront({ tiles, host: "127.0.0.1", port: 0, maxTableSize: 4 });
  served = await serveValhalla();
});

afterAll(async () => {
  await front?.close();
  served?.close();
  rmSync(folder, { recursive: true, force: true });
});

const engines: [string, () => RoadEngine, profile: string][] = [
  ["Valhalla in this process", () => loadValhalla(tiles).engine, "auto"],
  ["Valhalla over HTTP", () => valhallaServer("Valhalla", served.url), "auto"],
  ["OSRM over HTTP", () => osrmEngine("OSRM", () => front.url), "driving"],
];
/** No road within 35 km. */
const atSea = { latitude: 30, longitude: 121 };
const corners = [crossing(2, 2), crossing(8, 2), crossing(8, 9)];
const at = ({ seconds }: RoadTable, from: number, to: number, columns = 3) => seconds[from * columns + to]!;

test("building tells how far it is, from 0 to 1 and never back", () => {
  const done = heard.map((progress) => progress.done);
  expect(done.length).toBeGreaterThan(5);
  expect([done[0], done.at(-1)]).toEqual([0, 1]);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});

describe.each(engines)("%s", (_name, engineOf, profile) => {
  test("gives the metres of the streets", async () => {
    const table = await engineOf().table(profile, corners, corners, signal);
    // 6 blocks east, 7 blocks north, and both: see STEP.
    const [east, north] = [6 * 288.89, 7 * 333.58];
    expect(Math.abs(table.metres[1]! - east)).toBeLessThan(10);
    expect(Math.abs(table.metres[5]! - north)).toBeLessThan(10);
    expect(Math.abs(table.metres[2]! - (east + north))).toBeLessThan(20);
    expect([at(table, 0, 0), at(table, 1, 1), at(table, 2, 2)]).toEqual([0, 0, 0]);
    expect(at(table, 0, 2)).toBeGreaterThan(at(table, 0, 1));
  });

  test("its tables and its ways agree within a second", async () => {
    const table = await engineOf().table(profile, corners, corners, signal);
    for (const [from, a] of corners.entries())
      for (const [to, b] of corners.entries()) {
        if (from === to) continue;
        const way = await engineOf().way(profile, a, b, false, signal);
        expect(Math.abs(way!.seconds - at(table, from, to))).toBeLessThan(1);
        expect(Math.abs(way!.metres - table.metres[from * 3 + to]!)).toBeLessThan(2);
      }
  });

  test("knows no way to the island", async () => {
    const there = island(5, 6);
    const table = await engineOf().table(profile, [...corners, there], [...corners, there], signal);
    expect([0, 1, 2].map((from) => [at(table, from, 3, 4), table.metres[from * 4 + 3]])).toEqual([
      [-1, -1],
      [-1, -1],
      [-1, -1],
    ]);
    expect(at(table, 3, 3, 4)).toBe(0);
    expect(await engineOf().way(profile, corners[0]!, there, false, signal)).toBeUndefined();
  });

  test("one-way streets take longer against their direction", async () => {
    const [west, east] = [crossing(3, 5), crossing(9, 5)];
    const table = await engineOf().table(profile, [west, east], [west, east], signal);
    // Back goes round by a street beside it: two blocks north and south more.
    expect(table.metres[1]).toBeLessThan(6 * 288.89 + 10);
    expect(table.metres[2]).toBeGreaterThan(6 * 288.89 + 600);
  });

  test("the way is drawn from point to point, and its steps name the streets", async () => {
    const way = (await engineOf().way(profile, corners[0]!, corners[2]!, true, signal))!;
    const line = polyline.decode(way.geometry, 6);
    const near = ([latitude, longitude]: number[], point: Point) =>
      Math.hypot(latitude! - point.latitude, longitude! - point.longitude);
    expect(near(line[0]!, corners[0]!)).toBeLessThan(1e-4);
    expect(near(line.at(-1)!, corners[2]!)).toBeLessThan(1e-4);
    expect(way.steps[0]!.maneuver.type).toBe("depart");
    expect(way.steps.at(-1)!.maneuver.type).toBe("arrive");
    expect(way.steps.map(({ name }) => name).some((name) => /Street|Avenue/.test(name))).toBe(true);
    const summed = way.steps.reduce((sum, { distance }) => sum + distance, 0);
    expect(Math.abs(summed - way.metres)).toBeLessThan(5);
  });

  test("says which points have no road near them", async () => {
    expect(await engineOf().onRoad(profile, [corners[0]!, atSea], signal)).toEqual([true, false]);
    const asked = engineOf().table(profile, [corners[0]!], [atSea], signal);
    await expect(asked).rejects.toMatchObject({ name: "RoadError", fault: "off_road" });
  });

  test("refuses a profile that it does not have", async () => {
    const asked = engineOf().table("nonsense", corners, corners, signal);
    await expect(asked).rejects.toMatchObject({ name: "RoadError", fault: "refused" });
  });
});

test("walking is slower than driving, and takes the footway", async () => {
  const { engine } = loadValhalla(tiles);
  const [south, north] = [crossing(0, 1), crossing(0, 10)];
  const [walk, drive] = await Promise.all([
    engine.table("pedestrian", [south], [north], signal),
    engine.table("auto", [south], [north], signal),
  ]);
  expect(walk.seconds[0]).toBeGreaterThan(drive.seconds[0]!);
  expect(Math.abs(walk.metres[0]! - 9 * 333.58)).toBeLessThan(10);
  expect(drive.metres[0]).toBeGreaterThan(walk.metres[0]! + 400);
});

test("an OSRM server says when a table is too big", async () => {
  const engine = osrmEngine("OSRM", () => front.url, HTTP_DEFAULTS);
  const many = Array.from({ length: 5 }, (_, index) => crossing(index + 1, 3));
  await expect(engine.table("driving", many, many, signal)).rejects.toMatchObject({ fault: "too_big" });
});

describe("the OSRM server", () => {
  const get = async (path: string) => {
    const response = await fetch(`${front.url}${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> & { code: string } };
  };
  const text = corners.map(({ latitude, longitude }) => `${longitude},${latitude}`).join(";");

  test("snaps a point to the nearest street", async () => {
    const { body } = await get("/nearest/v1/driving/120.0132,30.0061?number=1");
    const [waypoint] = body.waypoints as { name: string; location: number[]; distance: number }[];
    // 0.0001 degrees north of the third street: 11.1 m.
    expect(waypoint!.name).toBe("3th Street");
    expect(waypoint!.distance).toBeCloseTo(11.12, 1);
    expect(waypoint!.location[1]).toBeCloseTo(30.006, 5);
  });

  test("gives durations alone, or with distances, as asked", async () => {
    const plain = (await get(`/table/v1/driving/${text}?sources=0`)).body;
    expect(plain.code).toBe("Ok");
    expect((plain.durations as number[][]).map((row) => row.length)).toEqual([3]);
    expect(plain.distances).toBeUndefined();
    expect((plain.sources as unknown[]).length).toBe(1);
    const both = (await get(`/table/v1/driving/${text}?destinations=1;2&annotations=duration,distance`)).body;
    expect((both.distances as number[][]).map((row) => row.length)).toEqual([2, 2, 2]);
  });

  test("gives geometry in all three forms, and one leg for each pair of points", async () => {
    const route = async (query: string) =>
      (
        (await get(`/route/v1/driving/${text}?${query}`)).body.routes as {
          geometry: unknown;
          legs: { steps: unknown[] }[];
        }[]
      )[0]!;
    const [five, six, line] = [await route(""), await route("geometries=polyline6"), await route("geometries=geojson")];
    const coordinates = (line.geometry as { coordinates: [number, number][] }).coordinates;
    for (const [encoded, digits] of [
      [five.geometry, 5],
      [six.geometry, 6],
    ] as const) {
      const decoded = polyline.decode(encoded as string, digits);
      expect(decoded[0]![0]).toBeCloseTo(coordinates[0]![1], 4);
      expect(decoded.at(-1)![1]).toBeCloseTo(coordinates.at(-1)![0], 4);
    }
    expect(five.legs.map(({ steps }) => steps.length)).toEqual([0, 0]);
    expect((await route("steps=true")).legs.every(({ steps }) => steps.length >= 2)).toBe(true);
    expect((await route("overview=false")).geometry).toBeUndefined();
  });

  test.each([
    ["no service", "/trip/v1/driving/120,30;120.01,30", "InvalidService"],
    ["another version", "/route/v2/driving/120,30;120.01,30", "InvalidVersion"],
    ["no coordinates", "/route/v1/driving", "InvalidUrl"],
    ["half a coordinate", "/route/v1/driving/120;121", "InvalidQuery"],
    ["a coordinate off the earth", "/route/v1/driving/120,91;120,30", "InvalidQuery"],
    ["one coordinate", "/route/v1/driving/120,30", "InvalidOptions"],
    ["an unknown option", "/route/v1/driving/120,30;120.01,30?exclude=toll", "InvalidOptions"],
    ["an index too far", "/table/v1/driving/120,30;120.01,30?sources=2", "InvalidOptions"],
    ["a point at sea", "/route/v1/driving/120.01,30;121,30", "NoSegment"],
    ["the island", "/route/v1/driving/120.01,30.003;120.11,30.003", "NoRoute"],
    ["an unknown profile", "/route/v1/rocket/120,30;120.01,30", "InvalidValue"],
  ])("refuses %s with OSRM's code", async (_name, path, code) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([400, code]);
    expect(typeof body.message).toBe("string");
  });
});

describe("building tiles", () => {
  test("refuses a folder with other things in it", async () => {
    await expect(buildTiles(join(folder, "town.osm.pbf"), folder)).rejects.toThrow(/which is no tile/);
  });

  test("says what the builder says of a file that is no extract", async () => {
    const other = join(folder, "other");
    await expect(buildTiles(import.meta.filename, other)).rejects.toMatchObject({ fault: "refused" });
  });

  test("a folder without tiles is refused with the command that makes them", () => {
    expect(() => loadValhalla(folder)).toThrow(/shanpai roads build/);
  });
});
