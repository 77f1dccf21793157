// Runs dispatchers over the dynamic streams of the EURO Meets NeurIPS 2022 competition and compares their cost with the published ones.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import picomatch from "picomatch";
import { parseEuroNeurips } from "../../datasets/euro-neurips.ts";
import { type EpochResult, runEpochs } from "../../datasets/euro-neurips-epochs.ts";
import { parseStream } from "../../datasets/euro-neurips-stream.ts";
import type { Assigner } from "../assigner.ts";
import { commitOfPackage, machineName } from "../machine.ts";
import { DISPATCHERS, type DispatcherName } from "./dispatchers.ts";
import { GREEDY, readPublishedCosts, WINNER } from "./published.ts";

export interface DynamicOptions {
  /** Folder that holds `euro_neurips_2022`. */
  readonly dir: string;
  /** Glob over instance names. */
  readonly instances: string;
  readonly dispatch: DispatcherName;
  /** Longest time for an epoch, milliseconds; undefined: `iterations` alone count. */
  readonly timeLimitMs?: number | undefined;
  /** Iterations for an epoch; with it the same seed gives the same decisions. */
  readonly iterations?: number | undefined;
  readonly seeds: readonly number[];
}

/** One stream with one seed. */
export interface DynamicResult {
  readonly instance: string;
  readonly seed: number;
  /** Driving seconds. */
  readonly cost: number;
  /** Broken rules in words; none where the result counts. */
  readonly problems: readonly string[];
  /** Cost over the published one, minus 1; null where none is published. */
  readonly againstWinner: number | null;
  readonly againstGreedy: number | null;
  /** Wall time and CPU time of this process. */
  readonly elapsedS: number;
  readonly cpuS: number;
  readonly epochs: readonly Omit<EpochResult, "routes">[];
}

export interface DynamicReport extends Omit<DynamicOptions, "dir"> {
  readonly machine: string;
  readonly node: string;
  readonly commit: string | null;
  readonly results: readonly DynamicResult[];
}

const FOLDER = "euro_neurips_2022";
const ENDING = ".dyn.json";

/** Names of the streams below `dir` that match the glob, sorted. Throws if there is none. */
export async function findStreams(dir: string, instances: string): Promise<string[]> {
  const matches = picomatch(instances);
  const all = (await readdir(join(dir, FOLDER))).filter((file) => file.endsWith(ENDING));
  const found = all.map((file) => file.slice(0, -ENDING.length)).filter((name) => matches(name));
  if (found.length === 0)
    throw new Error(`no stream in ${join(dir, FOLDER)} matches "${instances}"; it has ${all.length} files *${ENDING}`);
  return found.sort();
}

/** Runs every stream with every seed; `onResult` hears of each with the report so far. */
export async function runDynamic(
  options: DynamicOptions,
  assigner: Assigner,
  onResult: (result: DynamicResult, report: DynamicReport) => Promise<void> = async () => {},
): Promise<DynamicReport> {
  const { dir, instances, seeds, dispatch, timeLimitMs, iterations } = options;
  const names = await findStreams(dir, instances);
  const published = await readPublishedCosts();
  const settings = {
    instances,
    dispatch,
    timeLimitMs,
    iterations,
    seeds,
    machine: machineName(),
    node: process.version,
  };
  const results: DynamicResult[] = [];
  const report = { ...settings, commit: await commitOfPackage(), results };
  for (const name of names)
    for (const seed of seeds) {
      const path = join(dir, FOLDER, name);
      const instance = parseEuroNeurips(await readFile(`${path}.txt`, "utf8"));
      const stream = parseStream(await readFile(`${path}${ENDING}`, "utf8"), instance);
      const setting = { instance, stream, budget: { timeLimitMs, iterations, seed }, assigner };
      const [begin, cpu] = [performance.now(), process.cpuUsage()];
      const { cost, problems, epochs } = await runEpochs(instance, stream, (epoch) =>
        DISPATCHERS[dispatch](setting, epoch),
      );
      const used = process.cpuUsage(cpu);
      const against = (team: string) => {
        const other = published.get(name)?.get(team);
        return other === undefined || problems.length > 0 ? null : cost / other - 1;
      };
      const result: DynamicResult = {
        instance: name,
        seed,
        cost,
        problems,
        againstWinner: against(WINNER),
        againstGreedy: against(GREEDY),
        elapsedS: (performance.now() - begin) / 1000,
        cpuS: (used.user + used.system) / 1e6,
        epochs: epochs.map(({ routes: _, ...rest }) => rest),
      };
      results.push(result);
      await onResult(result, report);
    }
  return report;
}
