// OSRM over HTTP: tables in blocks within the server's limit, and single ways with geometry and steps.
import { readTable, readWay } from "./answers.ts";
import { type Point, type RoadEngine, RoadError } from "./engine.ts";
import { askJson, HTTP_DEFAULTS, type HttpAnswer, type HttpOptions, wordsOf } from "./http.ts";

/** The server's own default of --max-table-size, which limits sources times destinations to its square. */
const MAX_TABLE_SIZE = 100;

/** An OSRM server; `rootOf` gives the root of the server that has a profile. */
export function osrmEngine(
  name: string,
  rootOf: (profile: string) => string,
  options: HttpOptions = HTTP_DEFAULTS,
): RoadEngine {
  const ask = async (
    service: string,
    profile: string,
    points: readonly Point[],
    query: object,
    signal: AbortSignal,
  ) => {
    const root = rootOf(profile).replace(/\/+$/, "");
    const coordinates = points.map(({ longitude, latitude }) => `${longitude},${latitude}`).join(";");
    const url = new URL(`${root}/${service}/v1/${encodeURIComponent(profile)}/${coordinates}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    return askJson(url, undefined, options, signal);
  };
  return {
    name,
    block: { sources: MAX_TABLE_SIZE, destinations: MAX_TABLE_SIZE },
    async table(profile, sources, destinations, signal) {
      const rows = (first: number, count: number) => Array.from({ length: count }, (_, row) => first + row).join(";");
      const answer = await ask(
        "table",
        profile,
        [...sources, ...destinations],
        {
          sources: rows(0, sources.length),
          destinations: rows(sources.length, destinations.length),
          annotations: "duration,distance",
        },
        signal,
      );
      return readTable(bodyOf(name, answer), sources.length, destinations.length, name);
    },
    async way(profile, from, to, steps, signal) {
      const query = { steps, geometries: "polyline6", overview: "full", alternatives: false };
      const answer = await ask("route", profile, [from, to], query, signal);
      if (codeOf(answer) === "NoRoute") return undefined;
      return readWay(bodyOf(name, answer), name);
    },
    onRoad: (profile, points, signal) =>
      Promise.all(
        points.map(async (point) => {
          const answer = await ask("nearest", profile, [point], { number: 1 }, signal);
          if (codeOf(answer) === "NoSegment") return false;
          bodyOf(name, answer);
          return true;
        }),
      ),
  };
}

function codeOf({ body }: HttpAnswer): unknown {
  return (body as { code?: unknown } | null)?.code;
}

/** The body of an answer that says Ok. Throws RoadError. */
function bodyOf(name: string, answer: HttpAnswer): unknown {
  const code = codeOf(answer);
  if (answer.status < 400 && code === "Ok") return answer.body;
  const words = `${name} answered HTTP ${answer.status}: ${wordsOf(answer.body)}`;
  if (code === "TooBig") throw new RoadError("too_big", words);
  if (code === "NoSegment") throw new RoadError("off_road", words);
  throw new RoadError(typeof code === "string" || answer.status >= 400 ? "refused" : "nonsense", words);
}
