// Answers that are remembered: a request sent twice under one request_id is solved once.
import { createHash, webcrypto } from "node:crypto";
import { RequestError } from "./errors.ts";

export interface IdempotencyOptions {
  /** How long an answer is remembered, milliseconds; 0: not at all, though calls under way are still joined. */
  readonly windowMs: number;
  /** Bytes of answers remembered for one caller; the oldest go first. */
  readonly maxCallerBytes: number;
  /** Bytes of answers remembered for all callers. */
  readonly maxBytes: number;
}

/** Solves until `signal` says that nobody waits any more. */
export type Solve = (signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

export interface Answers {
  /**
   * The answer of `solve`, or the one that the same caller got for the same `requestId` and `body` within the window. A call that is
   * under way is joined, and goes on as long as one of its callers waits; what fails is not remembered. Rejects with ALREADY_EXISTS
   * where the id stood for another body. `onRepeat` is called where `solve` is not.
   */
  answer(
    caller: string,
    requestId: string,
    body: Uint8Array,
    signal: AbortSignal,
    solve: Solve,
    onRepeat?: () => void,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Bytes of the answers remembered. */
  readonly bytes: number;
  /** Requests remembered or under way. */
  readonly size: number;
  /** Stops looking for what is too old. */
  close(): void;
}

interface Entry {
  readonly caller: string;
  readonly digest: string;
  readonly result: Promise<Uint8Array<ArrayBuffer>>;
  readonly stop: AbortController;
  /** Callers that wait for the result. */
  waiting: number;
  /** Of the answer and what is kept with it; 0 while it is under way. */
  bytes: number;
  /** Moment of `performance.now()`; Infinity while it is under way. */
  expires: number;
}

/** An entry without its answer, about. */
const ENTRY_BYTES = 500;
/** Hashed at once on the thread of the caller; more goes to the thread pool. */
const AT_ONCE_BYTES = 65_536;

export function createAnswers({ windowMs, maxCallerBytes, maxBytes }: IdempotencyOptions): Answers {
  /** In the order in which they were finished, those under way first. */
  const entries = new Map<string, Entry>();
  const callerBytes = new Map<string, number>();
  let bytes = 0;

  const keyOf = (caller: string, requestId: string) => `${caller.length} ${caller}${requestId}`;

  function count(caller: string, change: number): void {
    bytes += change;
    const left = (callerBytes.get(caller) ?? 0) + change;
    if (left > 0) callerBytes.set(caller, left);
    else callerBytes.delete(caller);
  }

  function forget(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    if (entry.bytes > 0) count(entry.caller, -entry.bytes);
  }

  /** Forgets what is too old, and the oldest of what is too much. */
  function sweep(): void {
    const now = performance.now();
    for (const [key, { expires, bytes: held }] of entries) {
      if (held === 0) continue;
      if (expires > now && bytes <= maxBytes) break;
      forget(key);
    }
  }

  /** Forgets the oldest of a caller that has too much. */
  function sweepCaller(caller: string): void {
    for (const [key, entry] of entries) {
      if ((callerBytes.get(caller) ?? 0) <= maxCallerBytes) break;
      if (entry.caller === caller && entry.bytes > 0) forget(key);
    }
  }

  function remember(key: string, entry: Entry, answer: Uint8Array): void {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    if (windowMs === 0) return;
    entry.bytes = answer.length + ENTRY_BYTES;
    entry.expires = performance.now() + windowMs;
    entries.set(key, entry);
    count(entry.caller, entry.bytes);
    sweepCaller(entry.caller);
    sweep();
  }

  function begin(key: string, caller: string, digest: string, solve: Solve): Entry {
    const stop = new AbortController();
    const result = solve(stop.signal);
    const entry: Entry = { caller, digest, result, stop, waiting: 0, bytes: 0, expires: Number.POSITIVE_INFINITY };
    entries.set(key, entry);
    result.then(
      (answer) => remember(key, entry, answer),
      () => entries.get(key) === entry && entries.delete(key),
    );
    return entry;
  }

  /** The entry's result, or CANCELLED as soon as this caller has gone. */
  async function wait(key: string, entry: Entry, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    entry.waiting++;
    let leave = () => {};
    const gone = new Promise<never>((_, reject) => {
      leave = () => {
        entry.waiting--;
        reject(new RequestError("CANCELLED", "the call was cancelled"));
        if (entry.waiting === 0 && entry.bytes === 0) {
          // Who comes now begins anew.
          if (entries.get(key) === entry) entries.delete(key);
          entry.stop.abort();
        }
      };
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
    try {
      return await Promise.race([entry.result, gone]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  // What is not asked for again must go, too.
  const timer = setInterval(sweep, Math.max(1_000, windowMs / 10)).unref();

  return {
    answer: async (caller, requestId, body, signal, solve, onRepeat) => {
      const digest = await digestOf(body);
      sweep();
      const key = keyOf(caller, requestId);
      const known = entries.get(key);
      if (!known) return wait(key, begin(key, caller, digest, solve), signal);
      if (known.digest !== digest)
        throw new RequestError(
          "ALREADY_EXISTS",
          `request_id ${JSON.stringify(requestId.slice(0, 128))} stands for another request`,
        );
      onRepeat?.();
      return wait(key, known, signal);
    },
    get bytes() {
      return bytes;
    },
    get size() {
      return entries.size;
    },
    close: () => clearInterval(timer),
  };
}

async function digestOf(body: Uint8Array): Promise<string> {
  if (body.length <= AT_ONCE_BYTES) return createHash("sha256").update(body).digest("base64");
  return Buffer.from(await webcrypto.subtle.digest("SHA-256", body as Uint8Array<ArrayBuffer>)).toString("base64");
}
