// shanpai replay: recorded days under strategies of dispatch and policies, each seeing only what is known at each moment.
import { SingleBar } from "cli-progress";
import { z } from "zod";
import { parseDay, type RecordedDay } from "../../datasets/day/day-file.ts";
import { type Difference, differences } from "../../replay/compare.ts";
import { type ReplayRun, replayCsv, replayTable } from "../../replay/report.ts";
import { type ReplayOptions, replay } from "../../replay/run.ts";
import { STRATEGIES, type StrategyName } from "../../replay/strategies.ts";
import { traceOf } from "../../replay/trace.ts";
import { openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { readText, writeText } from "../files.ts";
import { address, file, milliseconds, oneOf, parseOptions, seeds, whole } from "../options.ts";
import { policyOf } from "../policy.ts";
import { replayPage, type TracedSide } from "../report/replay-page.ts";
import { refuseInvalid } from "../request.ts";

const NAMES = Object.keys(STRATEGIES) as [StrategyName, ...StrategyName[]];

const schema = z.object({
  policy: file.optional(),
  dispatch: z.string().min(1, "must not be empty"),
  compare: z.array(z.string()).optional(),
  seed: seeds,
  speed: oneOf("real", "max"),
  iterations: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  timeLimit: milliseconds.optional(),
  every: milliseconds,
  freeze: milliseconds,
  response: milliseconds,
  scenarios: whole(1, 1_000),
  promise: milliseconds,
  changeCost: whole(0, 1_000_000).optional(),
  server: address.optional(),
  format: oneOf("json", "csv", "table").optional(),
  output: file.optional(),
  html: file.optional(),
});
type Options = z.output<typeof schema>;

/** Iterations of each solve where neither they nor a time are given. */
const DEFAULT_ITERATIONS = 20_000;

/** One strategy under one policy: `strategy` or `strategy/policy`. */
interface Side {
  readonly name: string;
  readonly dispatch: StrategyName;
  readonly policy: string | undefined;
}

/** Replays the days in `paths` with every side and seed; returns the exit code, 1 where the solver refused a request. */
export async function replayDays(paths: readonly string[], raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const sides = (options.compare ?? options.dispatch.split(",")).map((text) => sideOf(text, options.policy));
  if (options.compare && sides.length !== 2)
    throw new UsageError("--compare: needs two, such as immediate rolling/fair");
  const days = new Map<string, RecordedDay>();
  for (const path of paths) days.set(path, await readDay(path));
  const assigner = await openAssigner(options.server, 1);
  const bar = new SingleBar({
    format: "[{bar}] {percentage}% | {side}, {day}, seed {seed}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: false,
  });
  const runs: ReplayRun[] = [];
  const traced: TracedSide[] = [];
  try {
    bar.start(sides.length * days.size * options.seed.length, 0, { side: "", day: "", seed: "" });
    for (const side of sides)
      for (const [path, day] of days)
        for (const seed of options.seed) {
          const { world, measures, refused } = await replay(
            day,
            await optionsOf(side, seed, options),
            assigner,
            (_, share) => bar.update(runs.length + share, { side: side.name, day: path, seed }),
          );
          if (traced.every(({ name }) => name !== side.name)) traced.push({ name: side.name, trace: traceOf(world) });
          runs.push({ side: side.name, day: path, seed, measures, refused });
        }
  } finally {
    bar.stop();
    await assigner.close();
  }
  const compared = options.compare ? differences(runs, sides[0]!.name, sides[1]!.name) : undefined;
  if (options.html !== undefined) await writeText(options.html, replayPage({ days: paths, runs, compared, traced }));
  await writeText(options.output, written(runs, compared, options));
  return runs.every(({ refused }) => refused.length === 0) ? EXIT.ok : EXIT.findings;
}

async function optionsOf({ dispatch, policy }: Side, seed: number, options: Options): Promise<ReplayOptions> {
  const { iterations, timeLimit } = options;
  return {
    dispatch,
    speed: options.speed,
    policy: policy === undefined ? undefined : await policyOf(policy),
    search: {
      seed,
      iterations: iterations ?? (timeLimit === undefined ? DEFAULT_ITERATIONS : undefined),
      timeLimitMs: timeLimit,
    },
    everyS: options.every / 1000,
    freezeS: options.freeze / 1000,
    responseS: options.response / 1000,
    scenarios: options.scenarios,
    promiseS: options.promise / 1000,
    // Whoever is told anew has kept the window for nothing.
    changeCostS: options.changeCost ?? Math.min(1_000_000, Math.round(options.promise / 1000)),
  };
}

function written(
  runs: readonly ReplayRun[],
  compared: readonly Difference[] | undefined,
  { format, output }: Options,
): string {
  switch (format ?? (process.stdout.isTTY && output === undefined ? "table" : "json")) {
    case "csv":
      return replayCsv(runs);
    case "table":
      return replayTable(runs, compared);
    default:
      return `${JSON.stringify({ runs, ...(compared && { compared }) }, null, 2)}\n`;
  }
}

async function readDay(path: string): Promise<RecordedDay> {
  const text = await readText(path);
  let day: RecordedDay;
  try {
    day = parseDay(text);
  } catch (error) {
    throw new UsageError(`${path} is not a day file: ${(error as Error).message}`);
  }
  refuseInvalid(day.start);
  return day;
}

function sideOf(text: string, policy: string | undefined): Side {
  const [name, ...rest] = text.split("/");
  const dispatch = NAMES.find((each) => each === name);
  if (!dispatch) throw new UsageError(`"${text}": the strategy must be one of ${NAMES.join(", ")}`);
  return { name: text, dispatch, policy: rest.length > 0 ? rest.join("/") : policy };
}
