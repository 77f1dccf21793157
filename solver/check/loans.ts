// Rule 8, meetings: who may lend, where the two meet, and that both stops tell the same.
import { equals } from "@bufbuild/protobuf";
import { PartLoanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Facts, StopFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { atSide, type Meeting, type Side } from "./meetings.ts";

/** Reports meetings that are not allowed, or of which the two stops disagree. */
export function checkLoans(facts: Facts, meetings: readonly Meeting[], report: Report): void {
  for (const meeting of meetings) {
    checkAllowed(facts, meeting, report);
    checkSame(facts, meeting, report);
    const { lender, borrower } = meeting;
    if (!isStart(lender) && !isAtService(lender) && !isAtService(borrower))
      report("LOAN_PLACE", atSide(lender), "a service of either next to it, or the lender's start", "another place");
  }
}

function checkAllowed({ policy }: Facts, { lender }: Meeting, report: Report): void {
  const { lending } = lender.route.engineer;
  const hubsOnly = policy.param("parts_borrowable", "hubs_only") === 1;
  if (policy.mode("parts_borrowable") === "off")
    report("LOAN_NOT_ALLOWED", atSide(lender), "no loans", "parts_borrowable is off");
  else if (!lending?.mayLend) report("LOAN_NOT_ALLOWED", atSide(lender), "a lender who may lend", "may not");
  else if (hubsOnly && !lending.hub) report("LOAN_NOT_ALLOWED", atSide(lender), "a lender who is a hub", "is none");
}

function checkSame({ clock }: Facts, { lender, borrower }: Meeting, report: Report): void {
  const [given, taken] = [lender.facing, borrower.facing];
  if (!equals(PartLoanSchema, given.loan!, taken.loan!))
    report("LOAN_DIFFERS", atSide(borrower), partsText(given), partsText(taken));
  if (given.row !== taken.row)
    report("LOAN_DIFFERS", atSide(borrower), "the place of the lender's stop", "another place");
  for (const end of ["start", "departure"] as const) {
    const [one, other] = [given, taken].map(({ stop }) => clock.ticks(stop[end]));
    if (one !== other) report("LOAN_TIMES", atSide(borrower), `${end} ${clock.text(one)}`, clock.text(other));
  }
}

const partsText = ({ loan }: StopFacts) => loan!.parts.map(({ sku, quantity }) => `${quantity} of ${sku}`).join();

/** Whether only meetings at this place lie between the stop and a service here, before or after it. */
function isAtService({ route, facing }: Side): boolean {
  const index = route.stops.indexOf(facing);
  const isAnother = (stop: StopFacts) => !stop.loan || stop.row !== facing.row;
  const before = route.stops.slice(0, index).findLast(isAnother);
  const after = route.stops.slice(index + 1).find(isAnother);
  return [before, after].some((stop) => stop?.order && stop.row === facing.row);
}

/** Whether only meetings at this place lie between the start of the route, which is here, and the stop. */
function isStart({ route, facing }: Side): boolean {
  const before = route.stops.slice(0, route.stops.indexOf(facing));
  return route.startRow === facing.row && before.every((stop) => stop.loan && stop.row === facing.row);
}
