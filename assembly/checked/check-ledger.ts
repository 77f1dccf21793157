// The books of parts are those that all routes, entered one after the other, make.
import {
  centreItem,
  centres,
  engineerPartCapacity,
  engineers,
  items,
  loansOn,
  routeEngineer,
  routes,
  UNLIMITED,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at } from "../memory/cells";
import {
  centreTaken,
  closeBooks,
  fromVan,
  fullest,
  NO_SUPPLY,
  onBoard,
  stockState,
  supplyBy,
  supplyPos,
  used,
  usedBefore,
  vanTaken,
} from "../parts/ledger";
import { borrowed, lent } from "../parts/loans";
import { firstEnd, firstStart, NEXT, nodeCount, record } from "../route/nodes";
import { rebook } from "../route/route";

let books: usize = 0;
let end: usize = 0;

export function buildLedgerCheck(): void {
  const cells = 5 * routes * items + (3 * engineers + centres + 1) * items + routes + nodeCount;
  books = allocate((<usize>cells) << 2);
}

/** Keeps a copy of `rows` words and returns its address. */
function keep(column: usize, rows: i32): usize {
  const copy = end;
  memory.copy(copy, column, (<usize>rows) << 2);
  end += (<usize>rows) << 2;
  return copy;
}

export function checkLedger(): void {
  if (items == 0) return;
  end = books;
  const cells = routes * items;
  const oldUsed = keep(used, cells);
  const oldBefore = keep(usedBefore, cells);
  const oldVan = keep(fromVan, cells);
  const oldPos = keep(supplyPos, cells);
  const oldBy = keep(supplyBy, cells);
  const oldTaken = keep(vanTaken, engineers * items);
  const oldCentre = keep(centreTaken, centres * items);
  const oldFullest = keep(fullest, routes);
  const oldBoard = keep(onBoard, nodeCount);
  const oldState = keep(stockState, items);
  const loans = loansOn == 1 ? engineers * items : 0;
  const oldLent = keep(lent, loans);
  const oldBorrowed = keep(borrowed, loans);
  for (let route = 0; route < routes; route++) closeBooks(route);
  for (let cell = 0; cell < engineers * items; cell++) assert(at(vanTaken, cell) == 0, "van after closing all books");
  for (let cell = 0; cell < centres * items; cell++)
    assert(at(centreTaken, cell) == 0, "centre after closing all books");
  for (let item = 0; item < items; item++) assert(at(stockState, item) == 0, "stock state after closing all books");
  for (let route = 0; route < routes; route++) rebook(route);
  for (let cell = 0; cell < cells; cell++) {
    assert(at(used, cell) == at(oldUsed, cell), "units used");
    assert(at(usedBefore, cell) == at(oldBefore, cell), "units used before the supply stop");
    assert(at(supplyPos, cell) == at(oldPos, cell), "place of the supply stop");
    assert(at(supplyPos, cell) == NO_SUPPLY || at(supplyBy, cell) == at(oldBy, cell), "centre of the supply stop");
    assert(at(fromVan, cell) == at(oldVan, cell), "units from the van");
  }
  for (let cell = 0; cell < engineers * items; cell++) assert(at(vanTaken, cell) == at(oldTaken, cell), "van stock");
  for (let cell = 0; cell < centres * items; cell++)
    assert(at(centreItem, cell) >= UNLIMITED || at(centreTaken, cell) == at(oldCentre, cell), "centre stock");
  for (let cell = 0; cell < loans; cell++) {
    assert(at(lent, cell) == at(oldLent, cell), "units lent");
    assert(at(borrowed, cell) == at(oldBorrowed, cell), "units borrowed");
  }
  for (let item = 0; item < items; item++) assert(at(stockState, item) == at(oldState, item), "stock state");
  for (let route = 0; route < routes; route++) {
    if (at(engineerPartCapacity, at(routeEngineer, route)) >= UNLIMITED) continue;
    assert(at(fullest, route) == at(oldFullest, route), "fullest van");
    for (let node = firstStart + route; node != firstEnd + route; node = load<i32>(record(node), NEXT))
      assert(at(onBoard, node) == at(oldBoard, node), "units on board");
  }
}
