// How many loans of parts a plan has, and what they cost in time.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { detourSeconds } from "../../solver/check/detour.ts";
import { factsOf, readRoutes } from "../../solver/check/facts.ts";
import { findings } from "../../solver/check/finding.ts";
import { meetingsOf } from "../../solver/check/meetings.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { asksRoadEngine } from "../../solver/travel/travel.ts";

/**
 * Meetings, and over all of them the extra travel of both, the hand-over and the lender's waiting, seconds: docs/plan.md, "Loans". The detour
 * is undefined by road without the road engine's tables: some of its legs are not in the plan.
 */
export function loanTotals(
  request: AssignRequest,
  plan: Plan,
  tables: RoadTables | undefined,
): { loans: number; detour: number | undefined } {
  const stops = plan.routes.flatMap((route) => route.stops).filter(({ kind }) => kind === Stop_Kind.LOAN);
  // Travel tables need not be read for a plan without loans.
  if (stops.length === 0) return { loans: 0, detour: 0 };
  if (asksRoadEngine(request) && !tables) return { loans: stops.length / 2, detour: undefined };
  const facts = factsOf(request, tables);
  const { report } = findings();
  const meetings = meetingsOf(readRoutes(facts, plan, report), report);
  const detour = meetings.reduce((sum, meeting) => sum + detourSeconds(facts, meeting), 0);
  return { loans: meetings.length, detour };
}
