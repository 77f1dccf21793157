// Slots for tasks: so many run at a time, calls that need more wait in order and can leave at no cost.
import { RequestError } from "./errors.ts";

/** Slots of a pool. */
export interface Slots {
  /** Slots taken or waited for. */
  readonly tasks: number;
  /**
   * Runs `work` in `count` slots (at most as many as there are), all taken at once, so that two calls never hold what the other
   * waits for. Calls enter in order of asking. Rejects with CANCELLED where `stop` aborts before.
   */
  run<T>(count: number, stop: AbortSignal, work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly count: number;
  readonly enter: () => void;
}

/** `size` free slots. */
export function createSlots(size: number): Slots {
  let free = size;
  const waiting = new Set<Waiting>();

  function admitWaiting(): void {
    for (const next of waiting) {
      if (next.count > free) return;
      waiting.delete(next);
      free -= next.count;
      next.enter();
    }
  }

  function take(count: number, stop: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(place);
        reject(new RequestError("CANCELLED", "cancelled before a worker was free"));
        admitWaiting();
      };
      const enter = () => {
        stop.removeEventListener("abort", leave);
        resolve();
      };
      const place = { count, enter };
      if (stop.aborted) {
        leave();
        return;
      }
      stop.addEventListener("abort", leave, { once: true });
      waiting.add(place);
      admitWaiting();
    });
  }

  return {
    get tasks() {
      return size - free + [...waiting].reduce((sum, { count }) => sum + count, 0);
    },
    run: async (count, stop, work) => {
      await take(count, stop);
      try {
        return await work();
      } finally {
        free += count;
        admitWaiting();
      }
    },
  };
}
