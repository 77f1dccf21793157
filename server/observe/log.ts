// The server's log: JSON lines without personal data.
import { type DestinationStream, type Logger, pino } from "pino";

/** Fields whose value is never written: names, phones, addresses, places, secrets and whatever holds them. */
const PERSONAL =
  /^(.*name|.*phone.*|mobile|.*address.*|lat(itude)?|lng|lon(gitude)?|.*place|position|labels|note|description|authorization|.*token.*|.*secret.*|.*password.*|cookie)$/i;
/** A text in quotes, as errors show values. */
const QUOTED = /"[^"\n]*"|'[^'\n]*'/g;
/** A number with three decimals or more, as degrees have. */
const EXACT = /-?\b\d{1,3}\.\d{3,}\b/g;
/** A mobile number of China, anywhere; and any other number as people write phones. */
const PHONE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)|(?<![\w.:-])\+\d[\d ()-]{6,}\d(?![\w.:-])/g;
const HIDDEN = "[redacted]";
/** Fields that hold a name of the machine's world and not of a person's. */
const NOT_PERSONAL = new Set(["hostname", "filename"]);
const DEEPEST = 4;

/** The text without values in quotes, exact numbers and phones. */
export function redactText(text: string): string {
  return text.replace(PHONE, HIDDEN).replace(EXACT, HIDDEN).replace(QUOTED, `"${HIDDEN}"`);
}

const personalKeys = new Map<string, boolean>();
/** Names of fields are few; what somebody else chose, such as labels, must not fill the memory. */
const MOST_KEYS = 1_000;

function isPersonal(key: string): boolean {
  let personal = personalKeys.get(key);
  if (personal === undefined) {
    personal = PERSONAL.test(key) && !NOT_PERSONAL.has(key);
    if (personalKeys.size < MOST_KEYS) personalKeys.set(key, personal);
  }
  return personal;
}

/** The value without personal fields. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEEPEST) return HIDDEN;
  if (Array.isArray(value)) return value.map((one) => redact(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, isPersonal(key) ? HIDDEN : redact(one, depth + 1)]),
  );
}

/** Lines are written together: one by one they cost more than answering the calls they are about. */
const FLUSH_MS = 100;
const FLUSH_BYTES = 8_192;
/** What waits for a reader who is slow or gone, at most; lines beyond are lost. */
const MOST_BYTES = 8_388_608;
/** How long the end waits for such a reader. */
const LAST_MS = 1_000;

let stderr: ReturnType<typeof pino.destination> | undefined;
/** A flush is due. */
let due = false;
/** Nobody reads the log, and the process ends. */
let givenUp = false;

/**
 * stderr, written after so many milliseconds or bytes; the same for all logs. Nothing waits for it: written in the calls' own thread, a pipe that nobody
 * reads would stop the server, and a busy disk hold it up for a second.
 */
function gatheredStderr(): DestinationStream {
  if (stderr === undefined) {
    // Asking for the stream makes a pipe tell that it is full: a write that waits instead could not be given up at the end.
    const dest = process.stderr.fd;
    stderr = pino.destination({
      dest,
      sync: false,
      minLength: FLUSH_BYTES,
      maxLength: MOST_BYTES,
      retryEAGAIN: () => !givenUp,
    });
    // There is nowhere left to say it.
    stderr.on("error", () => {});
  }
  const log = stderr;
  return {
    write: (line) => {
      log.write(line);
      if (due) return;
      due = true;
      setTimeout(() => {
        due = false;
        log.flush();
      }, FLUSH_MS).unref();
    },
  };
}

/** Resolves when all lines are written, or when nobody reads them; before the process ends. */
export function logWritten(): Promise<void> {
  const log = stderr;
  if (log === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const last = setTimeout(() => {
      givenUp = true;
      // It is called when the process ends, and would wait for the reader for ever.
      log.flushSync = () => {};
      resolve();
    }, LAST_MS);
    log.flush(() => {
      clearTimeout(last);
      resolve();
    });
  });
}

/** A log to stderr, or where `destination` says. */
export function createLog(
  { logLevel, logPersonal }: { readonly logLevel: string; readonly logPersonal: boolean },
  destination: DestinationStream = gatheredStderr(),
): Logger {
  const log = (fields: Record<string, unknown>) => redact(fields) as Record<string, unknown>;
  return pino({ level: logLevel, base: null, ...(!logPersonal && { formatters: { log } }) }, destination);
}
