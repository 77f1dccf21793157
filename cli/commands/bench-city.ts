// shanpai bench city: a whole country's day, area by area, and how it grows.
import { z } from "zod";
import { commitOfPackage, machineName } from "../../bench/machine.ts";
import {
  CENTRE,
  type NationalReport,
  type NationalRun,
  nationalTable,
  type PlanNational,
  runNational,
} from "../../bench/national.ts";
import { assignByRegions } from "../../server/regions/assign-by-regions.ts";
import { openAssigner } from "../assigner.ts";
import { EXIT } from "../failure.ts";
import { writeText } from "../files.ts";
import { file, milliseconds, parseOptions, seeds, whole } from "../options.ts";

/** Values with commas between them. */
const list = (item: ReturnType<typeof whole>) =>
  z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(item));

const schema = z.object({
  orders: whole(1, 50_000),
  engineers: whole(1, 20_000),
  centres: whole(1, 1_000),
  timeLimit: list(milliseconds).optional(),
  growth: list(whole(CENTRE.orders, 50_000)).optional(),
  iterations: whole(1, Number.MAX_SAFE_INTEGER),
  seeds,
  jobs: whole(1, 64),
  chart: file.optional(),
  output: file.optional(),
});

/** Runs the sizes and budgets; returns the exit code, 1 where the checker has findings. */
export async function benchCity(raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const { jobs } = options;
  const assigner = await openAssigner(undefined, jobs);
  const plan: PlanNational = (request, budget, onFirstPlan) =>
    assignByRegions(request, (part) => assigner.assign(part), {
      ...{ ...budget, jobs },
      onPlan: ({ stage, elapsedMs }) => stage === "first plan" && onFirstPlan(elapsedMs),
    });
  const sizes = options.growth?.map((orders) => {
    const centres = Math.ceil(orders / CENTRE.orders);
    return { orders, engineers: centres * CENTRE.engineers, centres };
  }) ?? [{ orders: options.orders, engineers: options.engineers, centres: options.centres }];
  const budgets = options.timeLimit?.map((timeLimitMs) => ({ timeLimitMs })) ?? [{ iterations: options.iterations }];
  const runs: NationalRun[] = [];
  const commit = await commitOfPackage();
  const report = (): NationalReport => ({ machine: machineName(), node: process.version, commit, jobs, runs });
  try {
    for (const size of sizes)
      for (const budget of budgets)
        for (const seed of options.seeds) {
          const run = await runNational(plan, size, budget, seed);
          runs.push(run);
          console.error(
            `${run.orders} orders: first plan ${run.firstPlanS} s, answer ${run.totalS} s, ${run.peakMb} MB`,
          );
          if (options.output !== undefined && options.output !== "-")
            await writeText(options.output, `${JSON.stringify(report(), null, 2)}\n`);
        }
  } finally {
    await assigner.close();
  }
  if (options.chart !== undefined) {
    const { nationalChart } = await import("../../bench/national-chart.ts");
    await writeText(options.chart, nationalChart(report()));
  }
  if (options.output === "-") await writeText("-", `${JSON.stringify(report(), null, 2)}\n`);
  else process.stdout.write(nationalTable(runs));
  return runs.every(({ findings }) => findings === 0) ? EXIT.ok : EXIT.findings;
}
