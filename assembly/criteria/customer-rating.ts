// customer_rating: mean stars, shrunk to the prior, from 3 (nothing) to 5 (full). Soft, with double weight for customers with a tier.
import { engineerRatings, engineerStars, neutralScore, ratingCases, ratingPrior, ratingWeight } from "../gen/layout";
import { at } from "../memory/cells";
import { costOfScore } from "./score";

/** Ticks of the engineer's stars. */
export function customerRating(engineer: i32, vip: bool): i32 {
  return costOfScore(vip ? 2 * ratingWeight : ratingWeight, score(engineer));
}

function score(engineer: i32): i32 {
  const stars = <i64>at(engineerStars, engineer);
  if (stars < 0) return neutralScore;
  const count = <i64>at(engineerRatings, engineer);
  const shrunk = (stars * count + <i64>ratingPrior * ratingCases) / (count + ratingCases);
  // Thousandths of a star above 3, of 2000.
  return <i32>max(<i64>0, min(<i64>10000, (shrunk - 3000) * 5));
}
