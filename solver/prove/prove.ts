// A proved lower bound of a plan's levels by column generation (Desrochers, Desrosiers & Solomon 1992): docs/bounds.md.
import type { Highs } from "highs";
import type { ExpandedProblem } from "../encode.ts";
import type { Problem } from "../model/problem.ts";
import { type LevelProof, proveLevel } from "./level.ts";
import { networksOf, type Pairs, scalarsOf } from "./network.ts";
import { provable } from "./scope.ts";

/** The plan that is compared with its bound. */
export interface ProvedPlan {
  /** Route rows of the encoded problem with the order rows that they serve, first to last. */
  readonly routes: readonly { readonly route: number; readonly orders: readonly number[] }[];
  readonly levels: readonly bigint[];
}

export interface ProveControl {
  readonly highs: Highs;
  /** Asked now and then; true ends the proof, and what is proved by then holds. */
  stopped(): boolean;
}

/** A bound of all levels, compared left to right, or why there is none. */
export type Proof =
  | { readonly levels: bigint[]; readonly kind: LevelProof["kind"]; readonly reason?: undefined }
  | { readonly levels?: undefined; readonly reason: string };

/**
 * A lower bound of the levels of every plan of the problem. Levels are bounded one after the other: a level whose bound is the plan's
 * value holds for the next one; after the first that is lower, levels have the trivial bound 0. The reason is in words for people.
 */
export function prove(
  problem: Problem,
  encoded: ExpandedProblem,
  pairs: Pairs,
  plan: ProvedPlan,
  control: ProveControl,
): Proof {
  const reason = provable(problem, encoded);
  if (reason !== undefined) return { reason };
  const networks = networksOf(encoded, pairs);
  const overtimeOn = scalarsOf(encoded.columns).overtimeOn === 1;
  const levels: bigint[] = [];
  let kind: LevelProof["kind"] = "priced-out";
  const known = plan.routes.map(({ route, orders }) => ({
    network: networks.findIndex(({ routes }) => routes.includes(route)),
    orders,
  }));
  for (const value of plan.levels) {
    let bound = 0n;
    // No measure is negative.
    if (value > 0n) {
      const proof = proveLevel({ problem, networks, overtimeOn, plan, known, level: levels.length }, control);
      if (proof === undefined) return { reason: "the costs are too large to be added up exactly" };
      ({ kind, bound } = proof);
    }
    levels.push(bound);
    if (bound < value) break;
  }
  // A bound of nothing says nothing, unless the plan costs nothing.
  if (levels.every((bound) => bound === 0n) && plan.levels.some((value) => value > 0n))
    return {
      reason: kind === "stopped" ? "the time was too short" : "without what the proof leaves out, a plan could cost 0",
    };
  while (levels.length < plan.levels.length) levels.push(0n);
  return { levels, kind };
}
