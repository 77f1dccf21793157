// One call with road travel: tables before the solve and ways after it, all of it within the call's time.
import { fromBinary } from "@bufbuild/protobuf";
import { AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { UnassignedReason_Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { RequestError } from "../errors.ts";
import type { Peek } from "../pool/peek.ts";
import { monotonicMs } from "../pool/task.ts";
import type { RoadDesk } from "./road-desk.ts";
import type { RoadPurpose, RoadTravel } from "./road-task.ts";

/** What the call is and may take. */
export interface RoadCall {
  /** Encoded AssignRequest with its travel. */
  readonly request: Uint8Array;
  readonly purpose: RoadPurpose;
  readonly peek: Peek;
  /** Milliseconds from now until the caller must have the answer; Infinity: none. */
  readonly deadlineMs: number;
  /** Milliseconds for the call from now; Infinity: no limit. */
  readonly timeLimitMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onRoadTravel: ((road: RoadTravel) => void) | undefined;
}

/** What is left for the solve. */
export interface RoadLeave {
  readonly deadlineMs: number;
  readonly timeLimitMs: number;
  /** Absent: the request names no road engine, or is invalid, which the solve will say. */
  readonly road: RoadTravel | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Calls `solve` with what the road engine says, and describes the legs of its answer where the request asks for that. Tables may take half of
 * the time, and ways what is kept for them. Where legs were held back a plan that leaves orders out is made once more, with all of their legs.
 */
export async function withRoads(
  desk: RoadDesk,
  { request, purpose, peek, deadlineMs, timeLimitMs, signal, onRoadTravel }: RoadCall,
  solve: (leave: RoadLeave) => Promise<Bytes>,
): Promise<Bytes> {
  const byRoad = peek.travel === "osrm" || peek.travel === "valhalla";
  const describes = peek.directions && !peek.validateOnly;
  if (peek.validateOnly || (!byRoad && !describes)) return solve({ deadlineMs, timeLimitMs, road: undefined });
  const begun = monotonicMs();
  const whole = Math.min(deadlineMs, timeLimitMs);
  const patience = signal ?? new AbortController().signal;
  const waysMs = byRoad && describes && Number.isFinite(whole) ? Math.min(3_000, whole / 4) : 0;
  const road = byRoad
    ? await desk.travel(request, { deadline: begun + whole / 2, signal: patience }, purpose)
    : undefined;
  if (road) onRoadTravel?.(road);
  const leave = (until: number, known: RoadTravel | undefined): RoadLeave => {
    const spentMs = monotonicMs() - begun + waysMs;
    const leftMs = (limitMs: number) => (limitMs - spentMs) * until;
    return { deadlineMs: leftMs(deadlineMs), timeLimitMs: leftMs(timeLimitMs), road: known };
  };
  let response = await solve(leave(road?.heldBack ? 0.5 : 1, road));
  const left = road?.heldBack ? leftOutIn(response) : [];
  if (road && left.length > 0) {
    // Before an order is left out all of its legs are known.
    const untilMs = begun + whole - (begun + whole - monotonicMs()) / 2;
    const more = await desk.travel(request, { deadline: untilMs, signal: patience }, purpose, left);
    if (more) {
      more.report.calls += road.report.calls;
      onRoadTravel?.(more);
      response = await solve(leave(1, more));
    }
  }
  return describes ? desk.directions(request, response, { deadline: begun + whole, signal: patience }) : response;
}

/** Ids of the orders that a plan leaves out, but for broken ones. */
function leftOutIn(response: Uint8Array): string[] {
  const { plan } = fromBinary(AssignResponseSchema, response);
  return (plan?.unassigned ?? []).flatMap(({ orderId, reasons }) =>
    reasons.some(({ code }) => code === UnassignedReason_Code.INVALID_INPUT) ? [] : [orderId],
  );
}

/** Lets at most `limit` calls in at a time. */
export function roadAdmission(limit: number): <T>(call: () => Promise<T>) => Promise<T> {
  let inside = 0;
  return async (call) => {
    if (inside >= limit)
      throw new RequestError("RESOURCE_EXHAUSTED", `${inside} requests with road travel are under way`, [], 1_000);
    inside++;
    try {
      return await call();
    } finally {
      inside--;
    }
  };
}
