// shanpai bench: published instances solved and compared with their best-known values.
import { SingleBar } from "cli-progress";
import { z } from "zod";
import { finishedResults, writeReport } from "../../bench/resume.ts";
import { type BenchOptions, runBench, settingsOf } from "../../bench/run.ts";
import { findInstances, SUITES, type SuiteName, supportedInstances } from "../../bench/suites.ts";
import { summaryTable } from "../../bench/summary.ts";
import { openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { writeText } from "../files.ts";
import { address, file, milliseconds, oneOf, parseOptions, seeds, whole } from "../options.ts";

const SUITE_NAMES = Object.keys(SUITES) as [SuiteName, ...SuiteName[]];

const schema = z.object({
  suite: oneOf(...SUITE_NAMES),
  dir: z.string().optional(),
  instances: z.string().min(1, "must not be empty"),
  timeLimit: milliseconds.optional(),
  iterations: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  seeds,
  workers: whole(1, 64),
  jobs: whole(1, 64),
  server: address.optional(),
  name: z.string().min(1, "must not be empty").optional(),
  output: file.optional(),
  resume: z.boolean().default(false),
  routes: z.boolean().default(false),
  peers: z.string().optional(),
  html: file.optional(),
});

/** Time of each solve beside peers where none is given. */
const PEERS_S = 10;

const DATA_NEEDED = `--dir or SHANPAI_DATA must name the folder of the instances, which are not part of this package:
  solomon/, homberger/       Solomon and Gehring & Homberger, github.com/laser-ufpb/VRPTWController, Instances/
  trsp_pillac/crew25, crew13, industrial
                             Pillac, Gueret & Medaglia, github.com/vpillac/vroom, Instances/trsp/
  euro_neurips_2022/         EURO Meets NeurIPS 2022, github.com/ortec/euro-neurips-vrp-2022-quickstart, instances/;
                             CC BY-NC 4.0: not for commercial use
  uhhc/bazirha, small, validation
                             Ceschia et al., github.com/iolab-uniud/uhhc, instances/; CC BY 4.0
  strsp_kovacs/              Kovacs et al., github.com/vpillac/vroom, Instances/strsp/kovacs/`;

/**
 * Runs a suite, writes the report after every solve and prints the summary; returns the exit code, 1 when a plan is not valid.
 */
export async function bench(suiteName: string, raw: object): Promise<number> {
  const parsed = parseOptions(schema, { ...raw, suite: suiteName }, ["suite"]);
  const { suite, dir, instances, timeLimit, workers, jobs, server, output, resume } = parsed;
  if (!dir) throw new UsageError(DATA_NEEDED);
  const kept = output === "-" ? undefined : output;
  if (resume && kept === undefined) throw new UsageError("--resume: needs --output with the file to go on with");
  if (parsed.html !== undefined && parsed.peers === undefined)
    throw new UsageError(
      "--html: the page compares solvers and needs --peers; one solver's table is printed, its report is --output",
    );
  const timeLimitS = timeLimit === undefined ? undefined : timeLimit / 1000;
  const options: BenchOptions = { ...parsed, dir, timeLimitS };
  // Before threads start, and as a matter of usage.
  const asUsage = (error: Error) => {
    throw new UsageError(error.message);
  };
  const found = await findInstances(SUITES[suite], dir, instances).catch(asUsage);
  const { supported } = await supportedInstances(SUITES[suite], found).catch(asUsage);
  if (parsed.peers !== undefined) {
    const { benchPeers, peerNames } = await import("./bench-peers.ts");
    const unfit = (["iterations", "server", "resume"] as const).find((name) => parsed[name]);
    if (unfit || workers > 1 || jobs > 1)
      throw new UsageError(
        `--peers: all have the same time and one core; --${unfit ?? "workers and --jobs"} cannot be kept to`,
      );
    const seconds = timeLimitS ?? PEERS_S;
    return benchPeers({ suite, dir, instances, seconds, seeds: options.seeds, peers: peerNames(parsed.peers) }, parsed);
  }
  const finished = resume ? await finishedResults(kept!, await settingsOf(options)).catch(asUsage) : [];
  const assigner = await openAssigner(server, workers * jobs);
  // Shows itself on a terminal only.
  const bar = new SingleBar({
    format: "[{bar}] {value}/{total} | {eta_formatted} to go | {last}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: false,
  });
  bar.start(supported.length * options.seeds.length, finished.length, { last: "" });
  try {
    const report = await runBench(
      options,
      assigner,
      ({ instance, gap, valid }, done, _total, soFar) => {
        if (kept !== undefined) writeReport(kept, soFar);
        const verdict = valid ? "" : ", INVALID";
        bar.update(done, { last: `${instance}${gap === null ? "" : ` ${(100 * gap).toFixed(2)} %`}${verdict}` });
      },
      finished,
    );
    bar.stop();
    if (output === "-") await writeText(output, `${JSON.stringify(report, null, 2)}\n`);
    else process.stdout.write(summaryTable(report));
    return report.results.every(({ valid }) => valid) ? EXIT.ok : EXIT.findings;
  } finally {
    bar.stop();
    await assigner.close();
  }
}
