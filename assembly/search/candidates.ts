// The routes an order may be offered to: every used one, and of those that are interchangeable while empty just one.
import { routeClass, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { isUsed, setUsedChanged, usedChanged } from "../route/route";

/** Route rows: first the unused ones, then the used ones, each ascending. */
export let candidates: usize = 0;
export let candidateCount: i32 = 0;
export let unusedCount: i32 = 0;
/** By route class: its first empty route that may be opened, -1 when there is none. */
export let emptyOfClass: usize = 0;

export function buildCandidates(): void {
  candidates = allocate((<usize>routes) << 2);
  emptyOfClass = allocate((<usize>routes) << 2);
  opening = true;
  setUsedChanged(true);
}

/** Unused routes may be opened. */
let opening: bool = true;

/** Says whether unused routes are candidates. */
export function setOpening(opens: bool): void {
  opening = opens;
  setUsedChanged(true);
}

/** Brings the list up to date. */
export function listCandidates(): void {
  if (!usedChanged) return;
  setUsedChanged(false);
  memory.fill(emptyOfClass, 0xff, (<usize>routes) << 2);
  let count = 0;
  for (let route = 0; route < routes; route++) {
    if (!opening || isUsed(route)) continue;
    const group = at(routeClass, route);
    if (at(emptyOfClass, group) >= 0) continue;
    put(emptyOfClass, group, route);
    put(candidates, count++, route);
  }
  unusedCount = count;
  for (let route = 0; route < routes; route++) if (isUsed(route)) put(candidates, count++, route);
  candidateCount = count;
}
