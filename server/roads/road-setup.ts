// What a server or command may do with road engines, and the travel of requests that name none.
import { statSync } from "node:fs";
import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  AssignRequestSchema,
  EvaluateRequestSchema,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Travel, TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import type { RoadPurpose } from "./road-task.ts";

/** Settings of road engines; plain data, for a thread of their own. */
export interface RoadSetup {
  /** Root of the OSRM server for requests that name OSRM without one. */
  readonly osrmUrl?: string;
  /** Folder of Valhalla's tiles for requests that ask for it in-process. */
  readonly valhallaTiles?: string;
  /** Roots that requests may name; "any": all. */
  readonly allowed: readonly string[] | "any";
  /** Longest wait for one answer of a server, milliseconds. */
  readonly timeoutMs: number;
  /** How often a question that was not answered is asked again. */
  readonly retries: number;
  /** Questions on their way to one server at a time. */
  readonly concurrency: number;
  /** Most legs one request may ask for. */
  readonly maxPairs: number;
  /** Most pairs of points that the cache keeps. */
  readonly cachePairs: number;
  /** Points of one H3 cell of this resolution share times, 0 to 15; absent: every point its own. */
  readonly cellResolution?: number;
}

/** Settings where nothing else is said: requests may name no road engine. */
export const ROAD_DEFAULTS: RoadSetup = {
  allowed: [],
  timeoutMs: 10_000,
  retries: 2,
  concurrency: 4,
  maxPairs: 4_000_000,
  cachePairs: 2_000_000,
};

/** What a travel source in words means: the travel of requests that name none, and what it takes. */
export interface TravelChoice {
  /** Absent: great circle, as the contract says. */
  readonly travel?: Travel;
  readonly setup: Partial<Pick<RoadSetup, "osrmUrl" | "valhallaTiles" | "allowed">>;
}

/** The forms of a travel source in words. */
export const TRAVEL_WORDS = "great_circle, osrm:URL, valhalla:URL or valhalla:FOLDER";

/** Reads `great_circle`, `osrm:URL`, `valhalla:URL` or `valhalla:FOLDER`. Throws an Error that says what is wrong. */
export function travelChoice(words: string): TravelChoice {
  if (words === "great_circle") return { setup: {} };
  const [, kind, where] = /^(osrm|valhalla):(.+)$/.exec(words) ?? [];
  if (kind === undefined || where === undefined) throw new Error(`must be ${TRAVEL_WORDS}`);
  if (/^https?:\/\//.test(where)) {
    if (!isHttpUrl(where)) throw new Error(`${where} is not a URL`);
    const travel = create(TravelSchema, { source: { case: kind as "osrm" | "valhalla", value: { baseUrl: where } } });
    return { travel, setup: kind === "osrm" ? { osrmUrl: where, allowed: [where] } : { allowed: [where] } };
  }
  if (kind === "osrm") throw new Error("osrm: takes the URL of a server");
  if (!statSync(where, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${where} is not a folder of tiles; make one with: shanpai roads build FILE.osm.pbf`);
  return {
    travel: create(TravelSchema, { source: { case: "valhalla", value: {} } }),
    setup: { valhallaTiles: where },
  };
}

/** True for the root of an HTTP server without query or fragment. */
export function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return ["http:", "https:"].includes(protocol) && search + hash + username + password === "";
}

/** The encoded request of a call with this travel in it. */
export function withTravelFor(purpose: RoadPurpose, asked: Uint8Array, travel: Travel): Uint8Array {
  if (purpose === "assign") return withTravel(asked, travel);
  const { request: field } = (purpose === "evaluate" ? EvaluateRequestSchema : RecommendRequestSchema).field;
  const inner = withTravel(new Uint8Array(), travel);
  const more = new BinaryWriter().tag(field.number, WireType.LengthDelimited).bytes(inner).finish();
  return Buffer.concat([asked, more]);
}

/** An encoded AssignRequest with this travel; what the request says of its own travel, other than a source, is kept. */
function withTravel(request: Uint8Array, travel: Travel): Uint8Array {
  const { travel: field } = AssignRequestSchema.field;
  // Encoded occurrences of one message field, put one after the other, decode to their merge.
  const more = new BinaryWriter()
    .tag(field.number, WireType.LengthDelimited)
    .bytes(toBinary(TravelSchema, travel))
    .finish();
  return Buffer.concat([request, more]);
}
