// One solve from bytes to plan: binds the problem, builds the state, and answers what the host asks about it.
import { buildChecks } from "./checked/checked";
import { eligible, foldPairs } from "./criteria/eligibility";
import {
  bindLayout,
  breaks,
  centreItem,
  centres,
  engineerItem,
  items,
  needItem,
  needQuantity,
  orderNeedFirst,
  orders,
} from "./gen/layout";
import { buildGenetic } from "./genetic/genetic";
import { at } from "./memory/cells";
import { buildLedger } from "./parts/ledger";
import { bindMatrices } from "./route/matrix";
import { buildNodes } from "./route/nodes";
import { buildPlan } from "./route/plan";
import { buildRoutes } from "./route/route";
import { bindTerms } from "./route/terms";
import { bindWeights } from "./route/weights";
import { buildAbsent } from "./search/absent";
import { buildCandidates, listCandidates } from "./search/candidates";
import { buildExchange } from "./search/exchange";
import { buildFleet } from "./search/fleet";
import { bestCost, buildInsertion, placeIn, resetPlace } from "./search/insertion";
import { buildJournal } from "./search/journal";
import { buildLevels } from "./search/levels";
import { buildNeighbours } from "./search/neighbours";
import { buildPlaceCache, findPlace } from "./search/place-cache";
import { buildPlanStops } from "./search/plan-stops";
import { buildPool } from "./search/pool";
import { buildRecreate } from "./search/recreate";
import { buildRuin } from "./search/ruin";
import { buildStrictPlaces } from "./search/strict-places";
import { resetTried } from "./search/tried";
import { STATUS_OK } from "./status";

/** Binds the problem at `base` and builds everything a solve needs; every order is absent, every route empty. */
export function buildProblem(base: usize): i32 {
  const status = bindLayout(base);
  if (status != STATUS_OK) return status;
  bindWeights();
  bindTerms();
  bindMatrices();
  foldPairs();
  buildNodes();
  buildLedger();
  buildRoutes();
  buildAbsent();
  buildInsertion();
  buildStrictPlaces(orders + breaks + 8);
  resetTried();
  buildCandidates();
  buildPlaceCache();
  buildFleet();
  buildJournal();
  buildLevels();
  buildNeighbours();
  buildExchange();
  buildPlanStops();
  buildPool();
  buildRecreate();
  buildRuin();
  buildPlan();
  buildGenetic();
  if (!ASC_NO_ASSERT) buildChecks();
  return STATUS_OK;
}

/** Scalar cost of `order` in `route` as it stands, i64.MAX when infeasible. */
export function insertionCost(order: i32, route: i32): i64 {
  resetPlace();
  placeIn(order, route, false);
  return bestCost;
}

/** The same over all routes. */
export function cheapestInsertion(order: i32): i64 {
  listCandidates();
  findPlace(order, false);
  return bestCost;
}

/** True when `engineer` is eligible for `order` and has its parts and tools alone, from the van or one centre, whatever the time. */
export function partsAlone(order: i32, engineer: i32): bool {
  if (!eligible(order, engineer)) return false;
  if (fromOne(order, engineer, -1)) return true;
  for (let centre = 0; centre < centres; centre++) if (fromOne(order, engineer, centre)) return true;
  return false;
}

function fromOne(order: i32, engineer: i32, centre: i32): bool {
  for (let need = at(orderNeedFirst, order); need < at(orderNeedFirst, order + 1); need++) {
    const item = at(needItem, need);
    let have = at(engineerItem, engineer * items + item);
    if (centre >= 0) have += at(centreItem, centre * items + item);
    if (have < at(needQuantity, need)) return false;
  }
  return true;
}
