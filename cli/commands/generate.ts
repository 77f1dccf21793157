// shanpai generate: requests and days from a seed.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { LENDERS } from "../../datasets/city/lending.ts";
import { generateCity } from "../../datasets/city.ts";
import { dayText } from "../../datasets/day/day-file.ts";
import { generateDay } from "../../datasets/day/generated.ts";
import { crossingsOf, roadDay } from "../../datasets/road-day.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, writeText } from "../files.ts";
import { file, oneOf, parseOptions, whole } from "../options.ts";

const schema = z.object({
  orders: whole(0, 50_000),
  engineers: whole(1, 20_000),
  centres: whole(1, 1_000),
  seed: whole(0, 2 ** 32 - 1),
  vanStock: whole(0, 100),
  lenders: oneOf(...LENDERS),
  centreStock: z.boolean(),
  output: file.optional(),
});

/** Writes a day of the city as a request, or as a day file; returns the exit code. */
export async function generate(what: "city" | "day", raw: object): Promise<number> {
  const { output, ...city } = parseOptions(schema, raw);
  if (city.engineers < city.centres)
    throw new UsageError(`--engineers "${city.engineers}": must be at least one for each of ${city.centres} centres`);
  await writeText(
    output,
    what === "city" ? jsonText(AssignRequestSchema, generateCity(city)) : dayText(generateDay(city)),
  );
  return EXIT.ok;
}

const roadDaySchema = z.object({
  nodes: file,
  pickups: file,
  orders: whole(0, 50_000),
  engineers: whole(1, 10_000),
  seed: whole(0, 2 ** 32 - 1),
  output: file.optional(),
});

/** Writes a day on a road network as a request; returns the exit code. */
export async function generateRoadDay(raw: object): Promise<number> {
  const { nodes, pickups, output, ...size } = parseOptions(roadDaySchema, raw);
  const crossings = crossingsOf(await readFile(nodes, "utf8"));
  if (crossings.length === 0) throw new UsageError(`--nodes ${JSON.stringify(nodes)}: has no rows with lon and lat`);
  const request = roadDay({ crossings, pickupsCsv: await readFile(pickups, "utf8"), ...size });
  await writeText(output, jsonText(AssignRequestSchema, request));
  return EXIT.ok;
}
