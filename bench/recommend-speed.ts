// How long one Recommend takes, inside a worker and over gRPC, on a city's day whose engineers all have full routes.
import { performance } from "node:perf_hooks";
import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  RecommendRequestSchema,
  RecommendResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { DispatchClient } from "../server/client.ts";
import { recommend } from "../server/recommend.ts";
import type { Core } from "../solver/core.ts";

/** Milliseconds over all calls. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

const NO_LIMIT = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };

/** Encoded questions about `count` orders of the request in turn, each taken out of the running plan first. */
export function questions(request: AssignRequest, count: number): Uint8Array[] {
  const served = request.currentPlan!.routes.flatMap(({ stops }) => stops.flatMap(({ orderId }) => orderId || []));
  return Array.from({ length: count }, (_, index) =>
    toBinary(
      RecommendRequestSchema,
      create(RecommendRequestSchema, { request, orderId: served[index % served.length]!, limit: 5 }),
    ),
  );
}

/** What the worker's thread does for each question: decode, answer, encode. */
export function measureInside(core: Core, asked: readonly Uint8Array[]): Latency {
  return latencyOf(
    asked.map((bytes) => {
      const begun = performance.now();
      const answer = recommend(core, fromBinary(RecommendRequestSchema, bytes), NO_LIMIT);
      toBinary(RecommendResponseSchema, answer);
      return performance.now() - begun;
    }),
  );
}

/** From the client's message to the client's message, one call at a time. */
export async function measureRoundTrip(client: DispatchClient, asked: readonly Uint8Array[]): Promise<Latency> {
  const times: number[] = [];
  for (const bytes of asked) {
    const request = fromBinary(RecommendRequestSchema, bytes);
    const begun = performance.now();
    await client.recommend(request);
    times.push(performance.now() - begun);
  }
  return latencyOf(times);
}

/** The request with the plan of its answer as the running one. */
export function running(request: AssignRequest, plan: NonNullable<AssignRequest["currentPlan"]>): AssignRequest {
  const day = clone(AssignRequestSchema, request);
  day.currentPlan = plan;
  return day;
}

function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { p50: at(0.5), p99: at(0.99) };
}
