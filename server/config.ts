// Configuration of the server: a JSON file and flags become one frozen object, or one error that names every bad value.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { z } from "zod";
import { quotaSchema } from "./access/quotas.ts";
import { tlsSchema } from "./access/tls.ts";
import { authSchema } from "./access/tokens.ts";
import {
  isHttpUrl,
  ROAD_DEFAULTS,
  type RoadSetup,
  TRAVEL_WORDS,
  type TravelChoice,
  travelChoice,
} from "./roads/road-setup.ts";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

const schema = z
  .strictObject({
    host: z.string().min(1).default("127.0.0.1").describe("address to listen on"),
    port: z.int().min(0).max(65_535).default(50_051).describe("TCP port, 0 to 65535; 0: any free one"),
    allowInsecure: z
      .boolean()
      .default(false)
      .describe("listen beyond loopback without TLS or without knowing callers; only behind a proxy that adds both"),
    tls: tlsSchema
      .optional()
      .describe(
        "certFile, keyFile, and clientCaFile where callers must bring a certificate; read again when they change",
      ),
    auth: authSchema
      .optional()
      .describe(
        "tokens (tenant, sha256) and jwt (issuer, audience, jwksFile or jwksUrl, tenantClaim) that callers must bring one of",
      ),
    quota: quotaSchema
      .default({})
      .describe("of every caller: share of the workers, maxInFlight, requestsPerSecond, burst; default: no limit"),
    tenants: z
      .record(z.string().min(1).max(128), quotaSchema)
      .default({})
      .describe("quotas of tenants by name, in place of those of every caller"),
    metricsPort: z
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("HTTP port of /metrics, /livez and /readyz, 0 to 65535; 0: any free one; default: none"),
    metricsHost: z.string().min(1).default("127.0.0.1").describe("address of that port; it asks nobody who he is"),
    tracing: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }),
        sampleRatio: z.number().min(0).max(1).default(1),
      })
      .optional()
      .describe(
        "url of an OpenTelemetry collector (OTLP over HTTP) and sampleRatio of the calls whose caller does not decide, 0 to 1",
      ),
    keepaliveMs: z
      .int()
      .min(1_000)
      .max(7_200_000)
      .default(60_000)
      .describe("milliseconds without a sign of life after which a connection is asked for one, 1000 to 7200000"),
    workers: z
      .int()
      .min(1)
      .max(64)
      .default(() => Math.min(64, availableParallelism()))
      .describe("solver threads, 1 to 64; default: cores"),
    shortWorkers: z
      .int()
      .min(0)
      .max(64)
      .default(1)
      .describe("threads on top of them that only requests of up to 100 ms use, 0 to 64"),
    workerNice: z
      .int()
      .min(0)
      .max(19)
      .default(5)
      .describe("how much the main thread goes before the workers where cores are short (nice, Linux only), 0 to 19"),
    workerHeapMb: z
      .int()
      .min(64)
      .max(65_536)
      .default(4_096)
      .describe("heap of one worker's JavaScript, megabytes, 64 to 65536; a request beyond it is refused"),
    workerYoungMb: z
      .int()
      .min(12)
      .max(1_536)
      .default(192)
      .describe("of it for young objects, megabytes, 12 to 1536: less memory against more time for collecting them"),
    keepCoreMb: z
      .int()
      .min(16)
      .max(4_096)
      .default(256)
      .describe("memory that a worker's core keeps between requests, megabytes, 16 to 4096"),
    warmUpMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(2_000)
      .describe(
        "longest time that the workers answer invented requests before the server listens, milliseconds, 0 to 600000",
      ),
    maxQueue: z.int().min(0).max(100_000).default(64).describe("tasks that may wait for a thread, 0 to 100000"),
    maxQueueBytes: z
      .int()
      .min(1_024)
      .max(64_000_000_000)
      .default(512_000_000)
      .describe("requests that wait or are answered, bytes together, 1024 to 64000000000"),
    maxOrders: z.int().min(1).max(50_000).default(50_000).describe("orders of a request, 1 to 50000"),
    maxEngineers: z.int().min(1).max(10_000).default(10_000).describe("engineers of a request, 1 to 10000"),
    maxWindows: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(500_000)
      .describe("windows, shifts and opening windows of a request together, 1 to 10000000"),
    maxMatrixCells: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .default(100_000_000)
      .describe("travel cells of a request, places times places or values of its matrices, 1 to 1000000000"),
    maxTimeLimitMs: z
      .int()
      .min(1)
      .max(86_400_000)
      .default(3_600_000)
      .describe("longest search of a request, milliseconds, 1 to 86400000"),
    idempotencyWindowMs: z
      .int()
      .min(0)
      .max(86_400_000)
      .default(600_000)
      .describe("milliseconds for which an answer is kept under its request_id, 0 to 86400000; 0: not kept"),
    idempotencyCallerBytes: z
      .int()
      .min(0)
      .max(4_000_000_000)
      .default(32_000_000)
      .describe("answers kept for one caller, bytes, 0 to 4000000000"),
    idempotencyBytes: z
      .int()
      .min(0)
      .max(16_000_000_000)
      .default(128_000_000)
      .describe("answers kept for all callers, bytes, 0 to 16000000000"),
    maxMessageBytes: z
      .int()
      .min(1_024)
      .max(2_000_000_000)
      .default(64 * 1024 * 1024)
      .describe("largest request, bytes, 1024 to 2000000000"),
    marginMs: z
      .int()
      .min(0)
      .max(10_000)
      .default(100)
      .describe("milliseconds kept free before a call's deadline, 0 to 10000"),
    defaultTimeLimitMs: z
      .int()
      .min(1)
      .max(86_400_000)
      .default(10_000)
      .describe("milliseconds for a request that names neither a time limit nor iterations, 1 to 86400000"),
    travel: z.string().default("great_circle").describe(`travel of requests that name none: ${TRAVEL_WORDS}`),
    roadEngines: z
      .array(z.string().refine(isHttpUrl, "not the root of an HTTP server"))
      .default([])
      .describe("roots of OSRM and Valhalla servers that requests may name, such as http://osrm:5000; default: none"),
    roadTimeoutMs: z
      .int()
      .min(1)
      .max(600_000)
      .default(ROAD_DEFAULTS.timeoutMs)
      .describe("milliseconds to wait for one answer of a road engine's server, 1 to 600000"),
    roadRetries: z
      .int()
      .min(0)
      .max(10)
      .default(ROAD_DEFAULTS.retries)
      .describe("how often a question that a road engine's server did not answer is asked again, 0 to 10"),
    roadConcurrency: z
      .int()
      .min(1)
      .max(256)
      .default(ROAD_DEFAULTS.concurrency)
      .describe("questions on their way to one road engine's server, 1 to 256"),
    roadMaxPairs: z
      .int()
      .min(1)
      .max(100_000_000)
      .default(ROAD_DEFAULTS.maxPairs)
      .describe("most legs that one request may ask of a road engine, 1 to 100000000"),
    roadCachePairs: z
      .int()
      .min(0)
      .max(100_000_000)
      .default(ROAD_DEFAULTS.cachePairs)
      .describe("pairs of points whose times are remembered, 0 to 100000000, about 60 bytes each"),
    roadCellResolution: z
      .int()
      .min(-1)
      .max(15)
      .default(-1)
      .describe("points of one H3 cell of this resolution share times, 0 to 15; -1: every point its own"),
    drainMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(30_000)
      .describe("milliseconds that running calls get to finish after SIGTERM, 0 to 3600000"),
    logLevel: z
      .enum(["debug", "info", "warn", "error", "silent"])
      .default("info")
      .describe("least level written to stderr"),
    logPersonal: z
      .boolean()
      .default(false)
      .describe("write names, phones, addresses and exact places to the log, too; only while looking for a mistake"),
  })
  .superRefine(({ travel }, context) => {
    try {
      travelChoice(travel);
    } catch (error) {
      context.addIssue({ code: "custom", path: ["travel"], message: (error as Error).message });
    }
  })
  .superRefine(({ host, allowInsecure, tls, auth }, context) => {
    if (allowInsecure || LOOPBACK.includes(host)) return;
    const missing = [
      ...(tls ? [] : ["calls are not encrypted (tls)"]),
      ...(auth || tls?.clientCaFile ? [] : ["callers are not known (auth, or tls.clientCaFile)"]),
    ];
    if (missing.length === 0) return;
    const message = `not a loopback address, and ${missing.join(", and ")}; behind a proxy that does both set allowInsecure to true`;
    context.addIssue({ code: "custom", path: ["host"], message });
  });

/** Every setting of the server. */
export type Config = Readonly<z.output<typeof schema>>;
/** Settings as given; what is left out has its default. */
export type ConfigInput = { [Key in keyof z.input<typeof schema>]?: z.input<typeof schema>[Key] | undefined };

/** One sentence for each key, with unit and range. */
export const CONFIG_KEYS: Readonly<Record<keyof Config, string>> = Object.fromEntries(
  Object.entries(schema.shape).map(([key, value]) => [key, value.description ?? ""]),
) as Record<keyof Config, string>;

/** The configuration of a file (optional) and flags, which win. Throws an Error that names every bad key with its value. */
export function readConfig(flags: ConfigInput = {}, file?: string): Config {
  const fromFile = file === undefined ? {} : readObject(file);
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const input: Record<string, unknown> = { ...fromFile, ...given };
  const parsed = schema.safeParse(input);
  if (parsed.success) return Object.freeze(parsed.data);
  const problems = parsed.error.issues.map((issue) => {
    const key = issue.path.join(".");
    const source = file !== undefined && !(key in given) ? file : "flags";
    return key === ""
      ? `${source}: ${issue.message}`
      : `${source}: ${key}${shown(input[issue.path[0] as string])}: ${issue.message}`;
  });
  throw new Error(`bad configuration\n  ${problems.join("\n  ")}`);
}

/** What the configuration says of road engines and of the travel of requests that name none. */
export function roadSettings(config: Config): {
  roads: RoadSetup;
  defaultTravel?: NonNullable<TravelChoice["travel"]>;
} {
  const { travel, setup } = travelChoice(config.travel);
  const { roadEngines, roadTimeoutMs, roadRetries, roadConcurrency, roadMaxPairs, roadCachePairs } = config;
  return {
    roads: {
      ...setup,
      allowed: [...roadEngines, ...(setup.allowed ?? [])],
      timeoutMs: roadTimeoutMs,
      retries: roadRetries,
      concurrency: roadConcurrency,
      maxPairs: roadMaxPairs,
      cachePairs: roadCachePairs,
      ...(config.roadCellResolution >= 0 && { cellResolution: config.roadCellResolution }),
    },
    ...(travel && { defaultTravel: travel }),
  };
}

/** A plain value; what lies inside auth and the like is not repeated. */
function shown(value: unknown): string {
  return typeof value === "object" && value !== null ? "" : ` = ${JSON.stringify(value)}`;
}

function readObject(file: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`bad configuration\n  ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new Error(`bad configuration\n  ${file}: expected a JSON object`);
  return parsed as Record<string, unknown>;
}
