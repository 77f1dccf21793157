// shanpai bench parts: what loans of parts are worth at several levels of van stock.
import { readFile } from "node:fs/promises";
import { SingleBar } from "cli-progress";
import { z } from "zod";
import { partsChart } from "../../bench/parts-chart.ts";
import { partsTable } from "../../bench/parts-table.ts";
import {
  measureParts,
  type PartsOptions,
  type PartsReport,
  partsReportSchema,
  VARIANTS,
} from "../../bench/parts-worth.ts";
import { openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { writeText } from "../files.ts";
import { file, parseOptions, seeds, whole } from "../options.ts";

const schema = z.object({
  orders: whole(1, 50_000),
  engineers: whole(1, 10_000),
  levels: seeds,
  seeds,
  iterations: whole(1, Number.MAX_SAFE_INTEGER),
  jobs: whole(1, 64),
  from: file.optional(),
  chart: file.optional(),
  output: file.optional(),
});

/** Measures, or reads a report, and writes table, chart and JSON; returns the exit code, 1 when a plan is not valid. */
export async function benchParts(raw: object): Promise<number> {
  const { from, chart, output, jobs, ...options } = parseOptions(schema, raw);
  const tooHigh = options.levels.find((level) => level > 100);
  if (tooHigh !== undefined) throw new UsageError(`--levels "${tooHigh}": must be at most 100`);
  const report = from === undefined ? await measure(options, jobs) : await readReport(from);
  if (output !== undefined) await writeText(output, `${JSON.stringify(report, null, 1)}\n`);
  if (chart !== undefined) await writeText(chart, partsChart(report));
  if (output !== "-") process.stdout.write(partsTable(report));
  return report.runs.every(({ problems }) => problems.length === 0) ? EXIT.ok : EXIT.findings;
}

async function measure(options: PartsOptions, jobs: number): Promise<PartsReport> {
  const assigner = await openAssigner(undefined, jobs);
  const bar = new SingleBar({
    format: "[{bar}] {value}/{total} | {eta_formatted} to go",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: false,
  });
  bar.start(options.seeds.length * options.levels.length * VARIANTS.length, 0);
  try {
    return await measureParts(options, jobs, assigner, () => bar.increment());
  } finally {
    bar.stop();
    await assigner.close();
  }
}

async function readReport(path: string): Promise<PartsReport> {
  try {
    return partsReportSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UsageError(`--from ${JSON.stringify(path)}: not a report of this command: ${said}`);
  }
}
