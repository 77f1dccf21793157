// Whether the state that the search keeps up to date is what it would be if made from scratch: only in builds with assertions, where
// `if (!ASC_NO_ASSERT)` stands before every call. Each check traps at the first difference and leaves everything as it was.
import { levels } from "../gen/layout";
import { at64 } from "../memory/cells";
import { totalCost } from "../route/route";
import { absentTotal } from "../search/absent";
import { bestLevels, planLevels } from "../search/levels";
import { buildLedgerCheck, checkLedger } from "./check-ledger";
import { buildLinkCheck, checkLinks } from "./check-links";
import { checkMeetings } from "./check-meetings";
import { buildPlaceCheck, checkPlaces } from "./check-places";
import { buildRouteCheck, checkRoutes, checkTotals } from "./check-routes";

/** Makes room for the checks of the bound problem. */
export function buildChecks(): void {
  buildLinkCheck();
  buildLedgerCheck();
  buildRouteCheck();
  buildPlaceCheck();
}

/** Checks the plan as it stands between two iterations. */
export function checkPlan(): void {
  checkLinks();
  checkTotals();
  checkLedger();
  checkRoutes();
  checkMeetings();
  checkPlaces();
}

/** Where the best plan is linked and measured: it is as good as was said when it was found. */
export function checkBest(): void {
  checkPlan();
  for (let level = 0; level < levels; level++)
    assert(at64(planLevels, level) == at64(bestLevels, level), "levels of the best plan");
}

/** Where the search believes that the plan costs `current`, orders left out included. */
export function checkCurrent(current: i64): void {
  assert(current == totalCost + absentTotal(), "current cost");
}
