// An OSRM server over the in-process Valhalla: /route/v1, /table/v1 and /nearest/v1 of OSRM's HTTP interface, so that its clients work.
import { setMaxListeners } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import polyline from "@googlemaps/polyline-codec";
import { type Point, RoadError, type RoadTable } from "../../solver/roads/engine.ts";
import { loadValhalla } from "../../solver/roads/valhalla-in-process.ts";
import { greatCircleMetres, unitVector } from "../../solver/travel/great-circle.ts";

/** Shape of the server. */
export interface OsrmFrontOptions {
  /** Folder of Valhalla's tiles. */
  readonly tiles: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Sources times destinations of a table are at most its square. */
  readonly maxTableSize: number;
}

/** A server that listens. */
export interface OsrmFront {
  readonly url: string;
  close(): Promise<void>;
}

/** Valhalla's names of OSRM's usual profiles; Valhalla's own names are taken too. */
const COSTINGS: Readonly<Record<string, string>> = {
  driving: "auto",
  car: "auto",
  auto: "auto",
  bike: "bicycle",
  bicycle: "bicycle",
  cycling: "bicycle",
  foot: "pedestrian",
  walking: "pedestrian",
  pedestrian: "pedestrian",
  motorcycle: "motorcycle",
  motor_scooter: "motor_scooter",
  truck: "truck",
  bus: "bus",
  taxi: "taxi",
};

/** Options that change nothing here: hints, and limits on where a route may begin. */
const IGNORED = ["generate_hints", "hints", "snapping", "skip_waypoints", "continue_straight", "format"];

/** An answer that is not Ok. */
class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Starts the server. Rejects with RoadError where there are no tiles, and where the port cannot be had. */
export async function startOsrmFront({ tiles, host, port, maxTableSize }: OsrmFrontOptions): Promise<OsrmFront> {
  const { actor, engine } = loadValhalla(tiles);
  const forever = new AbortController().signal;
  // Every request under way listens to it.
  setMaxListeners(0, forever);

  async function snap(costing: string, points: readonly Point[], count: number): Promise<object[][]> {
    const locations = points.map(({ latitude, longitude }) => ({ lat: latitude, lon: longitude }));
    const found = (await actor.locate({ locations, costing, verbose: true })) as unknown as Located[];
    return found.map(({ edges }, index) => {
      const waypoints = new Map<string, object>();
      for (const { correlated_lat: latitude, correlated_lon: longitude, edge_info } of edges ?? []) {
        // Both directions of a road are edges of their own.
        const name = edge_info?.names?.[0] ?? "";
        const here = points[index]!;
        const distance = greatCircleMetres(unitVector(here.latitude, here.longitude), unitVector(latitude, longitude));
        waypoints.set(`${latitude},${longitude}`, { hint: "", distance, name, location: [longitude, latitude] });
      }
      if (waypoints.size === 0)
        throw new Refusal("NoSegment", `Could not find a matching segment for coordinate ${index}`);
      return [...waypoints.values()].slice(0, count);
    });
  }

  const services: Readonly<
    Record<string, (costing: string, points: Point[], query: URLSearchParams) => Promise<object>>
  > = {
    async nearest(costing, points, query) {
      take(query, ["number"]);
      if (points.length !== 1) throw new Refusal("InvalidOptions", "Only one coordinate is supported");
      return { waypoints: (await snap(costing, points, wholeOption(query, "number", 1)))[0] };
    },
    async table(costing, points, query) {
      take(query, ["sources", "destinations", "annotations"]);
      const [from, to] = [
        rowsOption(query, "sources", points.length),
        rowsOption(query, "destinations", points.length),
      ];
      if (from.length * to.length > maxTableSize ** 2) throw new Refusal("TooBig", "Too many table coordinates");
      const annotations = (query.get("annotations") ?? "duration").split(",");
      if (annotations.some((one) => one !== "duration" && one !== "distance"))
        throw new Refusal("InvalidOptions", "annotations must be duration, distance or both");
      const waypoints = (await snap(costing, points, 1)).map(([first]) => first);
      const at = (rows: number[]) => rows.map((row) => points[row]!);
      const table = await engine.table(costing, at(from), at(to), forever);
      return {
        sources: from.map((row) => waypoints[row]),
        destinations: to.map((row) => waypoints[row]),
        ...(annotations.includes("duration") && { durations: rowsOf(table, "seconds", to.length) }),
        ...(annotations.includes("distance") && { distances: rowsOf(table, "metres", to.length) }),
      };
    },
    async route(costing, points, query) {
      take(query, ["steps", "geometries", "overview", "alternatives", "annotations"]);
      if (points.length < 2) throw new Refusal("InvalidOptions", "Number of coordinates needs to be at least two.");
      const steps = query.get("steps") === "true";
      const geometries = query.get("geometries") ?? "polyline";
      const shape = { polyline: "polyline5", polyline6: "polyline6", geojson: "geojson" }[geometries];
      if (!shape) throw new Refusal("InvalidOptions", "geometries must be polyline, polyline6 or geojson");
      const waypoints = (await snap(costing, points, 1)).map(([first]) => first);
      const answer = (await actor.route({
        locations: points.map(({ latitude, longitude }) => ({ lat: latitude, lon: longitude })),
        costing,
        format: "osrm",
        shape_format: shape,
        directions_type: steps ? "maneuvers" : "none",
      })) as { routes: { geometry?: unknown; legs: { steps?: unknown[] }[] }[] };
      for (const route of answer.routes) {
        if (query.get("overview") === "false") delete route.geometry;
        if (!steps) for (const leg of route.legs) leg.steps = [];
      }
      return { routes: answer.routes, waypoints };
    },
  };

  const answer = async (path: string): Promise<object> => {
    const url = new URL(path, "http://front");
    const [, service = "", version, profile = "", coordinates = ""] =
      /^\/([^/]+)\/([^/]+)\/([^/]+)\/(.+?)(?:\.json)?$/.exec(decodeURIComponent(url.pathname)) ?? [];
    if (version === undefined) throw new Refusal("InvalidUrl", "URL string malformed: /service/v1/profile/coordinates");
    if (!Object.hasOwn(services, service)) throw new Refusal("InvalidService", `Service ${service} not found!`);
    if (version !== "v1") throw new Refusal("InvalidVersion", `Service ${service} has version v1, not ${version}`);
    const costing = Object.hasOwn(COSTINGS, profile) ? COSTINGS[profile]! : undefined;
    if (costing === undefined)
      throw new Refusal("InvalidValue", `Profile ${profile} is none of ${Object.keys(COSTINGS).join(", ")}`);
    return { code: "Ok", ...(await services[service]!(costing, pointsOf(coordinates), url.searchParams)) };
  };

  const server = createServer((request, response) => {
    const send = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
      response.end(JSON.stringify(body));
    };
    if (request.method !== "GET") {
      send(405, { code: "InvalidUrl", message: "Only GET is answered" });
      return;
    }
    answer(request.url ?? "/").then(
      (body) => send(200, body),
      (error: Error) => send(400, refusalOf(error)),
    );
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

interface Located {
  readonly edges:
    | readonly {
        readonly correlated_lat: number;
        readonly correlated_lon: number;
        readonly edge_info?: { readonly names?: readonly string[] };
      }[]
    | null;
}

function refusalOf(error: Error): { code: string; message: string } {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (/No path could be found/i.test(error.message))
    return { code: "NoRoute", message: "Impossible route between points" };
  if (error instanceof RoadError && error.fault === "off_road") return { code: "NoSegment", message: error.message };
  if (error instanceof URIError) return { code: "InvalidUrl", message: error.message };
  return { code: "InvalidQuery", message: error.message };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
}

/** Coordinates as `longitude,latitude;...`, `polyline(...)` or `polyline6(...)`. */
function pointsOf(text: string): Point[] {
  const [, digits, encoded] = /^polyline(6?)\((.*)\)$/.exec(text) ?? [];
  const points =
    encoded === undefined
      ? text.split(";").map((pair) => {
          const [longitude, latitude, more] = pair
            .split(",")
            .map((word) => (word.trim() === "" ? Number.NaN : Number(word)));
          return { latitude: more === undefined ? (latitude ?? Number.NaN) : Number.NaN, longitude: longitude! };
        })
      : polyline.decode(encoded, digits === "6" ? 6 : 5).map(([latitude, longitude]) => ({ latitude, longitude }));
  if (points.some(({ latitude, longitude }) => !(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)))
    throw new Refusal(
      "InvalidQuery",
      "Query string malformed: coordinates must be longitude,latitude;longitude,latitude",
    );
  return points;
}

/** Refuses options that are not `known`. */
function take(query: URLSearchParams, known: readonly string[]): void {
  const other = [...query.keys()].find((key) => !known.includes(key) && !IGNORED.includes(key));
  if (other !== undefined)
    throw new Refusal("InvalidOptions", `Option ${other} is not answered; known are ${known.join(", ")}`);
}

function wholeOption(query: URLSearchParams, key: string, usual: number): number {
  const value = Number(query.get(key) ?? usual);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Refusal("InvalidOptions", `${key} must be a whole number from 1`);
}

/** Rows named as `0;2;5`, or all of them. */
function rowsOption(query: URLSearchParams, key: string, count: number): number[] {
  const text = query.get(key) ?? "all";
  if (text === "all") return Array.from({ length: count }, (_, row) => row);
  const rows = text.split(";").map((word) => (/^\d{1,9}$/.test(word) ? Number(word) : -1));
  if (rows.some((row) => row < 0 || row >= count))
    throw new Refusal("InvalidOptions", `${key} must be indexes below ${count}`);
  return rows;
}

function rowsOf(table: RoadTable, values: keyof RoadTable, columns: number): (number | null)[][] {
  const rows: (number | null)[][] = [];
  for (let at = 0; at < table[values].length; at += columns)
    rows.push(Array.from(table[values].subarray(at, at + columns), (value) => (value < 0 ? null : value)));
  return rows;
}
