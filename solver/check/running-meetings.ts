// Modes that keep a running plan: which of its meetings still stand (docs/plan.md, "Running plans").
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import {
  PartSource,
  type Route,
  type Stop,
  Stop_Kind,
  Stop_Lock,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Facts } from "./facts.ts";
import { Ledger } from "./ledger.ts";

/** A meeting to come that both routes have, for one order. */
export interface RunningMeeting {
  readonly lends: Stop;
  readonly borrows: Stop;
  readonly orderId: string;
}

/** What the routes of a running plan say of hand-overs. */
export interface HandOvers {
  /** By LOAN stop. */
  readonly meetings: ReadonlyMap<Stop, RunningMeeting>;
  /** Orders that borrow where nobody is met, or that borrow at a meeting that does not stand. */
  readonly lost: Set<string>;
  /** Meetings that do not stand. */
  readonly off: Set<RunningMeeting>;
}

const isSettled = ({ lock }: Stop) => lock === Stop_Lock.STARTED || lock === Stop_Lock.DONE;

/** The hand-overs of the current plan: the n-th from one engineer to another in the lender's routes is the n-th in the borrower's. */
export function handOversOf(facts: Facts): HandOvers {
  const { request } = facts;
  const begins = ({ engineerId, shiftIndex }: Route) =>
    facts.clock.span(facts.engineers.get(engineerId)?.shifts[shiftIndex]?.time)?.start ?? 0;
  const routes = [...(request.currentPlan?.routes ?? [])].sort((a, b) => begins(a) - begins(b));
  const given = new Map<string, Stop[]>();
  const taken = new Map<string, { route: Route; stop: Stop }[]>();
  const settled = new Set<string>();
  for (const route of routes)
    for (const stop of route.stops) {
      if (stop.kind !== Stop_Kind.LOAN || !stop.loan) continue;
      const key = `${stop.loan.lenderEngineerId}\n${stop.loan.borrowerEngineerId}`;
      if (isSettled(stop)) settled.add(key);
      if (stop.loan.borrowerEngineerId === route.engineerId) push(taken, key, { route, stop });
      else push(given, key, stop);
    }
  const meetings = new Map<Stop, RunningMeeting>();
  const served = new Set<string>();
  const inSequence = routes.flatMap(({ stops }) => stops);
  for (const lends of inSequence) {
    const key = lends.loan ? `${lends.loan.lenderEngineerId}\n${lends.loan.borrowerEngineerId}` : "";
    const place = given.get(key)?.indexOf(lends) ?? -1;
    const borrower = place < 0 ? undefined : taken.get(key)?.[place];
    if (!borrower || isSettled(lends) || isSettled(borrower.stop) || !isOne(facts, lends, borrower.stop)) continue;
    const orderId = orderFor(request, lends, borrower.route, borrower.stop, served);
    if (orderId === undefined) continue;
    served.add(orderId);
    const meeting = { lends, borrows: borrower.stop, orderId };
    meetings.set(lends, meeting).set(borrower.stop, meeting);
  }
  return { meetings, lost: borrowersAlone(routes, meetings, settled), off: new Set() };
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Both stops are at one place and hand the same over. */
function isOne({ travel }: Facts, lends: Stop, borrows: Stop): boolean {
  if (!lends.place || !borrows.place || travel.row(lends.place) !== travel.row(borrows.place)) return false;
  const [one, other] = [sumOf(lends.loan!.parts), sumOf(borrows.loan!.parts)];
  const skus = [...one.entries()].map(([sku]) => sku);
  return (
    skus.length > 0 && skus.length === [...other.entries()].length && skus.every((sku) => one.of(sku) === other.of(sku))
  );
}

function sumOf(parts: readonly { sku: string; quantity: number }[]): Ledger {
  const sums = new Ledger();
  for (const { sku, quantity } of parts) sums.add(sku, quantity);
  return sums;
}

/** The first order behind the stop that asks for just those units, one that says it borrows from the lender before all others. */
function orderFor(
  { orders }: AssignRequest,
  { loan }: Stop,
  route: Route,
  borrows: Stop,
  served: ReadonlySet<string>,
): string | undefined {
  const handed = [...sumOf(loan!.parts).entries()];
  const fitting = route.stops.filter((stop, index) => {
    if (stop.kind !== Stop_Kind.SERVICE || index <= route.stops.indexOf(borrows) || served.has(stop.orderId))
      return false;
    const order = orders.find(({ id }) => id === stop.orderId);
    const substituted = stop.parts.some(({ substituteFor }) => substituteFor !== "");
    const asked = sumOf(substituted ? stop.parts : (order?.parts ?? []));
    return handed.every(([sku, units]) => asked.of(sku) === units);
  });
  const says = fitting.find(({ parts }) => parts.some((use) => isFrom(use, loan!.lenderEngineerId)));
  return (says ?? fitting[0])?.orderId;
}

const isFrom = ({ source, lenderEngineerId }: Stop["parts"][number], lenderId: string) =>
  source === PartSource.LOAN && lenderEngineerId === lenderId;

/** Orders to come that say they borrow from somebody whom they do not meet, and whom their engineer has not met. */
function borrowersAlone(
  routes: readonly Route[],
  meetings: ReadonlyMap<Stop, RunningMeeting>,
  settled: ReadonlySet<string>,
): Set<string> {
  const alone = new Set<string>();
  const meets = (orderId: string, lenderId: string) =>
    [...meetings.values()].some((one) => one.orderId === orderId && one.lends.loan!.lenderEngineerId === lenderId);
  for (const { engineerId, stops } of routes)
    for (const stop of stops)
      for (const { source, lenderEngineerId } of stop.parts) {
        const isLoan = source === PartSource.LOAN && stop.kind === Stop_Kind.SERVICE && !isSettled(stop);
        if (!isLoan || meets(stop.orderId, lenderEngineerId)) continue;
        if (!settled.has(`${lenderEngineerId}\n${engineerId}`)) alone.add(stop.orderId);
      }
  return alone;
}

/** A loan stop that a route has reached, and when. */
export interface Reached {
  readonly meeting: RunningMeeting;
  readonly ready: number;
}

/** Runs routes side by side: who has reached a meeting goes on when the other one has. Results, and meetings where somebody waits in vain. */
export function runTogether<T>(runs: readonly Generator<Reached, T, number>[]): {
  results: (T | undefined)[];
  stuck: RunningMeeting[];
} {
  const results: (T | undefined)[] = runs.map(() => undefined);
  const waiting = new Map<number, Reached>();
  const advance = (row: number, ...start: [] | [number]) => {
    waiting.delete(row);
    const step = start.length === 0 ? runs[row]!.next(0) : runs[row]!.next(start[0]);
    if (step.done) results[row] = step.value;
    else waiting.set(row, step.value);
  };
  for (const row of runs.keys()) advance(row);
  for (let found = true; found; ) {
    found = false;
    for (const [row, here] of waiting) {
      const other = [...waiting].find(([at, there]) => at !== row && there.meeting === here.meeting);
      if (!other) continue;
      const start = Math.max(here.ready, other[1].ready);
      advance(row, start);
      advance(other[0], start);
      found = true;
      break;
    }
  }
  return { results, stuck: [...waiting.values()].map(({ meeting }) => meeting) };
}

/** One route as far as it stands. */
export interface Standing {
  readonly engineer: Engineer;
  readonly shift: Shift;
  readonly startRow: number;
  /** Settled stops first. */
  readonly stops: readonly { readonly stop: Stop; readonly row: number }[];
}

/** Whether a meeting can take place as the routes stand. */
export function takesPlace({ policy }: Facts, routes: readonly Standing[], meeting: RunningMeeting): boolean {
  const sides = [meeting.lends, meeting.borrows].map((wanted) => {
    const route = routes.find(({ stops }) => stops.some(({ stop }) => stop === wanted));
    return route && { route, index: route.stops.findIndex(({ stop }) => stop === wanted) };
  });
  const [lender, borrower] = sides;
  if (!lender || !borrower) return false;
  const { lending } = lender.route.engineer;
  const hubsOnly = policy.param("parts_borrowable", "hubs_only") === 1;
  if (policy.mode("parts_borrowable") === "off" || !lending?.mayLend || (hubsOnly && !lending.hub)) return false;
  if (!lender.route.stops.some(({ stop }) => stop.kind === Stop_Kind.SERVICE)) return false;
  const isFor = ({ stop }: Standing["stops"][number], index: number) =>
    index > borrower.index && stop.kind === Stop_Kind.SERVICE && stop.orderId === meeting.orderId;
  if (!borrower.route.stops.some(isFor)) return false;
  return isBeside(lender) || isBeside(borrower) || isAtStart(lender);
}

interface Spot {
  readonly route: Standing;
  readonly index: number;
}

function isBeside({ route: { stops }, index }: Spot): boolean {
  const { row } = stops[index]!;
  const isAnother = (one: Standing["stops"][number]) => one.stop.kind !== Stop_Kind.LOAN || one.row !== row;
  const next = [stops.slice(0, index).findLast(isAnother), stops.slice(index + 1).find(isAnother)];
  return next.some((one) => one?.stop.kind === Stop_Kind.SERVICE && one.row === row);
}

function isAtStart({ route: { stops, startRow }, index }: Spot): boolean {
  return stops.slice(0, index + 1).every(({ stop, row }) => stop.kind === Stop_Kind.LOAN && row === startRow);
}
