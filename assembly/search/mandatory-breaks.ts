// Mandatory breaks of a route that has stops before the search puts any in.
import { breakPrice, routeBreakFirst } from "../gen/layout";
import { at } from "../memory/cells";
import { firstBreak, firstEnd, NEXT, ROUTE, record } from "../route/nodes";
import { isUsed, link, refresh, routeHeadNode, unlink } from "../route/route";
import { isGlued } from "./meetings";

/** Gives a used route the mandatory breaks that it does not have, each at the first place that fits; false when there is none. */
export function linkBreaks(route: i32): bool {
  if (!isUsed(route)) return true;
  for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++) {
    const node = firstBreak + row;
    if (at(breakPrice, row) < 0 && load<i32>(record(node), ROUTE) < 0 && !linkSomewhere(node, route)) return false;
  }
  return true;
}

function linkSomewhere(node: i32, route: i32): bool {
  const end = firstEnd + route;
  for (let after = at(routeHeadNode, route); after != end; after = load<i32>(record(after), NEXT)) {
    if (isGlued(after)) continue;
    link(node, after);
    if (refresh(route)) return true;
    unlink(node);
  }
  return false;
}
