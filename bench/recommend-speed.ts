// How long one Recommend takes on a city's day that is planned and has some orders coming in; whoever answers is given.
import { performance } from "node:perf_hooks";
import { clone, create, toBinary } from "@bufbuild/protobuf";
import { generateCity } from "../datasets/city.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  type RecommendRequest,
  RecommendRequestSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Plan } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, PolicySchema, SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** Milliseconds over all calls; CPU time is that of the whole process. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly cpuP50: number;
  readonly cpuP99: number;
}

/** Orders that come in while the day runs. */
const INCOMING = 20;
const ITERATIONS = 5000n;

/** Questions about the orders that come in, one for each call. */
export interface RunningDay {
  /** Each order in a request of its own. */
  readonly apart: readonly RecommendRequest[];
  /** All orders in one request. */
  readonly together: readonly RecommendRequest[];
}

/** A city's day with a plan, by `assign`, for all orders but 20, which then come in. */
export async function runningDay(
  orders: number,
  engineers: number,
  calls: number,
  assign: (request: AssignRequest) => Promise<Plan>,
): Promise<RunningDay> {
  const day = generateCity({ orders: orders + INCOMING, engineers });
  day.search = create(SearchOptionsSchema, { iterations: ITERATIONS });
  // A running plan must not have part loans to come yet.
  day.policy = create(PolicySchema, { criteria: [{ id: "parts_borrowable", mode: CriterionMode.OFF }] });
  const incoming = day.orders.splice(orders);
  day.currentPlan = await assign(day);
  const all = clone(AssignRequestSchema, day);
  all.orders.push(...incoming);
  const ask = (requestOf: (index: number) => AssignRequest) =>
    Array.from({ length: calls }, (_, index) =>
      create(RecommendRequestSchema, {
        request: requestOf(index),
        orderId: incoming[index % incoming.length]!.id,
      }),
    );
  return {
    apart: ask((index) => ({
      ...day,
      requestId: `${index}`,
      orders: [...day.orders, incoming[index % incoming.length]!],
    })),
    together: ask(() => all),
  };
}

/** Bytes of a question. */
export const encoded = (question: RecommendRequest) => toBinary(RecommendRequestSchema, question);

/** Has every question answered, one after the other. */
export async function measureCalls<T>(questions: readonly T[], answer: (question: T) => unknown): Promise<Latency> {
  const times: number[] = [];
  const cpu: number[] = [];
  for (const question of questions) {
    const used = process.cpuUsage();
    const begun = performance.now();
    await answer(question);
    times.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  return { p50: share(times, 0.5), p99: share(times, 0.99), cpuP50: share(cpu, 0.5), cpuP99: share(cpu, 0.99) };
}

/** The value that so much of the list is not above. */
function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}
