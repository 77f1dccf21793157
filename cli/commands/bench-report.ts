// What the reports of the bench commands have in common: where they were made, which instances, and where they go.
import picomatch from "picomatch";
import { commitOfPackage, machineName } from "../../bench/machine.ts";
import { UsageError } from "../failure.ts";
import { writeText } from "../files.ts";

/** Where a report was made. */
export interface Origin {
  readonly machine: string;
  readonly node: string;
  readonly commit: string | null;
}

export async function originOf(): Promise<Origin> {
  return { machine: machineName(), node: process.version, commit: await commitOfPackage() };
}

/** The first line of a table. */
export const originLine = ({ machine, node, commit }: Origin) =>
  `${machine}, node ${node}, commit ${commit ?? "unknown"}`;

/** The instances whose name matches the glob. @throws UsageError where none does. */
export function chosenBy<T extends { readonly name: string }>(all: readonly T[], instances: string): T[] {
  const matches = picomatch(instances);
  const chosen = all.filter(({ name }) => matches(name));
  if (chosen.length === 0)
    throw new UsageError(`--instances "${instances}": matches none of ${all.map(({ name }) => name).join(", ")}`);
  return chosen;
}

/** Writes the report as JSON to `output`, if there is one, and the table to standard output unless that is where the JSON goes. */
export async function writeReport<T>(
  report: T,
  output: string | undefined,
  table: (report: T) => string,
): Promise<void> {
  if (output !== undefined) await writeText(output, `${JSON.stringify(report, null, 2)}\n`);
  if (output !== "-") process.stdout.write(table(report));
}
