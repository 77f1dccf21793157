// trust_limit: value in an engineer's care against the limit.

/** What is left of the limit against the margin that should be left, 0 to 10000. */
export function trustLimitScore(value: bigint, limit: bigint, marginPercent: number): number {
  if (value > limit) return 0;
  const margin = (limit * BigInt(marginPercent)) / 100n;
  const free = limit - value;
  return free >= margin ? 10_000 : Number((free * 10_000n) / margin);
}
