// Tools of other people that tests call the server with. Where one is missing the test is skipped, loudly, and fails in CI.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The file of a tool below build/, as .ci/run installs it; undefined where it is not there. */
export function toolOrSkip(path: string): string | undefined {
  const file = `${root}${path}`;
  return existsSync(file) ? file : missing(path);
}

/** The file of a command on the PATH; undefined where it is not there. */
export function commandOrSkip(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? missing(name);
}

function missing(tool: string): undefined {
  if (process.env.CI) throw new Error(`${tool} is missing; .ci/run installs it`);
  console.warn(`skipped: ${tool} is missing; .ci/run shows how to install it`);
  return undefined;
}
