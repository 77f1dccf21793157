// shanpai bench euro-neurips-dynamic: who goes now and who waits, on the streams of the EURO Meets NeurIPS 2022 competition.
import { z } from "zod";
import { DISPATCHERS, type DispatcherName } from "../../bench/euro-neurips-dynamic/dispatchers.ts";
import { readPublishedCosts } from "../../bench/euro-neurips-dynamic/published.ts";
import { findStreams, runDynamic } from "../../bench/euro-neurips-dynamic/run.ts";
import { dynamicTable } from "../../bench/euro-neurips-dynamic/summary.ts";
import { openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { writeText } from "../files.ts";
import { address, file, milliseconds, oneOf, parseOptions, seeds, whole } from "../options.ts";

const NAMES = Object.keys(DISPATCHERS) as [DispatcherName, ...DispatcherName[]];

const schema = z.object({
  dir: z.string().optional(),
  instances: z.string().min(1, "must not be empty"),
  dispatch: oneOf(...NAMES),
  timeLimit: milliseconds.optional(),
  iterations: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  seeds,
  server: address.optional(),
  output: file.optional(),
});

/** Time for an epoch where none is given. */
const DEFAULT_MS = 10_000;

/** Runs the streams and prints the table; returns the exit code, 1 where a rule is broken. */
export async function benchEuroNeuripsDynamic(raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const { dir, instances, server, output, iterations } = options;
  if (!dir)
    throw new UsageError(
      "--dir or SHANPAI_DATA must name the folder that holds euro_neurips_2022/ with *.txt and *.dyn.json (docs/datasets.md)",
    );
  await findStreams(dir, instances).catch((error: Error) => {
    throw new UsageError(error.message);
  });
  const timeLimitMs = options.timeLimit ?? (iterations === undefined ? DEFAULT_MS : undefined);
  const assigner = await openAssigner(server, 1);
  try {
    const report = await runDynamic(
      { ...options, dir, timeLimitMs },
      assigner,
      async ({ instance, seed, cost }, soFar) => {
        if (process.stderr.isTTY) console.error(`${instance}, seed ${seed}: ${cost}`);
        if (output !== undefined && output !== "-") await writeText(output, `${JSON.stringify(soFar, null, 2)}\n`);
      },
    );
    if (output === "-") await writeText(output, `${JSON.stringify(report, null, 2)}\n`);
    else process.stdout.write(dynamicTable(report, await readPublishedCosts()));
    for (const { instance, seed, problems } of report.results)
      for (const problem of problems) console.error(`${instance}, seed ${seed}: ${problem}`);
    return report.results.every(({ problems }) => problems.length === 0) ? EXIT.ok : EXIT.findings;
  } finally {
    await assigner.close();
  }
}
