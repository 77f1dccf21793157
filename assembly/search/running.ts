// The running plan as the search found it: its levels, and the orders that it does not serve.
import { keepsRunning, levels, orders } from "../gen/layout";
import { allocate } from "../memory/arena";
import { absent, absentCount, giveUpLocks } from "./absent";
import { planLevels } from "./levels";

/** i64 by level, of the running plan. */
export let runningLevels: usize = 0;
/** Orders that are not in it: new ones, and those that could not stay. */
export let runningAbsent: usize = 0;
export let runningAbsentCount: i32 = 0;

export function buildRunning(): void {
  runningLevels = allocate((<usize>(levels + 1)) << 3);
  runningAbsent = allocate((<usize>(orders + 1)) << 2);
  runningAbsentCount = 0;
}

/** Notes the plan as it stands, measured. */
export function noteRunning(): void {
  if (keepsRunning == 1) giveUpLocks();
  memory.copy(runningLevels, planLevels, (<usize>levels) << 3);
  memory.copy(runningAbsent, absent, (<usize>absentCount) << 2);
  runningAbsentCount = absentCount;
}
