// What a benchmark leaves behind: how it was run and what came of it, as JSON.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { SUITES, type SuiteName } from "./suites.ts";

const positive = z.number().int().min(1);

const resultSchema = z.object({
  instance: z.string(),
  seed: z.number().int(),
  /** Wall time of the call, seconds. */
  elapsedS: z.number(),
  /** Over all workers. */
  iterations: z.number(),
  /** Published cost, recomputed: distance with one decimal (VRPTW), total working time (technicians), driving seconds, travel minutes (home healthcare), travel and outsourcing (skilled technicians); 0 where not computable. */
  cost: z.number(),
  /** Objective levels as the solver states them, in ticks where they are times or distances. */
  levels: z.array(z.number()),
  bestKnown: z.number().nullable(),
  /** (cost - bestKnown) / bestKnown; null if no value is known, the plan is not valid or another number of orders is left out. */
  gap: z.number().nullable(),
  engineersUsed: z.number().int(),
  unassigned: z.number().int(),
  /** Neither the recomputation nor the checker found a problem. */
  valid: z.boolean(),
  /** What they found. */
  problems: z.array(z.string()),
  /** The plan in the instance's own numbers; left out unless the settings ask for it. */
  routes: z.array(z.object({ engineer: z.number(), visits: z.array(z.number()) })).exactOptional(),
});

const settingsSchema = z.object({
  /** The version that was measured, such as "v0.2"; null: not named. */
  name: z.string().nullable(),
  suite: z.enum(Object.keys(SUITES) as [SuiteName, ...SuiteName[]]),
  /** Glob over the names of instances. */
  instances: z.string(),
  /** Longest solve, seconds; null: none stated. */
  timeLimitS: z.number().nullable(),
  /** Iterations of each worker; null: none stated. */
  iterations: positive.nullable(),
  seeds: z.array(z.number().int()),
  /** Workers on each solve. */
  workers: positive,
  /** Solves side by side. */
  jobs: positive,
  /** Are routes kept? */
  routes: z.boolean(),
  machine: z.string(),
  node: z.string(),
  /** Commit of the working tree; null outside one. */
  commit: z.string().nullable(),
});

const reportSchema = settingsSchema.extend({
  /** Instances that cannot be stated, and why; left out where all can. */
  unsupported: z.array(z.object({ instance: z.string(), reason: z.string() })).exactOptional(),
  /** By instance, then seed in the order given. */
  results: z.array(resultSchema),
});

/** One solve. */
export type BenchResult = Readonly<z.infer<typeof resultSchema>>;
/** How a benchmark was run. */
export type BenchSettings = Readonly<z.infer<typeof settingsSchema>>;
/** A benchmark: how it was run and what came of it. */
export type BenchReport = Readonly<z.infer<typeof reportSchema>>;

/** The report in the file `path`; rejects with words that name the file where it cannot be read or is no report. */
export async function readReport(path: string): Promise<BenchReport> {
  const text = await readFile(path, "utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
  const parsed = reportSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${path} is not a report of shanpai bench: ${issue!.path.join(".")}: ${issue!.message}`);
}

/** A setting by name, and how it is read from the settings where not all of it matters. */
const SETTINGS = {
  name: { words: "name", value: ({ name }) => name },
  suite: { words: "suite", value: ({ suite }) => suite },
  instances: { words: "instances", value: ({ instances }) => instances },
  timeLimit: { words: "time limit in seconds", value: ({ timeLimitS }) => timeLimitS },
  iterations: { words: "iterations", value: ({ iterations }) => iterations },
  seeds: { words: "seeds", value: ({ seeds }) => seeds.join() },
  workers: { words: "workers", value: ({ workers }) => workers },
  jobs: { words: "jobs", value: ({ jobs }) => jobs },
  routes: { words: "routes", value: ({ routes }) => routes },
  machine: { words: "machine", value: ({ machine }) => machine },
  node: { words: "Node version", value: ({ node }) => node },
  nodeMajor: { words: "major version of Node", value: ({ node }) => node.split(".")[0]! },
  commit: { words: "commit", value: ({ commit }) => commit },
} as const satisfies Record<
  string,
  { words: string; value: (settings: BenchSettings) => string | number | boolean | null }
>;

export type SettingName = keyof typeof SETTINGS;

/** The settings among `names` in which `a` and `b` differ, each in words with both values: "workers: 1 and 2". */
export function settingDifferences(a: BenchSettings, b: BenchSettings, names: readonly SettingName[]): string[] {
  return names.flatMap((name) => {
    const { words, value } = SETTINGS[name];
    const [one, other] = [value(a), value(b)];
    return one === other ? [] : [`${words}: ${one ?? "none"} and ${other ?? "none"}`];
  });
}
