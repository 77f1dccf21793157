// engineer_tier: attendance and output against the target put an engineer into tier A, B, C or D. Soft.
// Business reason: reliable engineers are served first, but even D scores something, so that everybody gets work.
import { TIER_A_SCORE, TIER_B_SCORE, TIER_C_SCORE, TIER_D_SCORE } from "../gen/curves";
import { engineerOutput, neutralScore, tierA, tierB, tierC, tierWeight } from "../gen/layout";
import { at } from "../memory/cells";
import { costOfScore } from "./score";

/** Ticks of the engineer's tier. */
export function engineerTier(engineer: i32): i32 {
  return costOfScore(tierWeight, score(at(engineerOutput, engineer)));
}

function score(percent: i32): i32 {
  if (percent < 0) return neutralScore;
  if (percent >= tierA) return TIER_A_SCORE;
  if (percent >= tierB) return TIER_B_SCORE;
  return percent >= tierC ? TIER_C_SCORE : TIER_D_SCORE;
}
