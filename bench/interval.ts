// The mean of some values and how well it is known.
import jStat from "jstat";

export interface MeanWithInterval {
  /** Null for no values. */
  readonly mean: number | null;
  /** 95 % confidence interval of the mean by Student's t: plus and minus t(0.975, n - 1) standard errors; null for fewer than two values. */
  readonly interval: readonly [number, number] | null;
}

export function meanWithInterval(values: readonly number[]): MeanWithInterval {
  const count = values.length;
  if (count === 0) return { mean: null, interval: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, interval: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = jStat.studentt.inv(0.975, count - 1) * Math.sqrt(variance / count);
  return { mean, interval: [mean - half, mean + half] };
}
