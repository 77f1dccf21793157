// Drives the core through the insertion of new orders: each sequence of them is put in one by one, the best plan wins.
import type { Core } from "./core.ts";
import type { SolveControl } from "./drive.ts";
import type { Problem } from "./model/problem.ts";

/** Up to so many new orders every sequence is tried. */
const ALL_SEQUENCES = 4;
/** Sequences of more orders where the request names no number: the fewer, the more orders there are, so that they take milliseconds. */
const MOST_SEQUENCES = 24;
const PLACEMENTS = 240;

/** What an insertion took. */
export interface Insertion {
  /** Sequences tried. */
  readonly sequences: bigint;
  /** The time was over before all orders had been tried once. */
  readonly cut: boolean;
}

/** Puts the orders that the running plan does not serve into it; the best plan is loaded. */
export function insertOrders(core: Core, problem: Problem, control: SolveControl): Insertion {
  const { exports } = core;
  exports.openRunning();
  const absent = [...core.int32s(exports.absent.value, exports.absentCount.value)];
  const isOver = () => control.stopped() || performance.now() >= control.deadlineMs;
  let sequences = 0n;
  for (const sequence of sequencesOf(cheapestFirst(core, problem, absent), problem)) {
    if (sequences > 0n && isOver()) break;
    core.write(exports.sequence.value, sequence);
    if (exports.insertSequence(sequence.length) === 0) break;
    sequences++;
  }
  exports.closeInsertion();
  return { sequences, cut: absent.length > 0 && sequences === 0n };
}

/** The orders by what their best insertion into the running plan costs, those without one last. */
function cheapestFirst(core: Core, problem: Problem, absent: readonly number[]): number[] {
  if (absent.length < 2) return [...absent];
  const { exports } = core;
  const none = problem.levels.map(() => 2n ** 63n - 1n);
  const costs = new Map(
    absent.map((order) => {
      exports.findInsertions(order, 1, 1);
      const found = exports.insertionCount.value > 0;
      return [order, found ? [...core.int64s(exports.insertions.value, problem.levels.length)] : none] as const;
    }),
  );
  return absent.toSorted((a, b) => compareLevels(costs.get(a)!, costs.get(b)!) || a - b);
}

function compareLevels(a: readonly bigint[], b: readonly bigint[]): number {
  const first = a.findIndex((value, level) => value !== b[level]);
  return first < 0 ? 0 : a[first]! < b[first]! ? -1 : 1;
}

/** Sequences in which the orders are put in: the given one, then others; of few orders all of them. */
function* sequencesOf(first: readonly number[], problem: Problem): Generator<readonly number[]> {
  if (first.length < 2) {
    if (first.length > 0) yield first;
    return;
  }
  const byDefault = Math.max(2, Math.min(MOST_SEQUENCES, Math.floor(PLACEMENTS / first.length)));
  const most = problem.iterations > 0 ? problem.iterations : byDefault;
  let count = 0;
  if (first.length <= ALL_SEQUENCES) {
    for (const sequence of permutations(first)) if (count++ < most) yield sequence;
    return;
  }
  yield first;
  if (most > 1) yield first.toReversed();
  const below = randomBelow(problem.seed);
  for (count = 2; count < most; count++) yield shuffled(first, below);
}

function* permutations(list: readonly number[]): Generator<number[]> {
  if (list.length === 0) yield [];
  for (const [index, first] of list.entries())
    for (const rest of permutations(list.toSpliced(index, 1))) yield [first, ...rest];
}

function shuffled(list: readonly number[], below: (bound: number) => number): number[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

/** Numbers from 0 to bound - 1 by a seed: SplitMix64 (Steele, Lea & Flood 2014). */
function randomBelow(seed: bigint): (bound: number) => number {
  let state = BigInt.asUintN(64, seed);
  const mix = (value: bigint, shift: bigint, factor: bigint) => BigInt.asUintN(64, (value ^ (value >> shift)) * factor);
  return (bound) => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    const mixed = mix(mix(state, 30n, 0xbf58476d1ce4e5b9n), 27n, 0x94d049bb133111ebn);
    return Number((mixed ^ (mixed >> 31n)) % BigInt(bound));
  };
}
