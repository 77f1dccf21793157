// shanpai bench criteria: speed of the pair criteria in the core and in plain TypeScript, in one thread.
import { z } from "zod";
import { CRITERIA_INSTANCES } from "../../bench/criteria-instances.ts";
import { type CriteriaSpeed, measureCriteria } from "../../bench/criteria-speed.ts";
import { alignColumns } from "../../bench/table.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { loadCoreModule } from "../../solver/core.ts";
import { EXIT } from "../failure.ts";
import { file, parseOptions } from "../options.ts";
import { groups } from "../report/format.ts";
import { chosenBy, type Origin, originLine, originOf, writeReport } from "./bench-report.ts";

const schema = z.object({
  instances: z.string().min(1, "must not be empty"),
  output: file.optional(),
});

/** Measures the criteria and prints the table or writes JSON; returns the exit code. */
export async function benchCriteria(raw: object): Promise<number> {
  const { instances, output } = parseOptions(schema, raw);
  const chosen = chosenBy(CRITERIA_INSTANCES, instances);
  const module = await loadCoreModule();
  const results = chosen.map(({ name, make }) => {
    const request = make();
    return { name, ...measureCriteria(module, request, problemFromProto(request, new Set())) };
  });
  const report = { ...(await originOf()), results };
  await writeReport(report, output, table);
  return EXIT.ok;
}

interface Report extends Origin {
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

function table(report: Report): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const rows = report.results.map((row) => [
    row.name,
    groups(row.pairs),
    row.foldMs.toFixed(1),
    groups(Math.round(row.pairsPerSecond)),
    mebibytes(row.tableBytes),
    mebibytes(row.keptBytes),
    groups(Math.round(row.plainPairsPerSecond)),
    `${(row.pairsPerSecond / row.plainPairsPerSecond).toFixed(0)} x`,
  ]);
  return `${[originLine(report), "", ...alignColumns([HEADER, ...rows])].join("\n")}\n`;
}
