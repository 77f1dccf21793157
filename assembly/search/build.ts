// What only a search asks for, built when one begins: rounds, and questions about a problem, do without it.
import { buildGenetic } from "../genetic/genetic";
import { buildExchange } from "./exchange";
import { buildLikelyRoutes } from "./likely-routes";
import { hasCandidates } from "./near-engineers";
import { buildNeighbours } from "./neighbours";
import { looksLikely } from "./place-cache";
import { buildPool } from "./pool";
import { buildRecreate } from "./recreate";
import { buildRuin } from "./ruin";

/** Builds it for the problem that is bound. */
export function buildSearch(): void {
  if (looksLikely || hasCandidates) buildLikelyRoutes();
  buildNeighbours();
  buildExchange();
  buildPool();
  buildRecreate();
  buildRuin();
  buildGenetic();
}
