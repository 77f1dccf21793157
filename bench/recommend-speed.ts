// How long one Recommend takes, inside a worker and over gRPC, on a city's day that is planned and has some orders coming in.
import { performance } from "node:perf_hooks";
import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { generateCity } from "../datasets/city.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  type RecommendRequest,
  RecommendRequestSchema,
  RecommendResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { assign } from "../server/assign.ts";
import type { DispatchClient } from "../server/client.ts";
import { createRecommender } from "../server/recommender.ts";
import type { Core } from "../solver/core.ts";

/** Milliseconds over all calls; CPU time is that of the whole process. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly cpuP50?: number;
  readonly cpuP99?: number;
}

const NO_LIMIT = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };
/** Orders that come in while the day runs. */
const INCOMING = 20;
const ITERATIONS = 5000n;

/** The encoded questions of a running day. */
export interface RunningDay {
  /** One for each call: about an order that comes in, each in a request of its own. */
  readonly served: readonly RecommendRequest[];
  /** One for each call: about the orders that came in, all in one request. */
  readonly asked: readonly Uint8Array[];
}

/** A city's day with a plan for all orders but 20, which then come in. */
export function runningDay(core: Core, orders: number, engineers: number, calls: number): RunningDay {
  const day = generateCity({ orders: orders + INCOMING, engineers, centres: 1, seed: 1 });
  day.search = create(SearchOptionsSchema, { iterations: ITERATIONS });
  const incoming = day.orders.splice(orders);
  day.currentPlan = assign(core, day, NO_LIMIT).plan!;
  const all = clone(AssignRequestSchema, day);
  all.orders.push(...incoming);
  const row = (index: number) => incoming[index % incoming.length]!;
  return {
    served: Array.from({ length: calls }, (_, index) => {
      const request = { ...day, requestId: `${index}`, orders: [...day.orders, row(index)] };
      return create(RecommendRequestSchema, { request, orderId: row(index).id });
    }),
    asked: questions(
      Array.from({ length: calls }, (_, index) =>
        create(RecommendRequestSchema, { request: all, orderId: row(index).id }),
      ),
      calls,
    ),
  };
}

/** The first `count` questions, encoded. */
export function questions(asked: readonly RecommendRequest[], count: number): Uint8Array[] {
  return asked.slice(0, count).map((question) => toBinary(RecommendRequestSchema, question));
}

/** What the worker's thread does for each question: decode, answer, encode. */
export function measureInside(core: Core, asked: readonly Uint8Array[]): Latency {
  const recommender = createRecommender();
  const cpu: number[] = [];
  const times = asked.map((bytes) => {
    const used = process.cpuUsage();
    const begun = performance.now();
    toBinary(RecommendResponseSchema, recommender.answer(core, bytes, NO_LIMIT));
    const ms = performance.now() - begun;
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
    return ms;
  });
  return { p50: share(times, 0.5), p99: share(times, 0.99), cpuP50: share(cpu, 0.5), cpuP99: share(cpu, 0.99) };
}

/** From the client's message to the client's message, one call at a time. */
export async function measureRoundTrip(client: DispatchClient, asked: readonly Uint8Array[]): Promise<Latency> {
  const times: number[] = [];
  for (const bytes of asked) {
    const question = fromBinary(RecommendRequestSchema, bytes);
    const begun = performance.now();
    await client.recommend(question);
    times.push(performance.now() - begun);
  }
  return { p50: share(times, 0.5), p99: share(times, 0.99) };
}

/** The value that so much of the list is not above. */
function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}
