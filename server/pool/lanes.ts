// Lanes: requests of like length wait together, so that a long one never stands before a short one.
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Peek } from "./peek.ts";

/** Requests up to a length, and the threads kept for them. */
export interface Lane {
  readonly name: string;
  /** Longest estimated work, milliseconds, inclusive; the last lane takes the rest. */
  readonly upToMs: number;
  /** Threads besides the common ones that no longer request may use. */
  readonly reserved: number;
  /** Most threads that its requests use at a time, >= 1; a request that needs more by itself runs when it is the lane's only one. */
  readonly atOnce: number;
}

/**
 * Lanes from short to long, with `reserved` threads for the short one on so many `cores`. Short requests side by side on one core would all end later than
 * one after the other, and each of their threads would compile the same code.
 */
export function lanesWith(reserved: number, cores: number): readonly [Lane, ...Lane[]] {
  return [
    { name: "short", upToMs: 100, reserved, atOnce: cores },
    { name: "medium", upToMs: 2_000, reserved: 0, atOnce: Number.POSITIVE_INFINITY },
    { name: "long", upToMs: Number.POSITIVE_INFINITY, reserved: 0, atOnce: Number.POSITIVE_INFINITY },
  ];
}

/** Row of the first lane that takes work of this length. */
export function laneOf(lanes: readonly Lane[], workMs: number): number {
  return lanes.findIndex(({ upToMs }) => workMs <= upToMs);
}

// Measured on generated cities of 10 to 1,000 orders, CPU of a slow core, rounded up; docs/operations.md, "Lanes".
const FIXED_MS = 5;
const BYTE_MS = 1e-4;
const PAIR_MS = 4e-3;
const ITERATION_MS = 0.02;
const ITERATION_ORDER_MS = 1e-4;

/** What a request is expected to take in each of its threads. */
export interface Work {
  /** With all the time that the search may have, milliseconds. */
  readonly fullMs: number;
  /** Least that is worth beginning: a search may end early, an assignment not, milliseconds. */
  readonly leastMs: number;
}

/** Work of a request by its size (orders x engineers) and the time its search may take, milliseconds. */
export function estimateWork(peek: Peek, bytes: number, searchMs: number): Work {
  const readMs = FIXED_MS + bytes * BYTE_MS;
  if (peek.validateOnly) return { fullMs: readMs, leastMs: readMs };
  const firstPlanMs = readMs + peek.orders * peek.engineers * PAIR_MS;
  if (peek.search.mode === SearchOptions_Mode.MATCH) return { fullMs: firstPlanMs, leastMs: firstPlanMs };
  const iterations = peek.search.iterations > 0n ? Number(peek.search.iterations) : Number.POSITIVE_INFINITY;
  const iterationsMs = iterations * (ITERATION_MS + peek.orders * ITERATION_ORDER_MS);
  // A deadline that has passed already is work, too: refusing it.
  const fullMs = Math.max(FIXED_MS, Math.min(searchMs, firstPlanMs + iterationsMs));
  return { fullMs, leastMs: Math.min(firstPlanMs, fullMs) };
}

/** Work of judging a plan, by the bytes of request and plan. */
export function judgeWork(bytes: number): Work {
  const readMs = FIXED_MS + 2 * bytes * BYTE_MS;
  return { fullMs: readMs, leastMs: readMs };
}
