// Every order is in one route or left out, once, and the lists are whole.
import { centreRow, orders, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { add, at } from "../memory/cells";
import {
  firstBreak,
  firstEnd,
  firstStart,
  firstSupply,
  isSupply,
  NEXT,
  nodeCount,
  PREV,
  ROUTE,
  ROW,
  record,
  supplyCentre,
} from "../route/nodes";
import { absent, absentCount } from "../search/absent";

/** By node: how often it was seen. */
let seen: usize = 0;

export function buildLinkCheck(): void {
  seen = allocate((<usize>nodeCount) << 2);
}

export function checkLinks(): void {
  memory.fill(seen, 0, (<usize>nodeCount) << 2);
  for (let route = 0; route < routes; route++) {
    const end = firstEnd + route;
    for (let node = firstStart + route; node != end; ) {
      const next = load<i32>(record(node), NEXT);
      assert(load<i32>(record(node), ROUTE) == route, "route of a node");
      assert(load<i32>(record(next), PREV) == node, "node before a node");
      if (isSupply(node)) {
        const centre = at(supplyCentre, node - firstSupply);
        assert(centre >= 0, "supply stop without a centre");
        assert(load<i32>(record(node), ROW) == at(centreRow, centre), "supply stop elsewhere");
      }
      add(seen, node, 1);
      assert(at(seen, node) == 1, "node linked twice");
      node = next;
    }
  }
  for (let i = 0; i < absentCount; i++) {
    add(seen, at(absent, i), 1);
    assert(load<i32>(record(at(absent, i)), ROUTE) == -1, "order left out and in a route");
  }
  for (let order = 0; order < orders; order++)
    assert(at(seen, order) == 1, "order neither served nor left out, or twice");
  for (let node = firstBreak; node < nodeCount; node++) {
    if (at(seen, node) == 1) continue;
    assert(
      isSupply(node) ? at(supplyCentre, node - firstSupply) < 0 : load<i32>(record(node), ROUTE) < 0,
      "node not free",
    );
  }
}
