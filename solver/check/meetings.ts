// Meetings: the loan stops of a plan in pairs, one in the lender's route and one in the borrower's.
import type { PartLoan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { RouteFacts, StopFacts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** One of the two stops of a meeting. */
export interface Side {
  readonly route: RouteFacts;
  readonly facing: StopFacts;
}

export interface Meeting {
  /** What the lender's stop says. */
  readonly loan: PartLoan;
  readonly lender: Side;
  readonly borrower: Side;
}

/**
 * The first loan from one engineer to another in the lender's routes belongs to the first one in the borrower's, and so on.
 * What is left over is reported. Settled stops have happened and need nobody.
 */
export function meetingsOf(routes: readonly RouteFacts[], report: Report): Meeting[] {
  const pairs = new Map<string, { lenders: Side[]; borrowers: Side[] }>();
  for (const route of [...routes].sort((a, b) => a.shiftTime.start - b.shiftTime.start))
    for (const facing of route.stops) {
      if (!facing.loan || facing.settled) continue;
      const { lenderEngineerId, borrowerEngineerId } = facing.loan;
      const key = `${lenderEngineerId}\n${borrowerEngineerId}`;
      const pair = pairs.get(key) ?? { lenders: [], borrowers: [] };
      pairs.set(key, pair);
      (lenderEngineerId === route.engineer.id ? pair.lenders : pair.borrowers).push({ route, facing });
    }
  return [...pairs.values()].flatMap(({ lenders, borrowers }) => {
    const count = Math.min(lenders.length, borrowers.length);
    for (const side of [...lenders.slice(count), ...borrowers.slice(count)])
      report("LOAN_UNPAIRED", atSide(side), "a stop in both routes", "in one");
    return lenders
      .slice(0, count)
      .map((lender, index) => ({ loan: lender.facing.loan!, lender, borrower: borrowers[index]! }));
  });
}

export const atSide = ({ route, facing }: Side) => ({ engineerId: route.engineer.id, stopIndex: facing.index });

/** Meetings in an order that keeps the order of every route; those that wait for each other are left over. */
export function inOrder(meetings: readonly Meeting[]): { ordered: Meeting[]; stuck: Meeting[] } {
  const queues = new Map<RouteFacts, { index: number; meeting: Meeting }[]>();
  for (const meeting of meetings)
    for (const { route, facing } of [meeting.lender, meeting.borrower])
      queues.set(route, [...(queues.get(route) ?? []), { index: facing.index, meeting }]);
  for (const queue of queues.values()) queue.sort((a, b) => a.index - b.index);

  const ordered: Meeting[] = [];
  for (let found = true; found; ) {
    found = false;
    for (const [head] of queues.values()) {
      const [lenders, borrowers] = [head?.meeting.lender, head?.meeting.borrower].map(
        (side) => side && queues.get(side.route),
      );
      if (!head || lenders?.[0]?.meeting !== head.meeting || borrowers?.[0]?.meeting !== head.meeting) continue;
      lenders.shift();
      borrowers.shift();
      ordered.push(head.meeting);
      found = true;
    }
  }
  const done = new Set(ordered);
  return { ordered, stuck: meetings.filter((meeting) => !done.has(meeting)) };
}
