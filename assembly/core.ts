// One solve from bytes to plan: binds the problem, builds the state, and answers what the host asks about it.
import { buildChecks } from "./checked/checked";
import { eligible, foldPairs } from "./criteria/eligibility";
import {
  bindLayout,
  breaks,
  centreItem,
  centres,
  engineerItem,
  engineerLends,
  engineerSafety,
  engineers,
  items,
  loansOn,
  needItem,
  needQuantity,
  orders,
  skus,
} from "./gen/layout";
import { at } from "./memory/cells";
import { buildLedger } from "./parts/ledger";
import { buildVariants, needFrom, needTo, setVariant, variantCount } from "./parts/variants";
import { bindMatrices } from "./route/matrix";
import { buildMeetings } from "./route/meetings";
import { buildNodes } from "./route/nodes";
import { buildPlan } from "./route/plan";
import { buildRoutes } from "./route/route";
import { bindTerms } from "./route/terms";
import { bindWeights } from "./route/weights";
import { buildAbsent } from "./search/absent";
import { buildBestInsertions } from "./search/best-insertions";
import { buildCandidates, listCandidates } from "./search/candidates";
import { buildFleet } from "./search/fleet";
import { buildInsert } from "./search/insert";
import { bestCost, buildInsertion, placeIn, resetPlace } from "./search/insertion";
import { buildJournal } from "./search/journal";
import { buildLevels } from "./search/levels";
import { buildLoanPlaces, setDaring } from "./search/loan-places";
import { buildLoanRoutes } from "./search/loan-routes";
import { buildNearEngineers } from "./search/near-engineers";
import { buildPlaceCache, hasPlace } from "./search/place-cache";
import { buildPlanStops } from "./search/plan-stops";
import { buildRunning } from "./search/running";
import { buildStrictPlaces } from "./search/strict-places";
import { resetTried } from "./search/tried";
import { buildWarmMeetings } from "./search/warm-meetings";
import { STATUS_OK } from "./status";

/** Binds the problem at `base` and builds everything that any solve needs; every order is absent, every route empty. */
export function buildProblem(base: usize): i32 {
  const status = bindLayout(base);
  if (status != STATUS_OK) return status;
  bindWeights();
  bindTerms();
  bindMatrices();
  foldPairs();
  buildNodes();
  buildVariants();
  buildLedger();
  buildMeetings();
  buildRoutes();
  buildAbsent();
  buildInsertion();
  const longest = (loansOn == 1 ? 3 : 1) * orders + breaks + 8;
  buildStrictPlaces(longest);
  buildBestInsertions();
  buildInsert();
  buildLoanPlaces(longest);
  buildLoanRoutes();
  resetTried();
  buildCandidates();
  buildNearEngineers();
  buildPlaceCache();
  buildFleet();
  buildJournal();
  buildLevels();
  buildRunning();
  buildWarmMeetings();
  buildPlanStops();
  buildPlan();
  if (!ASC_NO_ASSERT) buildChecks();
  return STATUS_OK;
}

/** Scalar cost of `order` in `route` as it stands, i64.MAX when infeasible; lenders may serve nobody, and their breaks are not asked. */
export function insertionCost(order: i32, route: i32): i64 {
  resetPlace();
  setDaring(true, true);
  placeIn(order, route, false);
  setDaring(false);
  return bestCost;
}

/** True when some route takes `order` in the plan as it stands. */
export function isInsertable(order: i32): bool {
  listCandidates();
  return hasPlace(order);
}

/** True when `engineer` is eligible for `order` and has its parts and tools alone, from the van, one centre and one lender, whatever the time. */
export function partsAlone(order: i32, engineer: i32): bool {
  if (!eligible(order, engineer)) return false;
  for (let variant = 0; variant < variantCount(order); variant++) {
    setVariant(order, variant);
    if (variantAlone(order, engineer)) return true;
  }
  return false;
}

function variantAlone(order: i32, engineer: i32): bool {
  for (let centre = -1; centre < centres; centre++) {
    if (fromOne(order, engineer, centre, -1)) return true;
    if (loansOn == 0) continue;
    for (let lender = 0; lender < engineers; lender++)
      if (lender != engineer && at(engineerLends, lender) == 1 && fromOne(order, engineer, centre, lender)) return true;
  }
  return false;
}

/** A loan brings all units of a part or none. */
function fromOne(order: i32, engineer: i32, centre: i32, lender: i32): bool {
  for (let need = at(needFrom, order); need < at(needTo, order); need++) {
    const item = at(needItem, need);
    let have = at(engineerItem, engineer * items + item);
    if (centre >= 0) have += at(centreItem, centre * items + item);
    if (have >= at(needQuantity, need)) continue;
    if (lender < 0 || item >= skus) return false;
    const cell = lender * items + item;
    if (at(engineerItem, cell) - at(engineerSafety, cell) < at(needQuantity, need)) return false;
  }
  return true;
}
