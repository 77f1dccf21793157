// Travel of the command line: `--travel` in place of the request's, and the tables that a check needs.
import { toBinary } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { ROAD_DEFAULTS, type RoadSetup, travelChoice } from "../server/roads/road-setup.ts";
import type { RoadPurpose, RoadTravel } from "../server/roads/road-task.ts";
import { asksRoadEngine } from "../solver/travel/travel.ts";
import { UsageError } from "./failure.ts";

/** What a command may do with road engines: whoever runs it could ask them without it. */
export function commandRoads(roads: Partial<RoadSetup>): RoadSetup {
  return { ...ROAD_DEFAULTS, ...roads, allowed: "any" };
}

/** Puts the travel in words in place of the request's own, and returns what the road engines need. Throws UsageError. */
export function overrideTravel(request: AssignRequest, words: string | undefined): Partial<RoadSetup> {
  if (words === undefined) return {};
  try {
    const { travel, setup } = travelChoice(words);
    const greatCircleFallback = request.travel?.greatCircleFallback ?? false;
    if (travel) request.travel = { ...travel, greatCircleFallback };
    else delete request.travel;
    return setup;
  } catch (error) {
    throw new UsageError(`--travel ${JSON.stringify(words)}: ${(error as Error).message}`);
  }
}

/** What the road engine that a request names says of its places; undefined where it names none. Rejects with RequestError. */
export async function roadTravelOf(
  request: AssignRequest,
  roads: Partial<RoadSetup>,
  purpose: RoadPurpose,
): Promise<RoadTravel | undefined> {
  if (!asksRoadEngine(request)) return undefined;
  const { createRoadDesk } = await import("../server/roads/road-desk.ts");
  const desk = createRoadDesk(commandRoads(roads));
  try {
    const patience = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
    return await desk.travel(toBinary(AssignRequestSchema, request), patience, purpose);
  } finally {
    await desk.close();
  }
}
