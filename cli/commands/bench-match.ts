// shanpai bench match: speed of the core's assignment on generated costs, in one thread.
import { z } from "zod";
import { MATCH_INSTANCES } from "../../bench/match-instances.ts";
import { type MatchSpeed, measureMatch } from "../../bench/match-speed.ts";
import { alignColumns } from "../../bench/table.ts";
import { loadCoreModule } from "../../solver/core.ts";
import { EXIT } from "../failure.ts";
import { file, parseOptions } from "../options.ts";
import { groups } from "../report/format.ts";
import { chosenBy, type Origin, originLine, originOf, writeReport } from "./bench-report.ts";

const schema = z.object({
  instances: z.string().min(1, "must not be empty"),
  output: file.optional(),
});

/** Measures the assignment and prints the table or writes JSON; returns the exit code. */
export async function benchMatch(raw: object): Promise<number> {
  const { instances, output } = parseOptions(schema, raw);
  const chosen = chosenBy(MATCH_INSTANCES, instances);
  const module = await loadCoreModule();
  // The engine compiles hot code once more while it runs; that belongs to no instance.
  measureMatch(module, MATCH_INSTANCES[0]!);
  const results = chosen.map((instance) => {
    const { name, rows, columns } = instance;
    return { name, rows, columns, ...measureMatch(module, instance) };
  });
  const report = { ...(await originOf()), results };
  await writeReport(report, output, table);
  return EXIT.ok;
}

interface Report extends Origin {
  readonly results: readonly ({ name: string; rows: number; columns: number } & MatchSpeed)[];
}

const HEADER = ["instance", "solve ms", "costs MiB", "arena MiB", "matched", "cost"];

function table(report: Report): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const rows = report.results.map((row) => [
    row.name,
    row.solveMs.toFixed(1),
    mebibytes(row.costBytes),
    mebibytes(row.arenaBytes),
    groups(row.matched),
    groups(row.cost),
  ]);
  return `${[originLine(report), "", ...alignColumns([HEADER, ...rows])].join("\n")}\n`;
}
