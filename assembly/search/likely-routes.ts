// The routes that are likely to take an order, on problems with many routes: those of its neighbours, those that start near it, and those
// that changed in this iteration (granular neighbourhoods, Toth & Vigo 2003, for routes instead of places).
import { eligible } from "../criteria/eligibility";
import { orders, routeClass, routeEngineer, routeStartRow, routes } from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { selectKeys, sortKeys } from "../memory/sort";
import { firstShift } from "../parts/ledger";
import { travelTicks, useMatrices } from "../route/matrix";
import { ROUTE, record } from "../route/nodes";
import { isUsed } from "../route/route";
import { emptyOfClass } from "./candidates";
import { touched, touchedCount } from "./journal";
import { hasCandidates, nearEngineer, nearEngineers } from "./near-engineers";
import { neighbour, neighbourCount } from "./neighbours";

/** Route classes that start near an order. */
const NEAREST_STARTS: i32 = 20;
/** Neighbours whose routes are looked at. */
const NEAREST: i32 = 20;

/** By order, nearStarts each: classes of routes that may serve it, the nearest first; -1 at the end of a shorter list. */
let starts: usize = 0;
let nearStarts: i32 = 0;
/** By route: the list that it was put on last. */
let listedIn: usize = 0;
let listed: i32 = 0;
/** Likely routes of the order at hand. */
export let likely: usize = 0;
export let likelyCount: i32 = 0;

export function buildLikelyRoutes(): void {
  listedIn = allocateZeroed((<usize>routes) << 2);
  likely = allocate((<usize>routes) << 2);
  listed = 0;
  if (hasCandidates) return;
  nearStarts = min(NEAREST_STARTS, routes);
  starts = allocate((<usize>orders * <usize>nearStarts) << 2);
  const keys = allocate((<usize>routes) << 3);
  for (let order = 0; order < orders; order++) {
    let count = 0;
    for (let route = 0; route < routes; route++) {
      if (at(routeClass, route) != route) continue;
      if (!eligible(order, at(routeEngineer, route))) continue;
      useMatrices(route);
      put64(keys, count++, ((<i64>travelTicks(order, at(routeStartRow, route))) << 20) | <i64>route);
    }
    const kept = min(count, nearStarts);
    selectKeys(keys, count, kept);
    sortKeys(keys, kept);
    for (let i = 0; i < nearStarts; i++)
      put(starts, order * nearStarts + i, i < kept ? <i32>(at64(keys, i) & 0xfffff) : -1);
  }
}

/** Lists the likely routes of `order`; the candidates are up to date. */
export function listLikely(order: i32): void {
  if (hasCandidates) {
    listNear(order, false);
    return;
  }
  listed++;
  likelyCount = 0;
  // The most likely ones first: a good place early spares looking at the others closely.
  const last = min(NEAREST, neighbourCount);
  for (let i = 0; i < last; i++) {
    const route = load<i32>(record(neighbour(order, i)), ROUTE);
    if (route >= 0) list(route);
  }
  for (let i = 0; i < touchedCount; i++) if (isUsed(at(touched, i))) list(at(touched, i));
  const first = order * nearStarts;
  for (let i = 0; i < nearStarts; i++) {
    const group = at(starts, first + i);
    if (group < 0) break;
    if (isUsed(group)) list(group);
    const empty = at(emptyOfClass, group);
    if (empty >= 0) list(empty);
  }
}

function list(route: i32): void {
  if (at(listedIn, route) == listed) return;
  put(listedIn, route, listed);
  put(likely, likelyCount++, route);
}

/** Lists the routes of the engineers near `order`; the candidates are up to date. */
export function listNear(order: i32, onlyUnused: bool): void {
  listed++;
  likelyCount = 0;
  for (let i = 0, count = nearEngineers(order); i < count; i++) {
    const engineer = nearEngineer(order, i);
    const end = at(firstShift, engineer + 1);
    for (let route = at(firstShift, engineer); route < end; route++) {
      const used = isUsed(route);
      if (used && onlyUnused) continue;
      const offered = used ? route : at(emptyOfClass, at(routeClass, route));
      if (offered >= 0) list(offered);
    }
  }
}
