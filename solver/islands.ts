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

/** Shares of the budget at which the islands meet. Two good plans that never met are worth more early on: nobody meets before the middle. */
export const MEETINGS = [0.5, 0.7, 0.85] as const;

/** A plan on its way: levels of the objective, stops as in assembly/search/plan-stops.ts. */
export interface Told {
  readonly meeting: number;
  readonly index: number;
  readonly levels: readonly bigint[];
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
  levels: readonly bigint[],
  stops: Int32Array,
  goesOn: () => boolean,
): Told[] {
  const mine: Told = { meeting, index, levels, stops };
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
