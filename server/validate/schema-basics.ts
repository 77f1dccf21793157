// Schemas of the small things: ids, enumerations, times, windows, places, and what each rule is called when it breaks.
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import { z } from "zod";
import type { ViolationCode } from "./codes.ts";

export const I32_MAX = 2 ** 31 - 1;

/** A refinement whose failure is reported as `code`; `text` goes on from the field's name: "must be ...". */
export function rule<T extends z.ZodType>(
  schema: T,
  code: ViolationCode,
  text: string,
  holds: (value: z.output<T>) => boolean,
) {
  return schema.refine(holds, { message: text, params: { code } });
}

/** A message that must be there: its absence is a violation, not a wrong type. */
export const required = <T extends z.ZodType>(schema: T) => z.nonoptional(schema.optional());

/** A name that must not be empty. */
export const name = z.string().min(1);

/** At most 128 bytes of well-formed UTF-8. */
export const shortText = rule(
  z.string(),
  "INVALID_ID",
  "must be at most 128 bytes of well-formed UTF-8",
  (text) => /^[ -~]{0,128}$/.test(text) || (Buffer.byteLength(text) <= 128 && !/\p{Surrogate}/u.test(text)),
);

/** 1 to 128 bytes of well-formed UTF-8. */
export const id = shortText.min(1);

/** A count that fits the core's i32. */
export const count = z.int().min(0).max(I32_MAX);

/** Minor units of the currency. */
export const amount = z.bigint().min(0n);

/** Minor units that are added up and compared as they are: doubles and the core's i64 hold their sums exactly. */
export const sum = z.bigint().min(0n).max(100_000_000_000_000n);

/** Minor units for an hour or a kilometre. */
export const tariff = z.bigint().min(0n).max(1_000_000n);

// Only the shape: times.ts looks at the values, because whole ticks depend on the request. One predicate instead of an
// object schema, as most of what a big request holds is times.
const secondsAndNanos = (value: unknown) => {
  const time = value as { seconds?: unknown; nanos?: unknown } | null | undefined;
  return typeof time?.seconds === "bigint" && typeof time.nanos === "number";
};
export const timestamp = z.custom<Timestamp>(secondsAndNanos);
export const duration = z.custom<Duration>(secondsAndNanos);
export const positiveDuration = rule(
  duration,
  "OUT_OF_RANGE",
  "must be more than 0",
  ({ seconds, nanos }) => seconds !== 0n || nanos !== 0,
);

export const timeWindow = z.object({ start: required(timestamp), end: required(timestamp) });

const geo = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
const planar = z.object({ x: z.number(), y: z.number() });

export const place = z.object({
  position: z.discriminatedUnion("case", [
    z.object({ case: z.literal("geo"), value: geo }),
    z.object({ case: z.literal("planar"), value: planar }),
  ]),
  matrixIndex: z.int().min(0).optional(),
});

export const language = rule(z.string(), "INVALID_LANGUAGE", "must be a BCP 47 language tag", (tag) => {
  // Most tags are this simple, and asking Intl costs more than everything else about an engineer.
  if (/^[a-z]{2,3}(-[A-Z]{2})?$/.test(tag)) return true;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
});

/** Zones found good: asking Intl takes as long as all else about a centre. */
const goodZones = new Set<string>();
/** There are about 600; names in other cases are as good. */
const MOST_ZONES = 2_000;

export const timeZone = rule(
  z.string(),
  "UNKNOWN_TIME_ZONE",
  "must be an IANA time zone such as Asia/Shanghai",
  (zone) => {
    if (zone === "" || goodZones.has(zone)) return true;
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      if (goodZones.size < MOST_ZONES) goodZones.add(zone);
      return true;
    } catch {
      return false;
    }
  },
);
