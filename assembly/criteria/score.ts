// Arithmetic that criteria share: curves with floor, shrunk rates, and what a score costs.
import { HALF_KNOTS, HALF_STEPS, halfKnots } from "../gen/curves";
import { ticksPerSecond } from "../gen/layout";
import { at } from "../memory/cells";

/** Score that is full. */
export const FULL: i32 = 10000;

/** Ticks of a score under a weight in seconds: floor((W * (10000 - s) + 5000) / 10000) * ticksPerSecond. */
export function costOfScore(weightS: i32, score: i32): i32 {
  return <i32>(((<i64>weightS * (FULL - score) + 5000) / 10000) * ticksPerSecond);
}

/** 2^(-x / h) as a score, x >= 0 and h > 0: linear between the knots of gen/curves.ts. */
export function half(x: i64, h: i64): i32 {
  const knot = (x * HALF_STEPS) / h;
  if (knot >= HALF_KNOTS - 1) return 0;
  const past = (x * HALF_STEPS) % h;
  const left = <i64>at(halfKnots, <i32>knot);
  const right = <i64>at(halfKnots, <i32>knot + 1);
  return <i32>((left * (h - past) + right * past) / h);
}

/** k of n cases, shrunk towards `prior` (0..10000) as if `cases` more had gone that way. */
export function rate(k: i32, n: i32, cases: i32, prior: i32): i32 {
  return <i32>((<i64>k * FULL + <i64>cases * prior) / (<i64>n + cases));
}
