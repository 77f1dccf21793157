// shanpai bench match: speed of the core's assignment on generated costs, in one thread.
import picomatch from "picomatch";
import { z } from "zod";
import { commitOfPackage, machineName } from "../../bench/machine.ts";
import { MATCH_INSTANCES } from "../../bench/match-instances.ts";
import { type MatchSpeed, measureMatch } from "../../bench/match-speed.ts";
import { alignColumns } from "../../bench/table.ts";
import { loadCoreModule } from "../../solver/core.ts";
import { EXIT, UsageError } from "../failure.ts";
import { writeText } from "../files.ts";
import { file, parseOptions } from "../options.ts";
import { groups } from "../report/format.ts";

const schema = z.object({
  instances: z.string().min(1, "must not be empty"),
  output: file.optional(),
});

/** Measures the assignment and prints the table or writes JSON; returns the exit code. */
export async function benchMatch(raw: object): Promise<number> {
  const { instances, output } = parseOptions(schema, raw);
  const matches = picomatch(instances);
  const chosen = MATCH_INSTANCES.filter(({ name }) => matches(name));
  if (chosen.length === 0)
    throw new UsageError(
      `--instances "${instances}": matches none of ${MATCH_INSTANCES.map(({ name }) => name).join(", ")}`,
    );
  const module = await loadCoreModule();
  // The engine compiles hot code once more while it runs; that belongs to no instance.
  measureMatch(module, MATCH_INSTANCES[0]!);
  const results = chosen.map((instance) => {
    const { name, rows, columns } = instance;
    return { name, rows, columns, ...measureMatch(module, instance) };
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
  readonly results: readonly ({ name: string; rows: number; columns: number } & MatchSpeed)[];
}

const HEADER = ["instance", "solve ms", "costs MiB", "arena MiB", "matched", "cost"];

function table({ machine, node, commit, results }: Report): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const rows = results.map((row) => [
    row.name,
    row.solveMs.toFixed(1),
    mebibytes(row.costBytes),
    mebibytes(row.arenaBytes),
    groups(row.matched),
    groups(row.cost),
  ]);
  return `${[`${machine}, node ${node}, commit ${commit ?? "unknown"}`, "", ...alignColumns([HEADER, ...rows])].join(
    "\n",
  )}\n`;
}
