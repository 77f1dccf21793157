// Questions to a road engine over HTTP: limits on time, size and concurrency, and retries with back-off.
import pLimit, { type LimitFunction } from "p-limit";
import pRetry from "p-retry";
import { RoadError } from "./engine.ts";

/** How a server is asked. */
export interface HttpOptions {
  /** Longest wait for one answer, milliseconds. */
  readonly timeoutMs: number;
  /** How often a question that was not answered is asked again. */
  readonly retries: number;
  /** Questions on their way to one server at a time. */
  readonly concurrency: number;
  /** Largest answer, bytes. */
  readonly maxBytes: number;
}

/** Settings where nothing else is said. */
export const HTTP_DEFAULTS: HttpOptions = {
  timeoutMs: 10_000,
  retries: 2,
  concurrency: 4,
  maxBytes: 256 * 1024 * 1024,
};

/** An answer: its status and the JSON in it. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

const limits = new Map<string, LimitFunction>();

/** One limit for each server, whoever asks. */
function limitOf(origin: string, concurrency: number): LimitFunction {
  const key = `${origin} ${concurrency}`;
  let limit = limits.get(key);
  if (!limit) {
    limit = pLimit(concurrency);
    limits.set(key, limit);
  }
  return limit;
}

/** Asks `url`, with a JSON body by POST or else by GET. Rejects with RoadError, or the signal's reason. */
export async function askJson(
  url: URL,
  body: string | undefined,
  options: HttpOptions,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const limit = limitOf(url.origin, options.concurrency);
  const once = async () => {
    const answer = await limit(() => ask(url, body, options, signal));
    if (answer.status >= 500 || answer.status === 429)
      throw new RoadError("away", `${url.origin} answered HTTP ${answer.status}: ${wordsOf(answer.body)}`);
    return answer;
  };
  return pRetry(once, {
    retries: options.retries,
    minTimeout: 100,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => error instanceof RoadError && (error.fault === "away" || error.fault === "slow"),
  });
}

async function ask(
  url: URL,
  body: string | undefined,
  { timeoutMs, maxBytes }: HttpOptions,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...(body !== undefined && { method: "POST", body, headers: { "content-type": "application/json" } }),
      // A server that may be asked must not send us on to one that may not.
      redirect: "error",
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await textOf(response, maxBytes, url);
    return { status: response.status, body: jsonOf(text, response.status, url) };
  } catch (error) {
    if (error instanceof RoadError) throw error;
    signal.throwIfAborted();
    if (timeout.aborted) throw new RoadError("slow", `${url.origin} did not answer within ${timeoutMs} ms`);
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message;
    throw new RoadError("away", `${url.origin} cannot be reached: ${why}`);
  }
}

async function textOf(response: Response, maxBytes: number, url: URL): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > maxBytes) throw new RoadError("nonsense", `${url.origin} answered more than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The JSON in a text; the text itself where a failing server says why in plain words. */
function jsonOf(text: string, status: number, url: URL): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (status >= 400) return text;
    throw new RoadError("nonsense", `${url.origin} answered something that is not JSON: ${wordsOf(text)}`);
  }
}

/** The words in an answer that is none, at most 200 characters. */
export function wordsOf(body: unknown): string {
  const { message, error, code } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const words = [code, message ?? error].filter((part) => typeof part === "string" || typeof part === "number");
  const text = words.length > 0 ? words.join(": ") : typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line || "(nothing)";
}
