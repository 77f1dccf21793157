// Changes a right answer in one field at a time: each time the checker has to find something.
import { equals, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  type AssignResponse,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";

/** The new value of a field; undefined takes it away. */
export type Change = (old: JsonValue) => JsonValue | undefined;

/** Paths of fields that may be changed without a finding, those left out that say nothing (`free`). */
export function changesWithoutFinding(
  request: AssignRequest,
  good: AssignResponse,
  to: Change,
  free: RegExp,
): string[] {
  const goodJson = toJson(AssignResponseSchema, good);
  const missed: string[] = [];
  for (const path of leaves(goodJson)) {
    const json = structuredClone(goodJson);
    change(json, path, to);
    let response: AssignResponse;
    try {
      response = fromJson(AssignResponseSchema, json);
    } catch {
      continue; // not a plan at all
    }
    // Whatever it is, it must not throw.
    const found = checkResponse(request, response);
    const isSame = equals(AssignResponseSchema, response, good) || free.test(path.join("."));
    if (!isSame && found.length === 0) missed.push(path.join("."));
  }
  return missed;
}

/** A second, a unit or a letter more. */
export function nudged(old: JsonValue): JsonValue {
  if (typeof old === "number") return old + 1;
  if (typeof old !== "string") return !old;
  if (/^\d+s$/.test(old)) return `${Number.parseInt(old, 10) + 1}s`;
  if (/^\d+$/.test(old)) return `${Number(old) + 1}`;
  if (/^\d{4}-.*Z$/.test(old)) return new Date(Date.parse(old) + 1000).toISOString();
  return `${old}x`;
}

/** Every leaf of the JSON, as a path. */
function leaves(value: JsonValue, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function change(json: JsonValue, path: string[], to: Change): void {
  // biome-ignore lint/suspicious/noExplicitAny: walks JSON of any shape
  let holder: any = json;
  for (const key of path.slice(0, -1)) holder = holder[key];
  const key = path.at(-1)!;
  const value = to(holder[key]);
  if (value === undefined) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  } else holder[key] = value;
}
