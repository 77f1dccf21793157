// Who runs when: threads are shared between lanes and callers, some are kept for short requests, and what waits is bounded.
import { RequestError } from "../errors.ts";
import { FairQueue, type Queued } from "./fair-queue.ts";
import type { Lane } from "./lanes.ts";

/** A request as the scheduler sees it. */
export interface Job extends Queued {
  /** Row of its lane. */
  readonly lane: number;
  /** Threads it needs, all at once; at most the common ones. */
  readonly threads: number;
  /** Size of its message. */
  readonly bytes: number;
  /** Latest begin, milliseconds from now; Infinity: whenever. */
  readonly beginWithinMs: number;
}

export interface SchedulerShape {
  readonly lanes: readonly Lane[];
  /** Threads that any lane may use; those the lanes reserve come on top. */
  readonly common: number;
  /** Threads that may be waited for, summed over waiting jobs. */
  readonly maxQueue: number;
  /** Messages admitted and not answered, together. */
  readonly maxBytes: number;
}

/** How one lane stands. */
export interface LaneState {
  readonly lane: string;
  /** Threads in use. */
  readonly busy: number;
  /** Jobs that wait. */
  readonly waiting: number;
}

export interface Scheduler {
  /**
   * Runs `work` as soon as the job's threads are free; all are taken at once, so that two jobs never hold what the other waits for.
   * Rejects at once with RESOURCE_EXHAUSTED and a retry hint where it cannot be admitted, with CANCELLED where `stop` aborts before it begins.
   */
  run<T>(job: Job, stop: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** How the lanes stand, short to long. */
  lanes(): LaneState[];
  /** Bytes of the messages admitted and not answered. */
  readonly bytes: number;
}

interface Running {
  readonly job: Job;
  readonly began: number;
  /** Aborted when nobody waits for it any more. */
  readonly stop: AbortSignal;
}

interface Entry extends Job {
  readonly begin: () => void;
}

/** A caller may take a place in the queue while it holds at most this many times the places left: others always find one. */
const PLACES_TIMES_FREE = 4;
/** Expected waits are taken so many times as long where a deadline hangs on them: on a busy machine work takes longer than it did. */
const CAUTION = 1.25;
/** Weight of the newest job in how real work compares with the estimate. */
const NEWEST = 1 / 16;

/** A scheduler with all threads free. */
export function createScheduler({ lanes, common, maxQueue, maxBytes }: SchedulerShape): Scheduler {
  const queues = lanes.map(() => new FairQueue<Entry>());
  /** Work each lane got, so that lanes share the common threads, too. */
  const served = lanes.map(() => 0);
  let clock = 0;
  /** Real work over estimated work. */
  const truth = lanes.map(() => 1);
  const running = new Set<Running>();
  const reservedFrom = lanes.map((_, row) => sum(lanes.slice(row).map(({ reserved }) => reserved)));
  const total = common + reservedFrom[0]!;
  let bytes = 0;
  let waitingThreads = 0;

  /** Threads in use by lanes from `first` to `last`, both inclusive. */
  const busy = (first: number, last: number) =>
    sum([...running].map(({ job }) => (job.lane >= first && job.lane <= last ? job.threads : 0)));

  /** Whether `threads` more may run beside those of their own lane, as far as the lane is concerned. */
  const mayJoin = (lane: number, threads: number) => {
    const others = busy(lane, lane);
    return others === 0 || others + threads <= lanes[lane]!.atOnce;
  };

  /** Whether there is room for `threads` more in a lane: no lane takes what is reserved for shorter ones. */
  const fits = (lane: number, threads: number) =>
    lanes.every((_, row) => row > lane || busy(row, lanes.length - 1) + threads <= common + reservedFrom[row]!);

  /** The lane whose first job begins now; undefined where none can. */
  function nextLane(): number | undefined {
    const open = lanes.flatMap((_, row) => (queues[row]!.length > 0 ? [row] : []));
    open.sort((a, b) => served[a]! - served[b]! || a - b);
    let blocked = -1;
    for (const row of open) {
      const { threads } = queues[row]!.peek()!;
      // It waits for one of its own lane, which takes nothing from the others.
      if (!mayJoin(row, threads)) continue;
      // While a longer job waits for room, shorter ones go on in their own threads only, and nobody else overtakes it.
      const mayPass =
        blocked < 0 || (row < blocked && busy(0, blocked - 1) + threads <= reservedFrom[0]! - reservedFrom[blocked]!);
      if (mayPass && fits(row, threads)) return row;
      blocked = Math.max(blocked, row);
    }
    return undefined;
  }

  function dispatch(): void {
    for (let lane = nextLane(); lane !== undefined; lane = nextLane()) {
      const entry = queues[lane]!.shift()!;
      clock = served[lane]!;
      served[lane]! += entry.workMs;
      waitingThreads -= entry.threads;
      entry.begin();
    }
  }

  /** Milliseconds until a job that waits behind all others would begin, as far as estimates tell. */
  function expectedWaitMs(job: Job): number {
    const mine = queues[job.lane]!.workMs - job.workMs;
    // Lanes share, so another lane gets before this job at most what this lane gets.
    const ahead = sum(
      queues.map((queue, row) => (row === job.lane ? mine : Math.min(queue.workMs, mine + job.workMs)) * truth[row]!),
    );
    const now = performance.now();
    // A job that is stopped ends at once.
    const leftOf = ({ job: { threads, workMs, lane }, began, stop }: Running) =>
      stop.aborted ? 0 : Math.max(0, (workMs / threads) * truth[lane]! - (now - began));
    const endsOf = (ones: Running[]) =>
      ones.flatMap((one) => Array<number>(one.job.threads).fill(leftOf(one))).sort((a, b) => a - b);
    const before = [...running].filter(
      (one) => one.job.lane >= job.lane || busy(0, one.job.lane) > reservedFrom[0]! - reservedFrom[job.lane]!,
    );
    const own = before.filter((one) => one.job.lane === job.lane);
    return Math.max(
      filled(endsOf(before), common + reservedFrom[job.lane]!, ahead),
      filled(endsOf(own), Math.min(total, lanes[job.lane]!.atOnce), mine * truth[job.lane]!),
    );
  }

  /** Why a job that could not begin may not wait either; undefined where it may. */
  function refusal(entry: Entry): RequestError | undefined {
    const waitMs = expectedWaitMs(entry);
    const refuse = (reason: string) =>
      new RequestError("RESOURCE_EXHAUSTED", reason, [], Math.ceil(Math.min(60_000, Math.max(100, waitMs))));
    const others = waitingThreads - entry.threads;
    if (waitingThreads > maxQueue)
      return refuse(`all ${total} workers are busy and ${others} of ${maxQueue} queue places are taken`);
    const mine = sum(queues.map((queue) => queue.waitingOf(entry.caller))) - 1;
    if (mine > PLACES_TIMES_FREE * (maxQueue - others))
      return refuse(`this caller holds ${mine} of ${maxQueue} queue places and the rest is kept for others`);
    if (CAUTION * waitMs > entry.beginWithinMs)
      return refuse(`a worker is expected to be free in ${Math.round(waitMs)} ms, too late for the call's deadline`);
    return undefined;
  }

  function enter(job: Job, stop: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (error: RequestError) => {
        stop.removeEventListener("abort", onStop);
        queues[entry.lane]!.remove(entry);
        waitingThreads -= entry.threads;
        reject(error);
      };
      const onStop = () => {
        leave(new RequestError("CANCELLED", "cancelled before a worker was free"));
        dispatch();
      };
      let begun = false;
      const begin = () => {
        begun = true;
        stop.removeEventListener("abort", onStop);
        running.add({ job, began: performance.now(), stop });
        resolve();
      };
      const entry: Entry = { ...job, begin };
      const queue = queues[job.lane]!;
      if (queue.length === 0) served[job.lane] = Math.max(served[job.lane]!, clock);
      queue.push(entry);
      waitingThreads += job.threads;
      stop.addEventListener("abort", onStop, { once: true });
      dispatch();
      const refused = begun ? undefined : refusal(entry);
      if (refused) leave(refused);
    });
  }

  /** Gives a job's threads back; what it took teaches only where it came to its end. */
  function end(job: Job, ranMs: number, finished: boolean): void {
    for (const one of running)
      if (one.job === job) {
        running.delete(one);
        break;
      }
    const { lane, threads, workMs } = job;
    if (finished) truth[lane]! += (Math.min(10, Math.max(0.1, (ranMs * threads) / workMs)) - truth[lane]!) * NEWEST;
    queues[lane]!.correct(job, ranMs * threads - workMs);
    dispatch();
  }

  return {
    run: async (job, stop, work) => {
      if (stop.aborted) throw new RequestError("CANCELLED", "cancelled before a worker was free");
      if (bytes + job.bytes > maxBytes)
        throw new RequestError(
          "RESOURCE_EXHAUSTED",
          `requests of ${bytes} bytes are being answered, at most ${maxBytes} may be`,
          [],
          1_000,
        );
      bytes += job.bytes;
      try {
        await enter(job, stop);
        const began = performance.now();
        let finished = false;
        try {
          const result = await work();
          finished = true;
          return result;
        } finally {
          end(job, performance.now() - began, finished);
        }
      } finally {
        bytes -= job.bytes;
      }
    },
    lanes: () => lanes.map(({ name }, row) => ({ lane: name, busy: busy(row, row), waiting: queues[row]!.length })),
    get bytes() {
      return bytes;
    },
  };
}

/** When work that is ahead has begun on all of `room` threads, of which some become free at `ends` and the others are: it fills them in that order. */
function filled(ends: readonly number[], room: number, work: number): number {
  const frees = [...Array<number>(Math.max(0, room - ends.length)).fill(0), ...ends].slice(0, room);
  let level = 0;
  let left = work;
  for (let used = 1; used <= frees.length; used++) {
    const step = (frees[used] ?? Number.POSITIVE_INFINITY) - frees[used - 1]!;
    level = frees[used - 1]!;
    if (step * used >= left) return level + left / used;
    left -= step * used;
  }
  return level;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
