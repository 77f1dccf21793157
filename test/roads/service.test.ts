// Road travel through the whole service: real tiles, a real client, real servers on loopback, and what happens when they fail.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMetrics } from "../../cli/report/metrics-text.ts";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlaceSchema, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Leg, UnassignedReason_Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { connect, type DispatchClient } from "../../server/client.ts";
import { readConfig } from "../../server/config.ts";
import type { RequestError } from "../../server/errors.ts";
import { type RunningServer, startServer } from "../../server/main.ts";
import { monotonicMs } from "../../server/pool/task.ts";
import { type OsrmFront, startOsrmFront } from "../../server/roads/osrm-front.ts";
import { createRoadDesk, type RoadDesk } from "../../server/roads/road-desk.ts";
import { ROAD_DEFAULTS } from "../../server/roads/road-setup.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { legsToTravel } from "../../solver/roads/directions.ts";
import { loadValhalla } from "../../solver/roads/valhalla-in-process.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { start } from "../e2e/servers.ts";
import { crossing, island } from "./street-network.ts";
import { placeAt, townRequest, townTiles } from "./town.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let tiles: string;
/** An OSRM server over the town's tiles. */
let front: OsrmFront;
/** A server on loopback that does with every request what `answer` does at the time. */
let fakeUrl: string;
let answer: Answer;
/** The service, with the town's tiles of its own, and leave to ask both servers. */
let client: DispatchClient;
let server: RunningServer;
let desk: RoadDesk;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  tiles = await townTiles();
  front = await startOsrmFront({ tiles, host: "127.0.0.1", port: 0, maxTableSize: 5 });
  const fake = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => fake.listen(0, "127.0.0.1", resolve));
  fakeUrl = `http://127.0.0.1:${(fake.address() as AddressInfo).port}`;
  const settings = { travel: `valhalla:${tiles}`, roadEngines: [front.url, fakeUrl], roadRetries: 1, workers: 2 };
  server = await startServer(readConfig({ port: 0, warmUpMs: 0, drainMs: 500, logLevel: "silent", ...settings }));
  client = connect(`127.0.0.1:${server.port}`);
  desk = createRoadDesk({ ...ROAD_DEFAULTS, valhallaTiles: tiles });
  open.push({ close: () => fake.close(() => {}) && fake.closeAllConnections() }, front, desk, server, client);
});

afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

const inProcess = { source: { case: "valhalla" as const, value: {} } };
const osrmAt = (baseUrl: string, more = {}) => ({ source: { case: "osrm" as const, value: { baseUrl, ...more } } });

const FOREVER = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal };

/** Tables of a request, asked for beside the service. */
async function tablesOf(request: AssignRequest): Promise<RoadTables> {
  return (await desk.travel(toBinary(AssignRequestSchema, request), FOREVER, "assign"))!.tables;
}

const failure = (call: Promise<unknown>): Promise<RequestError> =>
  call.then(
    () => {
      throw new Error("the call was answered");
    },
    (error) => error,
  );

const legsOf = ({ plan }: AssignResponse): Leg[] =>
  plan!.routes.flatMap((route) => [...route.stops.map(({ leg }) => leg!), route.finalLeg!]);

describe("a plan on real roads", () => {
  test("keeps every rule on the engine's times, which are the engine's own", async () => {
    const request = townRequest();
    const response = await client.assign(request);
    expect(response.provenance!.travelSource).toBe("valhalla");
    expect(response.plan!.unassigned).toEqual([]);
    const asked = townRequest({ travel: inProcess });
    expect(checkResponse(asked, response, await tablesOf(asked))).toEqual([]);

    const { engine } = loadValhalla(tiles);
    const signal = new AbortController().signal;
    const legs = legsToTravel(request, response.plan!);
    expect(legs.length).toBeGreaterThan(12);
    for (const { leg, mode, from, to } of legs) {
      const profile = mode === VehicleMode.FOOT ? "pedestrian" : "auto";
      const own = await engine.way(profile, from, to, false, signal);
      // Whole seconds in tables. On foot several ways are equally good but for their turns.
      const tolerance = mode === VehicleMode.FOOT ? 5 : 1;
      expect(Math.abs(Number(leg.duration!.seconds) - own!.seconds)).toBeLessThan(tolerance);
      expect(Math.abs(Number(leg.distanceM) - own!.metres)).toBeLessThan(2);
    }
  });

  test("is the same plan through OSRM's interface as in process", async () => {
    const direct = await client.assign(townRequest());
    const throughOsrm = await client.assign(townRequest({ travel: osrmAt(front.url) }));
    expect(throughOsrm.plan).toEqual(direct.plan);
    expect(throughOsrm.provenance!.travelSource).toBe("osrm");
    // 5 x 5 places in a table at most: blocks of 100 x 100 were refused and halved.
    expect(throughOsrm.travelReport!.calls).toBeGreaterThan(direct.travelReport!.calls);
  });

  test("is the same for several workers, which share one fetch", async () => {
    const request = townRequest({ search: { iterations: 40n, seed: 3n, workers: 2 } });
    const [first, second] = [await client.assign(request), await client.assign(request)];
    expect(second.plan).toEqual(first.plan);
  });

  test("with every leg described: geometry, the engine's time, and steps in Chinese", async () => {
    const request = townRequest({ directions: { geometry: true, language: "zh-CN" } });
    const response = await client.assign(request);
    expect(response.travelReport).toMatchObject({ directionsLanguage: "zh-Hans", directionsMissing: "" });
    for (const { leg, destination } of legsToTravel(request, response.plan!)) {
      expect(leg.geometry.length).toBeGreaterThan(5);
      const seconds = Number(leg.roadDuration!.seconds) + leg.roadDuration!.nanos / 1e9;
      expect(Math.abs(seconds - Number(leg.duration!.seconds))).toBeLessThan(5);
      expect(leg.steps[0]!.instruction).toMatch(/^出发|^向/);
      expect(leg.steps.at(-1)!.instruction).toContain(destination === "" ? "目的地" : destination);
      expect(leg.steps.map(({ instruction }) => instruction).join()).not.toMatch(/undefined|\{|您的个/);
    }
    const asked = townRequest({ travel: inProcess });
    expect(checkResponse(asked, response, await tablesOf(asked))).toEqual([]);
  });

  test("an unknown language is answered in English, and the report says so", async () => {
    const response = await client.assign(townRequest({ directions: { language: "tlh" } }));
    expect(response.travelReport!.directionsLanguage).toBe("en");
    expect(legsOf(response).flatMap(({ steps }) => steps)[0]!.instruction).toMatch(/^Head|^Drive/);
  });

  test("great circle knows no ways, and the report says so", async () => {
    const travel = { source: { case: "greatCircle" as const, value: {} } };
    const response = await client.assign(townRequest({ travel, directions: { geometry: true } }));
    expect(response.travelReport!.directionsMissing).toContain("great_circle");
    expect(legsOf(response).every(({ geometry }) => geometry === "")).toBe(true);
  });

  test("a second identical request asks the engine nothing", async () => {
    const request = townRequest({ directions: { language: "en" } });
    // Places that no other test asks about.
    for (const { place } of request.orders) (place!.position.value as { latitude: number }).latitude += 1e-4;
    const first = await client.assign(request);
    const before = (await server.pool.roads.statistics())!;
    const second = await client.assign(request);
    expect(first.travelReport!.calls).toBeGreaterThan(0);
    expect(second.travelReport!.calls).toBe(0);
    expect(second.travelReport!.cachedPairs).toBe(second.travelReport!.pairs);
    expect(second.plan).toEqual(first.plan);
    const statistics = (await server.pool.roads.statistics())!;
    expect(statistics.hits - before.hits).toBe(Number(second.travelReport!.pairs));
    expect(statistics.wayHits - before.wayHits).toBe(legsToTravel(request, second.plan!).length);
    expect(statistics.calls).toBe(before.calls);

    const metrics = parseMetrics(await server.metrics.registry.metrics());
    const lookups = (what: string, outcome: string) =>
      metrics.find(
        ({ name, labels }) =>
          name === "shanpai_road_cache_lookups_total" && labels.what === what && labels.outcome === outcome,
      )?.value;
    expect(lookups("pair", "hit")).toBe(statistics.hits);
    expect(lookups("way", "miss")).toBe(statistics.wayMisses);
    expect(metrics.find(({ name }) => name === "shanpai_road_calls_total")?.value).toBe(statistics.calls);
  });
});

describe("where there is no way", () => {
  const stranded = (fallback: boolean) => {
    const request = townRequest({ travel: { ...inProcess, greatCircleFallback: fallback } });
    request.orders[4]!.place = create(PlaceSchema, placeAt(island(3, 3)));
    return request;
  };

  test("the order is left out, and the report counts the pairs", async () => {
    const request = stranded(false);
    const response = await client.assign(request);
    expect(response.plan!.unassigned.map(({ orderId }) => orderId)).toEqual(["order-04"]);
    expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(UnassignedReason_Code.NO_FEASIBLE_TIME);
    expect(response.travelReport!.unreachablePairs).toBeGreaterThan(0n);
    expect(checkResponse(request, response, await tablesOf(request))).toEqual([]);
  });

  test("great circle stands in where that is allowed, and its legs say so", async () => {
    const request = stranded(true);
    const response = await client.assign(request);
    expect(response.plan!.unassigned).toEqual([]);
    expect(response.travelReport!.greatCircleReason).toBe("the engine knows no way");
    const marked = legsOf(response).filter(({ greatCircle }) => greatCircle);
    // To the island and back.
    expect(marked.length).toBe(2);
    const tables = await tablesOf(request);
    expect(checkResponse(request, response, tables)).toEqual([]);
    for (const leg of marked) leg.greatCircle = false;
    expect(checkResponse(request, response, tables).map(({ code }) => code)).toEqual([
      "LEG_GREAT_CIRCLE",
      "LEG_GREAT_CIRCLE",
    ]);
  });
});

test("a thread that is closed in the middle of a table ends when the table does", async () => {
  const request = townRequest({ travel: inProcess });
  const [order] = request.orders;
  request.orders = Array.from({ length: 600 }, (_, index) => {
    const { latitude, longitude } = crossing(index % 12, Math.floor(index / 12) % 12);
    const place = create(PlaceSchema, placeAt({ latitude, longitude: longitude + index * 1e-6 }));
    return { ...order!, id: `order-${index}`, place };
  });
  const asked = toBinary(AssignRequestSchema, request);
  const ready = async () => {
    const desk = createRoadDesk({ ...ROAD_DEFAULTS, valhallaTiles: tiles });
    await desk.travel(toBinary(AssignRequestSchema, townRequest({ travel: inProcess })), FOREVER, "assign");
    return desk;
  };
  const patient = await ready();
  const begun = monotonicMs();
  await patient.travel(asked, FOREVER, "assign");
  const wholeMs = monotonicMs() - begun;
  await patient.close();
  // Most of the time goes into tables, one after the other: somewhere in the middle one is being made.
  for (const share of [0.4, 0.6, 0.8]) {
    const impatient = await ready();
    const soon = { ...FOREVER, deadline: monotonicMs() + share * wholeMs };
    await impatient.travel(asked, soon, "assign").catch(({ code }) => expect(code).toBe("UNAVAILABLE"));
    await impatient.close();
  }
}, 120_000);

describe("a road engine that fails", () => {
  /** Only the server that never answers is waited for in vain. */
  const patience = (words: RegExp) => (/within 300 ms/.test(words.source) ? { timeout: { nanos: 300_000_000 } } : {});

  const broken: [string, Answer, RegExp][] = [
    [
      "answers an error",
      (_request, response) => response.writeHead(503).end("tiles are being built"),
      /503: tiles are being built/,
    ],
    ["answers with no JSON", (_request, response) => response.end("<html>"), /not JSON: <html>/],
    [
      "answers a table of another size",
      (_request, response) => response.end('{"code":"Ok","durations":[[1]],"distances":[[1]]}'),
      /not \d+ x \d+/,
    ],
    [
      "answers negative times",
      (_request, response) => response.end('{"code":"Ok","durations":[[-5]],"distances":[[1]]}'),
      /not a table at durations/,
    ],
    ["never answers", () => {}, /did not answer within 300 ms/],
    ["cuts the line", (request) => request.socket.destroy(), /cannot be reached/],
    [
      "sends us on",
      (_request, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      /cannot be reached/,
    ],
  ];

  test.each(broken)("and %s: the call fails with its words", async (_name, badly, words) => {
    answer = badly;
    const error = await failure(client.assign(townRequest({ travel: osrmAt(fakeUrl, patience(words)) })));
    expect(error.code).toBe("UNAVAILABLE");
    expect(error.message).toMatch(words);
  });

  test.each(broken)(
    "and %s: with great_circle_fallback the plan stands on great circle, and says so",
    async (_name, badly, words) => {
      answer = badly;
      const request = townRequest({ travel: { ...osrmAt(fakeUrl, patience(words)), greatCircleFallback: true } });
      const response = await client.assign(request);
      const onEarth = await client.assign(townRequest({ travel: { source: { case: "greatCircle", value: {} } } }));
      expect(response.travelReport!.greatCirclePairs).toBe(response.travelReport!.pairs);
      expect(response.travelReport!.greatCircleReason).toMatch(words);
      expect(legsToTravel(request, response.plan!)).toEqual([]);
      // Only the mark tells it from a plan that asked for great circle.
      for (const leg of legsOf(response)) leg.greatCircle = false;
      expect(response.plan!.routes.map(({ stops }) => stops.map(({ orderId }) => orderId))).toEqual(
        onEarth.plan!.routes.map(({ stops }) => stops.map(({ orderId }) => orderId)),
      );
    },
  );

  test("a question is asked again before it is given up", async () => {
    let asked = 0;
    answer = (_request, response) => {
      asked++;
      response.writeHead(503).end("busy");
    };
    await failure(client.assign(townRequest({ travel: osrmAt(fakeUrl) })));
    // One block of those who drive, once and once more.
    expect(asked).toBe(2);
  });

  test("the call's time includes its travel: one that never answers costs no more than the time limit", async () => {
    answer = () => {};
    const begun = performance.now();
    const travel = { ...osrmAt(fakeUrl), greatCircleFallback: true };
    const response = await client.assign(townRequest({ travel, search: { timeLimit: { seconds: 2n } } }), {
      deadlineMs: 5_000,
    });
    expect(performance.now() - begun).toBeLessThan(4_500);
    expect(response.travelReport!.greatCircleReason).toContain("did not answer");
    const error = await failure(
      client.assign(townRequest({ travel: osrmAt(fakeUrl), search: { timeLimit: { seconds: 1n } } }), {
        deadlineMs: 5_000,
      }),
    );
    expect(error.code).toBe("UNAVAILABLE");
    expect(error.message).toContain("before the time for it was over");
  });

  test("a cancelled call ends at once", async () => {
    answer = () => {};
    const cancel = new AbortController();
    const call = failure(client.assign(townRequest({ travel: osrmAt(fakeUrl) }), { signal: cancel.signal }));
    setTimeout(() => cancel.abort(), 200);
    const begun = performance.now();
    expect((await call).code).toBe("CANCELLED");
    expect(performance.now() - begun).toBeLessThan(3_000);
    // The worker was never taken.
    expect((await client.assign(townRequest())).plan!.unassigned).toEqual([]);
  });

  test("way by way: a plan without all of its directions says how many are missing and why", async () => {
    answer = (request, response) => {
      if (request.url!.startsWith("/route/")) response.writeHead(500).end("no more ways today");
      else
        fetch(front.url + request.url).then(
          async (told) => response.writeHead(told.status).end(await told.text()),
          () => response.destroy(),
        );
    };
    const response = await client.assign(townRequest({ travel: osrmAt(fakeUrl), directions: { geometry: true } }));
    expect(response.plan!.unassigned).toEqual([]);
    expect(response.travelReport!.directionsMissing).toMatch(/^(\d+) of \1 legs: .*no more ways today/);
  });
});

describe("what a request may ask for", () => {
  test("a server that it may not name is not called", async () => {
    let asked = 0;
    answer = (_request, response) => {
      asked++;
      response.end();
    };
    // The same port by another name.
    const url = fakeUrl.replace("127.0.0.1", "localhost");
    for (const travel of [osrmAt(url), { source: { case: "valhalla" as const, value: { baseUrl: url } } }]) {
      const error = await failure(client.assign(townRequest({ travel: { ...travel, greatCircleFallback: true } })));
      expect(error.code).toBe("PERMISSION_DENIED");
      expect(error.message).toContain(url);
    }
    expect(asked).toBe(0);
  });

  test("engines of the server's own where it has none, and more legs than its limit", async () => {
    const { client: modest } = await start({ roadMaxPairs: 100, roadEngines: [front.url] });
    for (const travel of [inProcess, osrmAt("")]) {
      const error = await failure(modest.assign(townRequest({ travel })));
      expect([error.code, error.message]).toEqual(["FAILED_PRECONDITION", expect.stringContaining("of its own")]);
    }
    const error = await failure(modest.assign(townRequest({ travel: osrmAt(front.url) })));
    expect(error.code).toBe("RESOURCE_EXHAUSTED");
    expect(error.message).toMatch(/could use \d+ legs between 13 places, and at most 100/);
  });

  test("a vehicle mode without a profile is named", async () => {
    const request = townRequest();
    request.engineers[2]!.vehicleMode = VehicleMode.TRANSIT;
    const error = await failure(client.assign(request));
    expect(error.violations).toEqual([
      { field: "travel.valhalla.profiles", code: "REQUIRED", description: expect.stringContaining("TRANSIT") },
    ]);
  });

  test("a request's own travel wins over the server's", async () => {
    const response = await client.assign(townRequest({ travel: { source: { case: "greatCircle", value: {} } } }));
    expect(response.provenance!.travelSource).toBe("great_circle");
    expect(response.travelReport).toBeUndefined();
  });
});
