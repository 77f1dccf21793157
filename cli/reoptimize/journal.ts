// Lines of JSON that a run appends one by one, so that an interrupted one loses nothing and is gone on with.
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { UsageError } from "../failure.ts";
import type { ReoptimizedRow } from "./row.ts";

export interface Journal {
  /** Lines of the run before, those of failed questions left out: they are asked again. */
  readonly done: readonly ReoptimizedRow[];
  append(row: ReoptimizedRow): void;
  close(): void;
}

/**
 * Opens the file `path` for lines; without `resume` it is begun anew. A last line that was cut off is taken away.
 *
 * @throws UsageError where the file cannot be written, or holds something else.
 */
export function openJournal(path: string, resume: boolean): Journal {
  const kept = resume && existsSync(path) ? readFileSync(path, "utf8") : "";
  const whole = kept.slice(0, kept.lastIndexOf("\n") + 1);
  const rows = whole.split("\n").flatMap((line, index) => (line === "" ? [] : [rowIn(path, line, index + 1)]));
  const done = rows.filter(({ error }) => error === undefined);
  let file: number;
  try {
    file = openSync(path, resume ? "a" : "w");
    if (done.length === rows.length) truncateSync(path, Buffer.byteLength(whole));
    else {
      truncateSync(path, 0);
      writeSync(file, done.map((row) => `${JSON.stringify(row)}\n`).join(""));
    }
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`);
  }
  return {
    done,
    append: (row) => {
      writeSync(file, `${JSON.stringify(row)}\n`);
    },
    close: () => closeSync(file),
  };
}

function rowIn(path: string, line: string, number: number): ReoptimizedRow {
  try {
    const row = JSON.parse(line) as ReoptimizedRow;
    if (typeof row.name === "string" && typeof row.asked === "string") return row;
  } catch {
    // Said below.
  }
  throw new UsageError(`${path} cannot be resumed: line ${number} is no line of shanpai reoptimize`);
}
