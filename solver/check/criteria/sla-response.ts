// sla_response: how far a visit ends after the promise.

/** The longest slip that is told apart, ticks. */
const MOST_TICKS = 2 ** 29 - 1;

/** 10000 up to the promise, 0 from `worst` ticks after it on. */
export function slaResponseScore(slip: number, worst: number): number {
  const last = BigInt(Math.min(worst, MOST_TICKS));
  if (slip <= 0) return 10_000;
  const left = last - BigInt(slip);
  return left <= 0n ? 0 : Number((10_000n * left) / last);
}
