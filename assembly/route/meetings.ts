// Meetings of lender and borrower: two stops in two routes that begin at the same moment, and what the detour to them costs.

import { costOfScore, half } from "../criteria/score";
import {
  borrowHalf,
  borrowWeight,
  handOver,
  loansOn,
  NEVER,
  routeEndRow,
  routeStartRow,
  ticksPerSecond,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";
import { hoursOn, lastDeparture, setupAt, travelAt } from "./hours";
import { edgeTicks, samePlace, travelTicks } from "./matrix";
import {
  CLOSE,
  firstBorrow,
  firstLend,
  isLend,
  isLoan,
  LATE,
  LENGTH,
  NEXT,
  nodeCount,
  OPEN,
  partnerOf,
  ROUTE,
  ROW,
  record,
} from "./nodes";
import { addSoft } from "./route";
import { sequenceEdge, sequenceStart, sequenceWait } from "./sequence";

/** A side that is in no timed route. */
const UNKNOWN: i32 = -1;

/** By loan node minus firstBorrow: ticks that its engineer spends on the meeting, UNKNOWN while it is in no timed route. */
let sides: usize = 0;
/** By the same: arrival of the other engineer, the last start that its stops behind allow, and 1 while that has to be told. */
let readyAt: usize = 0;
let lateAt: usize = 0;
let isPending: usize = 0;
/** Loan nodes whose partner's times changed. */
let pending: usize = 0;
export let pendingCount: i32 = 0;

export function buildMeetings(): void {
  pendingCount = 0;
  if (loansOn == 0) return;
  const count = <usize>(nodeCount - firstBorrow);
  sides = allocate(count << 2);
  readyAt = allocate(count << 2);
  lateAt = allocate(count << 2);
  isPending = allocateZeroed(count);
  pending = allocate(count << 2);
  for (let node = firstBorrow; node < nodeCount; node++) forgetSide(node);
}

/** Ticks that the engineer of the loan node spends on its meeting. */
export function sideOf(node: i32): i32 {
  return at(sides, node - firstBorrow);
}

export function setSide(node: i32, ticks: i32): void {
  put(sides, node - firstBorrow, ticks);
}

/** For a loan node that is not in a timed route any more, or not yet. */
export function forgetSide(node: i32): void {
  setSide(node, UNKNOWN);
}

/** Puts the meeting of the loan node at `row`, its cost not counted: when the other one arrives is not known, refreshing both routes tells. */
export function setMeeting(node: i32, row: i32): void {
  store<i32>(record(node), row, ROW);
  store<i32>(record(node), -1, OPEN);
  store<i32>(record(node), NEVER - 1, CLOSE);
  forgetSide(node);
}

/** Ticks of soft cost of the meeting at `node`; 0 until both routes are timed. */
export function meetingCost(node: i32): i64 {
  const mine = sideOf(node);
  const theirs = sideOf(partnerOf(node));
  if (borrowWeight == 0 || mine == UNKNOWN || theirs == UNKNOWN) return 0;
  return costOfDetour(mine + theirs);
}

/** Adds the soft cost of all meetings that are linked, or takes it off. */
export function chargeMeetings(on: bool): void {
  for (let node = firstBorrow; node < firstLend; node++)
    if (load<i32>(record(node), ROUTE) >= 0) addSoft(on ? meetingCost(node) : -meetingCost(node));
}

/** Forgets the times of all meetings and what they cost, until all routes are refreshed. */
export function dropMeetings(): void {
  if (loansOn == 0) return;
  chargeMeetings(false);
  for (let node = firstBorrow; node < nodeCount; node++) setMeeting(node, load<i32>(record(node), ROW));
  clearPending();
}

/** Ticks of soft cost of a meeting on which both together spend `ticks`. */
export function costOfDetour(ticks: i32): i64 {
  if (borrowWeight == 0) return 0;
  return <i64>costOfScore(borrowWeight, half(ticks / ticksPerSecond, borrowHalf));
}

/** Ticks that the detour to stop `i` of `count` at `list`, in `route`, takes: the way there and on, against the way without it. */
export function detourAt(route: i32, list: usize, count: i32, i: i32): i32 {
  const here = load<i32>(record(at(list, i)), ROW);
  let before = at(routeStartRow, route);
  for (let b = i - 1; b >= 0; b--) {
    if (isBeside(route, at(list, b), here)) continue;
    before = load<i32>(record(at(list, b)), ROW);
    break;
  }
  let after = at(routeEndRow, route);
  for (let a = i + 1; a < count; a++) {
    if (isBeside(route, at(list, a), here)) continue;
    after = load<i32>(record(at(list, a)), ROW);
    break;
  }
  return max(way(before, here) + way(here, after) - way(before, after), 0);
}

/** True for a break where the engineer is, and for another meeting at the place of row `here`: nobody goes there for that. */
function isBeside(route: i32, node: i32, here: i32): bool {
  const row = load<i32>(record(node), ROW);
  return row < 0 || (isLoan(node) && samePlace(route, row, here));
}

/** Ticks on the way; 0 where there is none. */
function way(from: i32, to: i32): i32 {
  return edgeTicks(from, to) >= NEVER ? 0 : travelTicks(from, to);
}

/** After evaluateSequence of the route: what its engineer spends on its meetings, and from when on the others need not wait any longer. */
export function timeMeetings(route: i32, list: usize, count: i32, earliest: i32): void {
  let time = earliest;
  let row = at(routeStartRow, route);
  let placed = row;
  for (let i = 0; i < count; i++) {
    const node = at(list, i);
    const start = at(sequenceStart, i);
    const before = row;
    if (load<i32>(record(node), ROW) >= 0) row = load<i32>(record(node), ROW);
    if (!isLoan(node)) placed = row;
    if (isLoan(node)) {
      const ready = time + (hoursOn ? travelAt(before, row, time) : at(sequenceEdge, i));
      addSoft(-meetingCost(node));
      setSide(node, detourAt(route, list, count, i) + (isLend(node) ? sequenceWait(list, i) : handOver));
      addSoft(meetingCost(node));
      const next = load<i32>(record(node), NEXT);
      let leave = load<i32>(record(next), LATE);
      if (hoursOn) leave = leaveFor(next, row, placed, leave);
      else leave -= i + 1 < count ? at(sequenceEdge, i + 1) : edgeTicks(row, at(routeEndRow, route));
      tellPartner(node, ready, leave - handOver);
    }
    time = start + load<i32>(record(node), LENGTH);
  }
}

/** The last moment to leave row `row` at for beginning at `node` by `start`. */
function leaveFor(node: i32, row: i32, placed: i32, start: i32): i32 {
  const place = load<i32>(record(node), ROW);
  return place < 0 ? start : lastDeparture(row, place, start - setupAt(placed, place, isLoan(node)));
}

function tellPartner(node: i32, ready: i32, late: i32): void {
  const partner = partnerOf(node);
  if (load<i32>(record(partner), ROUTE) < 0) return;
  put(readyAt, partner - firstBorrow, ready);
  put(lateAt, partner - firstBorrow, late);
  if (load<u8>(isPending + <usize>(partner - firstBorrow)) != 0) return;
  if (load<i32>(record(partner), OPEN) == ready && load<i32>(record(partner), CLOSE) == late) return;
  store<u8>(isPending + <usize>(partner - firstBorrow), 1);
  put(pending, pendingCount++, partner);
}

/** After nextPending: a loan node, and what its partner's route says: when it can begin, and until when. */
export let pendingNode: i32 = -1;
export let pendingReady: i32 = 0;
export let pendingLate: i32 = 0;

/** Takes a loan node whose partner's times are news; false when there is none. */
export function nextPending(): bool {
  while (pendingCount > 0) {
    const node = at(pending, --pendingCount);
    store<u8>(isPending + <usize>(node - firstBorrow), 0);
    pendingReady = at(readyAt, node - firstBorrow);
    pendingLate = at(lateAt, node - firstBorrow);
    if (load<i32>(record(node), ROUTE) < 0) continue;
    if (load<i32>(record(node), OPEN) == pendingReady && load<i32>(record(node), CLOSE) == pendingLate) continue;
    pendingNode = node;
    return true;
  }
  return false;
}

/** Forgets all news: the plan is taken back. */
export function clearPending(): void {
  while (pendingCount > 0) store<u8>(isPending + <usize>(at(pending, --pendingCount) - firstBorrow), 0);
}
