// How many loans of parts a plan has, and what they cost in time.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { detourSeconds } from "../../solver/check/detour.ts";
import { factsOf, readRoutes } from "../../solver/check/facts.ts";
import { findings } from "../../solver/check/finding.ts";
import { meetingsOf } from "../../solver/check/meetings.ts";

/** Meetings, and over all of them the extra travel of both, the hand-over and the lender's waiting, seconds: docs/plan.md, "Loans". */
export function loanTotals(request: AssignRequest, plan: Plan): { loans: number; detour: number } {
  // Travel tables need not be read for a plan without loans.
  if (!plan.routes.some(({ stops }) => stops.some(({ kind }) => kind === Stop_Kind.LOAN)))
    return { loans: 0, detour: 0 };
  const facts = factsOf(request);
  const { report } = findings();
  const meetings = meetingsOf(readRoutes(facts, plan, report), report);
  const detour = meetings.reduce((sum, meeting) => sum + detourSeconds(facts, meeting), 0);
  return { loans: meetings.length, detour };
}
