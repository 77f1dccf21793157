// Travel that depends on when a leg begins (docs/plan.md, "Travel by the hour"). The matrices of matrix.ts then hold the quickest slice of each leg:
// bounds from below.
import {
  NEVER,
  routeMatrices,
  rowSetup,
  rows,
  sliceStart,
  slices,
  sliceTable,
  sliceTables,
  sliceTravel,
} from "../gen/layout";
import { at } from "../memory/cells";
import { edgeTicks } from "./matrix";

/** True when some leg takes longer at one hour than at another. */
export let hoursOn: bool = false;

/** The whole way, in shares. */
const WAY: i64 = (<i64>1) << 60;

let tableBytes: usize = 0;
/** Numbers of the tables of the matrices in use, by slice. */
let tables: usize = 0;
/** The slice asked for last: the next moment mostly lies near. */
let lastSlice: i32 = 0;

export function bindHours(): void {
  hoursOn = sliceTables > 0;
  tableBytes = (<usize>rows * <usize>rows) << 2;
  tables = sliceTable;
  lastSlice = 0;
}

/** Chooses the tables of `route`, as useMatrices its matrices. */
export function useHours(route: i32): void {
  tables = sliceTable + ((<usize>(at(routeMatrices, route) * slices)) << 2);
}

function sliceAt(time: i32): i32 {
  let slice = lastSlice;
  while (slice + 1 < slices && at(sliceStart, slice + 1) <= time) slice++;
  while (slice > 0 && at(sliceStart, slice) > time) slice--;
  lastSlice = slice;
  return slice;
}

/** First tick after the slice; NEVER after the last one. */
function endOf(slice: i32): i32 {
  return slice + 1 < slices ? at(sliceStart, slice + 1) : i32.MAX_VALUE;
}

function ticksIn(slice: i32, cell: usize): i32 {
  return load<i32>(sliceTravel + <usize>at(tables, slice) * tableBytes + cell);
}

/** Shares that a tick covers in a slice in which the leg takes `ticks` > 0. */
function speedOf(ticks: i32): i64 {
  return (WAY - 1) / <i64>ticks + 1;
}

function ticksFor(shares: i64, speed: i64): i32 {
  return <i32>((shares - 1) / speed) + 1;
}

/** Ticks of the leg between two rows of the matrices in use, without set-up, that begins at `time`; NEVER = no way. */
export function travelAt(from: i32, to: i32, time: i32): i32 {
  const cell = (<usize>from * <usize>rows + <usize>to) << 2;
  let slice = sliceAt(time);
  let ticks = ticksIn(slice, cell);
  if (ticks >= NEVER || time + ticks <= endOf(slice)) return ticks;
  let left = WAY;
  let now = time;
  while (ticks > 0) {
    const speed = speedOf(ticks);
    const rest = ticksFor(left, speed);
    const room = endOf(slice) - now;
    if (rest <= room) return now + rest - time;
    left -= speed * <i64>room;
    now += room;
    ticks = ticksIn(++slice, cell);
  }
  return now - time;
}

/** The last moment to leave at for being there at `arrival`; far before all times where there is no way. */
export function lastDeparture(from: i32, to: i32, arrival: i32): i32 {
  const cell = (<usize>from * <usize>rows + <usize>to) << 2;
  let slice = sliceAt(arrival);
  let ticks = ticksIn(slice, cell);
  if (ticks >= NEVER) return -NEVER;
  // The first slice has always been.
  if (slice == 0 || arrival - ticks >= at(sliceStart, slice)) return arrival - ticks;
  let left = WAY;
  let now = arrival;
  while (ticks > 0) {
    const speed = speedOf(ticks);
    const rest = ticksFor(left, speed);
    const room = now - at(sliceStart, slice);
    if (slice == 0 || rest <= room) return now - rest;
    left -= speed * <i64>room;
    now -= room;
    ticks = ticksIn(--slice, cell);
  }
  return now - 1;
}

/** Ticks of set-up at row `to`, when the last stop before that is no meeting was at row `placed`. */
export function setupAt(placed: i32, to: i32, isMeeting: bool): i32 {
  return rowSetup == 0 || isMeeting ? 0 : min(at(rowSetup, to), edgeTicks(placed, to));
}
