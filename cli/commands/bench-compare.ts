// shanpai bench compare: two reports of one benchmark side by side.
import { compareReports, comparisonTable } from "../../bench/compare.ts";
import { readReport } from "../../bench/report.ts";
import { EXIT, UsageError } from "../failure.ts";

/** Prints the paired differences of the reports in two files; returns the exit code. Throws UsageError where they were not run alike. */
export async function benchCompare(
  firstPath: string,
  secondPath: string,
  { acrossWorkers = false }: { acrossWorkers?: boolean } = {},
): Promise<number> {
  try {
    const [first, second] = [await readReport(firstPath), await readReport(secondPath)];
    process.stdout.write(comparisonTable(first, second, compareReports(first, second, acrossWorkers)));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return EXIT.ok;
}
