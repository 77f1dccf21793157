// Limits of one server, below those of the contract: how much of each dimension it takes from a caller.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Violation } from "../errors.ts";
import { durationMs, type Peek } from "../pool/peek.ts";

/** Most of each dimension; what is absent has the contract's limit or none. */
export interface RequestLimits {
  readonly maxOrders?: number;
  readonly maxEngineers?: number;
  /** Windows of all orders, shifts of all engineers and opening windows of all centres, together. */
  readonly maxWindows?: number;
  /** Cells of travel: places times places, or the values of the matrices given. */
  readonly maxMatrixCells?: number;
  /** Longest `search.time_limit`, milliseconds. */
  readonly maxTimeLimitMs?: number;
}

/** What the head of a request says of the limits; bodies are looked at by `bodyViolations`. */
export function headViolations(peek: Peek, limits: RequestLimits): Violation[] {
  const found: Violation[] = [];
  const list = (field: string, has: number, most: number | undefined) => {
    if (most !== undefined && has > most) found.push(tooMany(field, `must have at most ${most} entries`, has));
  };
  list("orders", peek.orders, limits.maxOrders);
  list("engineers", peek.engineers, limits.maxEngineers);
  const { timeLimit } = peek.search;
  const { maxTimeLimitMs } = limits;
  if (timeLimit && maxTimeLimitMs !== undefined && durationMs(timeLimit) > maxTimeLimitMs) {
    const description = `must be at most ${maxTimeLimitMs / 1000} s on this server, is ${durationMs(timeLimit) / 1000} s`;
    found.push({ field: "search.time_limit", description, code: "OUT_OF_RANGE" });
  }
  return found;
}

/** What the body of a request says of the limits. */
export function bodyViolations(request: AssignRequest, limits: RequestLimits): Violation[] {
  const found: Violation[] = [];
  const { maxWindows, maxMatrixCells } = limits;
  if (maxWindows !== undefined) {
    const windows =
      sum(request.orders, (order) => order.windows.length) +
      sum(request.engineers, (engineer) => engineer.shifts.length) +
      sum(request.operatingCentres, (centre) => centre.openingWindows.length);
    if (windows > maxWindows)
      found.push(
        tooMany("orders", `windows, shifts and opening windows must be at most ${maxWindows} together`, windows),
      );
  }
  if (maxMatrixCells !== undefined) {
    const source = request.travel?.source;
    const cells =
      source?.case === "matrix"
        ? sum(source.value.matrices, ({ durations, distancesM }) => durations.length + distancesM.length)
        : placesOf(request, maxMatrixCells) ** 2;
    if (cells > maxMatrixCells)
      found.push(tooMany("travel", `cells between places must be at most ${maxMatrixCells}`, cells));
  }
  return found;
}

function tooMany(field: string, rule: string, has: number): Violation {
  return { field, description: `${rule} on this server, has ${has}`, code: "TOO_MANY" };
}

/** Distinct places; they are told apart only where all of them could be too many. */
function placesOf(request: AssignRequest, maxCells: number): number {
  const places = [
    ...request.orders.map(({ place }) => place),
    ...request.operatingCentres.map(({ place }) => place),
    ...request.engineers.flatMap(({ shifts }) =>
      shifts.flatMap(({ startPlace, endPlace, breaks }) => [startPlace, endPlace, ...breaks.map(({ place }) => place)]),
    ),
  ].filter((place) => place !== undefined);
  if (places.length ** 2 <= maxCells) return places.length;
  return new Set(places.map(pointOf)).size;
}

function pointOf({ position, matrixIndex }: Place): string {
  if (position.case === "geo") return `${position.value.latitude},${position.value.longitude}`;
  if (position.case === "planar") return `${position.value.x},${position.value.y}`;
  return `${matrixIndex}`;
}

function sum<T>(list: readonly T[], count: (one: T) => number): number {
  return list.reduce((total, one) => total + count(one), 0);
}
