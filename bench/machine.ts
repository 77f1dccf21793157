// Where a benchmark ran: the machine and the commit of the package.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "./best-known.ts";

/** Processor, usable cores, memory and system in one line. */
export function machineName(): string {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  return `${model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`;
}

/** Commit of the package's working tree, with "-dirty" after it if files differ; null where the package is not a working tree. */
export async function commitOfPackage(): Promise<string | null> {
  const root = packageRoot();
  if (!existsSync(join(root, ".git"))) return null;
  const describe = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
  const { stdout } = await promisify(execFile)("git", describe, { cwd: root });
  return stdout.trim();
}
