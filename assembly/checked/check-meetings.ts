// Every meeting is in both routes at one moment, for an order of the borrower's, and is charged for the detour that it is.
import { handOver, loansOn, orders } from "../gen/layout";
import { at } from "../memory/cells";
import { loanNeeds } from "../parts/loans";
import { detourAt, pendingCount, sideOf } from "../route/meetings";
import { CLOSE, EARLY, firstBorrow, firstLend, isLend, ROUTE, record } from "../route/nodes";
import { listRoute, scratchList } from "../route/route";
import { evaluateSequence, sequenceWait } from "../route/sequence";

export function checkMeetings(): void {
  if (loansOn == 0) return;
  assert(pendingCount == 0, "somebody waits for news");
  for (let order = 0; order < orders; order++) {
    const borrow = record(firstBorrow + order);
    const lend = record(firstLend + order);
    const borrower = load<i32>(borrow, ROUTE);
    const lender = load<i32>(lend, ROUTE);
    assert(
      (at(loanNeeds, order) != 0) == borrower >= 0,
      "needs that are lent without a meeting, or a meeting for none",
    );
    assert(lender >= 0 == borrower >= 0, "one side of a meeting");
    if (borrower < 0) continue;
    assert(borrower != lender, "a meeting of one");
    assert(load<i32>(record(order), ROUTE) == borrower, "a meeting for the order of another route");
    assert(load<i32>(borrow, EARLY) == load<i32>(lend, EARLY), "a meeting at two moments");
    assert(load<i32>(borrow, EARLY) <= load<i32>(borrow, CLOSE), "a meeting too late for the lender");
    assert(load<i32>(lend, EARLY) <= load<i32>(lend, CLOSE), "a meeting too late for the borrower");
    checkSide(firstBorrow + order, borrower);
    checkSide(firstLend + order, lender);
  }
}

function checkSide(node: i32, route: i32): void {
  const count = listRoute(route, scratchList);
  assert(evaluateSequence(route, scratchList, count), "a route with a meeting that breaks a rule");
  let index = 0;
  while (at(scratchList, index) != node) index++;
  const rest = isLend(node) ? sequenceWait(scratchList, index) : handOver;
  assert(sideOf(node) == detourAt(route, scratchList, count, index) + rest, "detour of a meeting");
}
