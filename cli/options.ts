// Values of the command line: how each kind is read, and one error that names every bad one.
import { z } from "zod";
import { UsageError } from "./failure.ts";

/** A word that `read` turns into a value; undefined means that it is not `expected`. */
function word<T>(expected: string, read: (text: string) => T | undefined) {
  return z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue(`must be ${expected}`);
    return z.NEVER;
  });
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A length of time such as 10s, 500ms or 2m, as whole milliseconds, at least 1. */
export const milliseconds = word("a time such as 10s, 500ms, 1.5m or 1h, at least 1ms", (text) => {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)$/.exec(text) ?? [];
  const value = Math.round(Number(amount) * UNIT_MS[unit ?? ""]!);
  return value >= 1 ? value : undefined;
});

/** A whole number from `least` to `most`, both inclusive. */
export const whole = (least: number, most: number) =>
  word(`a whole number from ${least} to ${most}`, (text) => {
    const value = Number(text);
    return /^\d{1,16}$/.test(text) && value >= least && value <= most ? value : undefined;
  });

const U64_MAX = 2n ** 64n - 1n;

/** A seed, 0 to 2^64 - 1. */
export const seed = word("a whole number from 0 to 2^64 - 1", (text) =>
  /^\d{1,20}$/.test(text) && BigInt(text) <= U64_MAX ? BigInt(text) : undefined,
);

/** Seeds with commas between them, each once. */
export const seeds = word("whole numbers with commas between them, each once, such as 1,2,3", (text) => {
  const list = text.split(",").map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : Number.NaN));
  return list.some(Number.isNaN) || new Set(list).size < list.length ? undefined : list;
});

/** A server's host:port. */
export const address = word("host:port", (text) => {
  const [, port] = /^(?:\[[0-9a-fA-F:]+\]|[^:\s/]+):(\d{1,5})$/.exec(text) ?? [];
  return Number(port) >= 1 && Number(port) <= 65_535 ? text : undefined;
});

/** A file name. */
export const file = z.string().min(1, "must not be empty");

/** One of some words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });

/**
 * The values of a command. Keys are commander's names of options, or of arguments when they are in `args`.
 *
 * @throws UsageError naming every bad option with its value.
 */
export function parseOptions<T extends z.ZodType>(schema: T, raw: object, args: readonly string[] = []): z.output<T> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const key = String(issue.path[0]);
    const name = args.includes(key) ? `<${key}>` : `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return `${name} ${JSON.stringify((raw as Record<string, unknown>)[key])}: ${issue.message}`;
  });
  throw new UsageError(problems.join("\nshanpai: "));
}
