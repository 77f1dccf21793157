// Curves of the criteria as docs/criteria.md defines them, from the catalogue's knots.
import type { Rate } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { HALF_KNOTS, HALF_STEPS } from "../curves.ts";

const FULL = 10_000n;

/** Halves with every `halfLife`, from 10000 at 0. */
export function halved(value: number, halfLife: number): number {
  const position = BigInt(value) * BigInt(HALF_STEPS);
  const width = BigInt(halfLife);
  const before = position / width;
  if (before >= BigInt(HALF_KNOTS.length - 1)) return 0;
  const high = BigInt(HALF_KNOTS[Number(before)]!);
  const low = BigInt(HALF_KNOTS[Number(before) + 1]!);
  // High minus the way down, rounded up: the value itself rounded down.
  const down = (high - low) * (position - before * width);
  return Number(high - (down + width - 1n) / width);
}

/** Successes of cases with `weight` more cases that go like the prior, 0 to 10000. */
export function shrunkRate(rate: Rate | undefined, weight: number, prior: number): number {
  const successes = BigInt(rate?.successes ?? 0) * FULL + BigInt(weight) * BigInt(prior);
  return Number(successes / BigInt((rate?.total ?? 0) + weight));
}
