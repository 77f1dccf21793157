// shanpai bench soak: hours of mixed load, and whether memory and handles stay where they were.
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { machineName } from "../../bench/machine.ts";
import { EXIT } from "../failure.ts";
import { startTarget } from "../load/bench-target.ts";
import { summarise } from "../load/load-plan.ts";
import { type SoakSample, soakChart } from "../load/soak-chart.ts";
import { type Range, SOAK_SECONDS, soakGrowth } from "../load/soak-growth.ts";
import { file, milliseconds, parseOptions, whole } from "../options.ts";

const schema = z.object({
  time: milliseconds,
  rate: whole(1, 100_000),
  solves: whole(1, 10_000_000).optional(),
  workers: whole(1, 64).optional(),
  chart: file.optional(),
  output: file.optional(),
});

const SAMPLE_MS = 2_000;
/** Room for the first and the last sample. */
const SETTLE_SECONDS = 10;
/** Calls at a time where solves are counted. */
const CONCURRENCY = 8;

/** Runs the load and prints what grew; returns 1 where memory or handles did. */
export async function benchSoak(raw: object): Promise<number> {
  const { time, rate, solves, workers, chart, output } = parseOptions(schema, raw);
  const target = await startTarget(workers === undefined ? [] : ["--workers", String(workers)], {
    server: undefined,
    client: undefined,
  });
  const samples: SoakSample[] = [];
  const begun = performance.now();
  const sample = async () => {
    const metrics = await target.metrics();
    const value = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    samples.push({
      seconds: (performance.now() - begun) / 1000,
      residentMb: value("process_resident_memory_bytes") / 1e6,
      handles: value("nodejs_active_resources_total"),
      files: value("process_open_fds"),
    });
  };
  try {
    let sampled = sample();
    const timer = setInterval(() => {
      sampled = sample();
    }, SAMPLE_MS);
    const { recommend, match, route, big } = target.kinds;
    const counted = [
      { ...recommend, weight: 20 },
      { ...match, weight: 75 },
      { ...route, weight: 5 },
    ];
    // Deadlines that cannot be kept make calls that are given up in the middle.
    const mixed = [match, route, { ...route, name: "given up", deadlineMs: 20 }, { ...big, weight: 1 }].map(
      (kind, row) => ({
        ...kind,
        weight: [60, 15, 20, 1][row]!,
      }),
    );
    const kinds = solves === undefined ? mixed : counted;
    const pace = solves === undefined ? { rate, concurrency: 0 } : { calls: solves, concurrency: CONCURRENCY };
    const results = await target.load({ kinds, ...pace, seconds: time / 1000, seed: 1 });
    // Solves that are done sooner than growth can be told from garbage are followed by more.
    const left = Math.min(time / 1000, SOAK_SECONDS + SETTLE_SECONDS) - (performance.now() - begun) / 1000;
    if (solves !== undefined && left > 0)
      results.push(...(await target.load({ kinds, concurrency: CONCURRENCY, seconds: left, seed: 2 })));
    clearInterval(timer);
    await sampled;
    const summary = summarise(kinds, results);
    const growth = soakGrowth(samples);
    const grown = growth.filter((one) => !one.flat).map((one) => one.key);
    const machine = `${machineName()}, node ${process.version}`;
    const load = solves === undefined ? `${rate} calls a second` : `${results.length} solves`;
    if (output !== undefined) writeFileSync(output, `${JSON.stringify({ machine, load, summary, samples })}\n`);
    if (chart !== undefined) writeFileSync(chart, soakChart(samples, `${load}, ${machine}`));
    for (const { kind, answered, refused, late, failed } of summary)
      console.log(`${kind}: ${answered} answered, ${refused} refused, ${late} late, ${failed} failed`);
    const range = (ends: Range) => ends.map((end) => end.toFixed(0)).join(" to ");
    for (const { key, second, last } of growth)
      console.log(`${key}: ${range(second)} in the second third, ${range(last)} in the last`);
    if (growth.length === 0) console.log(`shorter than ${SOAK_SECONDS} s: too short to be compared`);
    else console.log(grown.length === 0 ? "flat" : `grown: ${grown.join(", ")}`);
    return grown.length === 0 ? EXIT.ok : EXIT.findings;
  } finally {
    await target.close();
  }
}
