// Reads answers in the form of OSRM's HTTP interface version 5, which Valhalla gives too; what does not fit is called nonsense.
import { z } from "zod";
import { RoadError, type RoadStep, type RoadTable, type RoadWay } from "./engine.ts";

const cells = z.array(z.array(z.number().min(0).max(1e9).nullable()));
const tableSchema = z.object({ durations: cells, distances: cells });
const step = z.looseObject({
  duration: z.number().min(0),
  distance: z.number().min(0),
  name: z.string().default(""),
  mode: z.string().default("driving"),
  maneuver: z.looseObject({ type: z.string(), location: z.tuple([z.number(), z.number()]) }),
});
const wayOf = z.object({
  duration: z.number().min(0),
  distance: z.number().min(0),
  geometry: z.string(),
  legs: z.array(z.object({ steps: z.array(step).default([]) })).length(1),
});
const waySchema = z.object({ routes: z.array(wayOf).min(1) });

/** Fields of a step that osrm-text-instructions reads. */
const STEP_FIELDS = ["ref", "destinations", "exits", "rotary_name", "junction_name", "driving_side"];

function read<T>(schema: z.ZodType<T>, answer: unknown, engine: string, what: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const at = path.length > 0 ? ` at ${path.join(".")}` : "";
  throw new RoadError("nonsense", `${engine} answered something that is not a ${what}${at}: ${message}`);
}

/** A table of `sources` rows and `destinations` columns. Throws RoadError. */
export function readTable(answer: unknown, sources: number, destinations: number, engine: string): RoadTable {
  const { durations, distances } = read(tableSchema, answer, engine, "table");
  const flat = (rows: readonly (readonly (number | null)[])[], name: string) => {
    if (rows.length !== sources || rows.some((row) => row.length !== destinations))
      throw new RoadError("nonsense", `${engine} answered a table whose ${name} are not ${sources} x ${destinations}`);
    return Float64Array.from(rows.flat(), (value) => value ?? -1);
  };
  const table = { seconds: flat(durations, "durations"), metres: flat(distances, "distances") };
  for (const [cell, seconds] of table.seconds.entries())
    if (seconds < 0 || table.metres[cell]! < 0) table.seconds[cell] = table.metres[cell] = -1;
  return table;
}

/** The first of the ways of an answer about two points. Throws RoadError. */
export function readWay(answer: unknown, engine: string): RoadWay {
  const { duration, distance, geometry, legs } = read(waySchema, answer, engine, "route").routes[0]!;
  return { seconds: duration, metres: distance, geometry, steps: legs[0]!.steps.map(cutDown) };
}

function cutDown(step: z.output<typeof wayOf>["legs"][number]["steps"][number]): RoadStep {
  const { duration, distance, name, mode, maneuver } = step;
  const lanes = (step.intersections as { lanes?: unknown }[] | undefined)?.[0]?.lanes;
  const { instruction: _words, ...rest } = maneuver;
  return {
    duration,
    distance,
    name,
    mode,
    maneuver: rest as RoadStep["maneuver"],
    ...Object.fromEntries(STEP_FIELDS.filter((key) => key in step).map((key) => [key, step[key]])),
    ...(lanes !== undefined && { intersections: [{ lanes }] }),
  };
}
