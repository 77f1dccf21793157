// All violations of the contract in a request, at once and in the order of the request.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkAmounts } from "./amounts.ts";
import { checkCurrentPlan } from "./current-plan.ts";
import { checkIds, checkReferences } from "./ids.ts";
import { checkLedger } from "./ledger.ts";
import { checkLimits } from "./limits.ts";
import { checkLists } from "./lists.ts";
import { checkMatrices } from "./matrices.ts";
import { checkPlaces } from "./places.ts";
import { checkObjective, checkPolicy, checkWeights } from "./policy.ts";
import { type FieldViolation, Violations } from "./report.ts";
import { checkSchema } from "./schema.ts";
import { checkHorizon, checkTimes } from "./times.ts";
import { checkWindows } from "./windows.ts";

/** Every broken rule, by place in the request; empty for a valid request. Never throws. */
export function validate(request: AssignRequest): FieldViolation[] {
  const found = new Violations(request);
  const { report } = found;
  if (!checkSchema(request, report)) return found.violations;
  // Out of range it is a violation of its own, and every other rule would fail because of it.
  const ticksPerSecond = request.ticksPerSecond <= 1_000_000 ? request.ticksPerSecond || 1 : 1;
  checkLimits(request, report);
  const ids = checkIds(request, report);
  checkReferences(request, ids, report);
  checkTimes(request, ticksPerSecond, report);
  checkHorizon(request, ticksPerSecond, report);
  checkWindows(request, report);
  checkLists(request, report);
  checkPlaces(request, ticksPerSecond, report);
  checkMatrices(request, report);
  checkAmounts(request, ticksPerSecond, report);
  if (request.objective) checkObjective(request.objective, report);
  if (request.policy) checkPolicy(request.policy, ticksPerSecond, report);
  checkWeights(request, ticksPerSecond, report);
  checkCurrentPlan(request, ids, report);
  checkLedger(request, ids, report);
  return found.violations;
}

/**
 * The violations that concern one order, by its index in `orders`; they are what `on_invalid_order` LEAVE_OUT may leave out.
 * All others refuse the request.
 */
export function invalidOrderRows(violations: readonly FieldViolation[]): Map<number, FieldViolation[]> {
  const rows = new Map<number, FieldViolation[]>();
  for (const violation of violations) {
    const row = /^orders\[(\d+)\]/.exec(violation.field)?.[1];
    if (row === undefined) continue;
    const list = rows.get(Number(row));
    if (list) list.push(violation);
    else rows.set(Number(row), [violation]);
  }
  return rows;
}
