// Best-known values of published benchmark instances, from bench/best-known/*.csv in the package.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";

/** A published value: cost in the suite's unit, requests left out in that solution, where it was found. */
export interface BestKnown {
  readonly value: number;
  readonly unserved: number;
  /** Vehicles or technicians used in it; undefined where not stated. */
  readonly vehicles: number | undefined;
  readonly source: string;
}

interface Row {
  instance: string;
  vehicles: string;
  value: string;
  unserved: string;
  source: string;
}

/** Folder of the package: the nearest one above this module, in the source or in dist, that has the values. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "bench", "best-known"))) return folder;
    if (folder === dirname(folder)) throw new Error("bench/best-known is missing from the package");
  }
}

/** Values of the table `name` (file name without .csv) by instance. */
export async function readBestKnown(name: string): Promise<Map<string, BestKnown>> {
  const text = await readFile(join(packageRoot(), "bench", "best-known", `${name}.csv`), "utf8");
  const rows = parse(text, { columns: true }) as Row[];
  return new Map(
    rows.map(({ instance, vehicles, value, unserved, source }) => [
      instance,
      {
        value: Number(value),
        unserved: Number(unserved),
        vehicles: vehicles === "" ? undefined : Number(vehicles),
        source,
      },
    ]),
  );
}
