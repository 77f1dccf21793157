// shanpai bench criteria: speed of the pair criteria in the core and in plain TypeScript, in one thread.
import picomatch from "picomatch";
import { z } from "zod";
import { CRITERIA_INSTANCES } from "../../bench/criteria-instances.ts";
import { type CriteriaSpeed, measureCriteria } from "../../bench/criteria-speed.ts";
import { commitOfPackage, machineName } from "../../bench/machine.ts";
import { alignColumns } from "../../bench/table.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { loadCoreModule } from "../../solver/core.ts";
import { EXIT, UsageError } from "../failure.ts";
import { writeText } from "../files.ts";
import { file, parseOptions } from "../options.ts";
import { groups } from "../report/format.ts";

const schema = z.object({
  instances: z.string().min(1, "must not be empty"),
  output: file.optional(),
});

/** Measures the criteria and prints the table or writes JSON; returns the exit code. */
export async function benchCriteria(raw: object): Promise<number> {
  const { instances, output } = parseOptions(schema, raw);
  const matches = picomatch(instances);
  const chosen = CRITERIA_INSTANCES.filter(({ name }) => matches(name));
  if (chosen.length === 0)
    throw new UsageError(
      `--instances "${instances}": matches none of ${CRITERIA_INSTANCES.map(({ name }) => name).join(", ")}`,
    );
  const module = await loadCoreModule();
  const results = chosen.map(({ name, make }) => {
    const request = make();
    return { name, ...measureCriteria(module, request, problemFromProto(request, new Set())) };
  });
  const report = { machine: machineName(), node: process.version, commit: await commitOfPackage(), results };
  if (output !== undefined) await writeText(output, `${JSON.stringify(report, null, 2)}\n`);
  if (output !== "-") process.stdout.write(table(report));
  return EXIT.ok;
}

interface Report {
  readonly machine: string;
  readonly node: string;
  readonly commit: string | null;
  readonly results: readonly ({ name: string } & CriteriaSpeed)[];
}

const HEADER = [
  "instance",
  "pairs",
  "core ms",
  "core pairs/s",
  "table MiB",
  "kept MiB",
  "plain pairs/s",
  "core / plain",
];

function table({ machine, node, commit, results }: Report): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const rows = results.map((row) => [
    row.name,
    groups(row.pairs),
    row.foldMs.toFixed(1),
    groups(Math.round(row.pairsPerSecond)),
    mebibytes(row.tableBytes),
    mebibytes(row.keptBytes),
    groups(Math.round(row.plainPairsPerSecond)),
    `${(row.pairsPerSecond / row.plainPairsPerSecond).toFixed(0)} x`,
  ]);
  return `${[`${machine}, node ${node}, commit ${commit ?? "unknown"}`, "", ...alignColumns([HEADER, ...rows])].join(
    "\n",
  )}\n`;
}
