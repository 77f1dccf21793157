// customer_rating: stars shrunk to the prior; 3 is nothing, 5 is full.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";

/** Score 0 to 10000; the prior of 0 to 10000 stands for 1 to 5 stars. */
export function customerRatingScore(engineer: Engineer, cases: number, prior: number, neutralScore: number): number {
  const { rating } = engineer;
  if (!rating) return neutralScore;
  const thousandths = BigInt(Math.round(rating.stars * 1000));
  const priorThousandths = 1000n + BigInt(Math.round((4000 * prior) / 10_000));
  const count = BigInt(rating.count);
  const shrunk = (thousandths * count + priorThousandths * BigInt(cases)) / (count + BigInt(cases));
  return Math.min(10_000, Math.max(0, Number(shrunk - 3000n) * 5));
}
