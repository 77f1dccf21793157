// Tools of other people that tests call the server with. Where one is missing the test is skipped, loudly, and fails in CI.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The file of a tool below build/, as .ci/run installs it; undefined where it is not there. */
export function toolOrSkip(path: string): string | undefined {
  const file = `${root}${path}`;
  if (existsSync(file)) return file;
  if (process.env.CI) throw new Error(`${path} is missing; .ci/run installs it`);
  console.warn(`skipped: ${path} is missing; .ci/run shows how to install it`);
  return undefined;
}
