// Valhalla, over HTTP or in this process: both take the same questions and give the same answers.
import { readTable, readWay } from "./answers.ts";
import { type Point, type RoadEngine, RoadError, type RoadTable } from "./engine.ts";
import { askJson, HTTP_DEFAULTS, type HttpOptions, wordsOf } from "./http.ts";

/** Puts one question to Valhalla; resolves with its answer, rejects with RoadError. */
export type AskValhalla = (
  action: "route" | "sources_to_targets" | "locate",
  question: object,
  signal: AbortSignal,
) => Promise<unknown>;

/**
 * Pairs of a table that the matrix leaves open and that are asked for one by one; a table search gives up far ways that a search for one
 * way finds.
 */
const MAX_FILLED = 100;

const location = ({ latitude, longitude }: Point) => ({ lat: latitude, lon: longitude });

/** A Valhalla behind `ask`. */
export function valhallaEngine(name: string, ask: AskValhalla, block: RoadEngine["block"]): RoadEngine {
  const way: RoadEngine["way"] = async (costing, from, to, steps, signal) => {
    const question = {
      locations: [location(from), location(to)],
      costing,
      format: "osrm",
      shape_format: "polyline6",
      directions_type: steps ? "maneuvers" : "none",
    };
    try {
      return readWay(await ask("route", question, signal), name);
    } catch (error) {
      if (isNoPath(error)) return undefined;
      throw error;
    }
  };

  /** Asks for the ways that the table does not know, except of places that have none at all. */
  async function fill(
    table: RoadTable,
    costing: string,
    sources: readonly Point[],
    targets: readonly Point[],
    signal: AbortSignal,
  ) {
    const hopeless = { from: new Set<number>(), to: new Set<number>() };
    let asked = 0;
    for (const [cell, seconds] of table.seconds.entries()) {
      const [from, to] = [Math.floor(cell / targets.length), cell % targets.length];
      if (seconds >= 0 || hopeless.from.has(from) || hopeless.to.has(to) || asked === MAX_FILLED) continue;
      asked++;
      const found = await way(costing, sources[from]!, targets[to]!, false, signal);
      if (found) {
        table.seconds[cell] = Math.floor(found.seconds);
        table.metres[cell] = found.metres;
      } else {
        hopeless.from.add(from);
        hopeless.to.add(to);
      }
    }
  }

  return {
    name,
    block,
    way,
    async table(costing, sources, destinations, signal) {
      // With fewer targets than sources Valhalla 3.6.1 searches backwards, and is off by minutes: a target is repeated.
      const columns = Math.max(sources.length, destinations.length);
      const repeated = Array.from({ length: columns }, (_, column) => destinations[column] ?? destinations[0]!);
      const question = { sources: sources.map(location), targets: repeated.map(location), costing, format: "osrm" };
      const table = await ask("sources_to_targets", question, signal).then(
        (answer) => firstColumns(readTable(answer, sources.length, columns, name), columns, destinations.length),
        (error) => {
          // A table of which no cell is known is no table to Valhalla.
          if (isNoPath(error)) return noWays(sources.length * destinations.length);
          throw error;
        },
      );
      await fill(table, costing, sources, destinations, signal);
      return table;
    },
    async onRoad(costing, points, signal) {
      const answer = await ask("locate", { locations: points.map(location), costing }, signal);
      if (!Array.isArray(answer) || answer.length !== points.length)
        throw new RoadError("nonsense", `${name} answered something that is not a list of ${points.length} places`);
      return answer.map((found) => (found as { edges?: unknown[] | null }).edges?.length !== undefined);
    },
  };
}

const isNoPath = (error: unknown) => error instanceof RoadError && /No path could be found/i.test(error.message);

/** The first `kept` of `columns` columns. */
function firstColumns({ seconds, metres }: RoadTable, columns: number, kept: number): RoadTable {
  const cut = (values: Float64Array) => values.filter((_, cell) => cell % columns < kept);
  return { seconds: cut(seconds), metres: cut(metres) };
}

function noWays(cells: number): RoadTable {
  return { seconds: new Float64Array(cells).fill(-1), metres: new Float64Array(cells).fill(-1) };
}

/** What Valhalla's words mean. */
export function faultOf(words: string): RoadError["fault"] {
  if (/No suitable edges/i.test(words)) return "off_road";
  if (/Exceeded max/i.test(words)) return "too_big";
  return "refused";
}

/** A Valhalla server at `root`. */
export function valhallaServer(name: string, root: string, options: HttpOptions = HTTP_DEFAULTS): RoadEngine {
  const ask: AskValhalla = async (action, question, signal) => {
    const url = new URL(`${root.replace(/\/+$/, "")}/${action}`);
    const { status, body } = await askJson(url, JSON.stringify(question), options, signal);
    if (status < 400) return body;
    const words = wordsOf(body);
    throw new RoadError(faultOf(words), `${name} answered HTTP ${status}: ${words}`);
  };
  // The service's own limit is 2,500 pairs.
  return valhallaEngine(name, ask, { sources: 50, destinations: 50 });
}
