// shanpai demo: a city's day through the whole service, beside what a dispatcher without a solver would do.
import { z } from "zod";
import { runDemo } from "../demo.ts";
import { EXIT } from "../failure.ts";
import { file, milliseconds, parseOptions, whole } from "../options.ts";

const schema = z.object({ seed: whole(0, 2 ** 32 - 1), timeLimit: milliseconds, outDir: file });

/** Runs the demo; returns the exit code, 1 when the checker finds something in one of the two plans. */
export async function demo(raw: object): Promise<number> {
  const { seed, timeLimit, outDir } = parseOptions(schema, raw);
  const valid = await runDemo({ seed, timeLimitMs: timeLimit, outDir });
  return valid ? EXIT.ok : EXIT.findings;
}
