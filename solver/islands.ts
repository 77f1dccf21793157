// Islands: several searches for one request that tell each other their best plans at set points of the budget.
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";

/** What one search needs to talk to the others; all of it crosses threads. */
export interface Islands {
  /** Row of this island, from 0. */
  readonly index: number;
  /** One port to every other island. */
  readonly ports: readonly MessagePort[];
  /** Over shared memory: islands that have told their plan, by meeting. */
  readonly told: Int32Array;
}

/** Per cent of the budget at which the islands meet. Two good plans that never met are worth more early on: nobody meets before the middle. */
export const MEETINGS = [50, 70, 85] as const;

/** Iterations after which a meeting is due: whole numbers, because the core's pause and the question whether it is due must agree. */
export function meetingAt(budget: bigint, percent: number): bigint {
  return (budget * BigInt(percent) + 99n) / 100n;
}

/** A plan on its way: stops as in assembly/search/plan-stops.ts. */
interface Told {
  readonly meeting: number;
  readonly index: number;
  readonly stops: Int32Array;
}

/** Longest wait for the others between looks at `goesOn`. */
const WAIT_MS = 5;

/**
 * Tells this island's plan and waits for the plans of all the others, while `goesOn`. Returns what the others told, by island; fewer when the
 * wait was given up, which only a deadline or a stop does: so meetings do not depend on who is faster.
 */
export function meet(
  { index, ports, told }: Islands,
  meeting: number,
  stops: Int32Array,
  goesOn: () => boolean,
): Told[] {
  const mine: Told = { meeting, index, stops };
  for (const port of ports) port.postMessage(mine);
  Atomics.add(told, meeting, 1);
  Atomics.notify(told, meeting);
  for (let have = Atomics.load(told, meeting); have <= ports.length && goesOn(); ) {
    Atomics.wait(told, meeting, have, WAIT_MS);
    have = Atomics.load(told, meeting);
  }
  const plans: Told[] = [];
  for (const port of ports) {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      const plan = next.message as Told;
      if (plan.meeting !== meeting) continue;
      plans.push(plan);
      break;
    }
  }
  return plans.sort((a, b) => a.index - b.index);
}
