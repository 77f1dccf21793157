// The independent checker: every rule of docs/plan.md, from request and plan alone.
import { equals } from "@bufbuild/protobuf";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, RouteSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { RoadTables } from "../travel/road-tables.ts";
import { checkBookkeeping } from "./bookkeeping.ts";
import { checkBound } from "./bound.ts";
import { checkBreaks } from "./breaks.ts";
import { planCost } from "./cost.ts";
import { currentRoute, isOver } from "./current.ts";
import { checkEligibility } from "./eligibility.ts";
import { type Facts, factsOf, type RouteFacts, readRoutes } from "./facts.ts";
import { type Finding, findings, type Report } from "./finding.ts";
import { checkLegs } from "./legs.ts";
import { checkLimits } from "./limits.ts";
import { checkLoans } from "./loans.ts";
import { checkLocks } from "./locks.ts";
import { meetingStarts } from "./meeting-times.ts";
import { meetingsOf } from "./meetings.ts";
import { checkParts } from "./parts.ts";
import { checkReasons } from "./reasons.ts";
import { checkAssignments, checkCost } from "./response.ts";
import { checkRunning } from "./running.ts";
import { checkTerms } from "./terms.ts";
import { checkTimes, scheduleOf } from "./time.ts";
import { checkTools } from "./tools.ts";
import { checkTotals } from "./totals.ts";

export type { Finding } from "./finding.ts";

/**
 * Every broken rule of a plan for a valid request; empty: the plan is right. Never throws on a malformed plan. `tables` are what the road
 * engine said, for a request that names one.
 */
export function check(request: AssignRequest, plan: Plan, tables?: RoadTables): Finding[] {
  const { list, report } = findings();
  checkPlan(factsOf(request, tables), plan, report);
  return list;
}

/** The same for a whole answer: its plan, assignments, cost and bound. */
export function checkResponse(request: AssignRequest, response: AssignResponse, tables?: RoadTables): Finding[] {
  const { list, report } = findings();
  const { plan } = response;
  if (!plan) {
    if (!request.validateOnly) report("PLAN_MISSING", {}, "a plan", "none");
    return list;
  }
  const facts = factsOf(request, tables);
  const cost = planCost(facts, plan, checkPlan(facts, plan, report));
  checkAssignments(plan, response, report);
  checkCost(cost, response, report);
  checkRunning(facts, plan, cost, response, report);
  if (response.bound) checkBound(facts, plan, cost, response.bound, report);
  return list;
}

function checkPlan(facts: Facts, plan: Plan, report: Report): RouteFacts[] {
  const routes = readRoutes(facts, plan, report);
  checkBookkeeping(facts, plan, report);
  checkReasons(facts, plan, report);
  checkLocks(facts, plan, report);
  const meetings = meetingsOf(routes, report);
  checkLoans(facts, meetings, report);
  const starts = meetingStarts(facts, meetings, report);
  for (const route of routes) {
    const current = currentRoute(facts.request, route.route);
    if (isOver(facts.request, current, facts.clock)) {
      if (!equals(RouteSchema, route.route, current!))
        report("LOCK_SETTLED", { engineerId: route.engineer.id }, "the route that is over, as given", "another");
      continue;
    }
    checkLegs(facts, route, report);
    checkTimes(facts, route, scheduleOf(facts, route, starts, report), report);
    checkTotals(facts, route, report);
    checkEligibility(facts, route, report);
    checkTools(facts, route, report);
    checkBreaks(facts, route, report);
    checkTerms(facts, route, report);
  }
  checkLimits(
    facts,
    routes.filter((route) => !isOver(facts.request, currentRoute(facts.request, route.route), facts.clock)),
    report,
  );
  checkParts(facts, routes, report);
  return routes;
}
