// Builds Valhalla's tiles from an OpenStreetMap extract, with the tools of @valhallajs/valhallajs.
import { spawn } from "node:child_process";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { RoadError } from "./engine.ts";
import { valhallaConfig } from "./valhalla-config.ts";
import { valhallaProgram } from "./valhalla-in-process.ts";

/** What the builder says when a part of its work begins, in order, and how much is done by then, 0 to 1. */
const STAGES: readonly (readonly [words: string, done: number, name: string])[] = [
  ["Parsing ways", 0, "ways"],
  ["Parsing relations", 0.2, "relations"],
  ["Parsing nodes", 0.3, "nodes"],
  ["Creating graph edges", 0.4, "edges"],
  ["Building ", 0.5, "tiles"],
  ["Enhancing local graph", 0.6, "enhancing"],
  ["HierarchyBuilder", 0.75, "levels"],
  ["Creating shortcuts", 0.8, "shortcuts"],
  ["Adding complex turn restrictions", 0.9, "restrictions"],
  ["Validating", 0.95, "validating"],
];

/** Part of the work that has begun. */
export interface BuildProgress {
  /** 0 to 1. */
  readonly done: number;
  readonly stage: string;
}

/**
 * Makes tiles of the extract `pbf` in the folder `tiles`, which they replace once they are whole. Rejects with RoadError, with the last
 * words of the builder.
 */
export async function buildTiles(
  pbf: string,
  tiles: string,
  onProgress: (progress: BuildProgress) => void = () => {},
): Promise<void> {
  const program = valhallaProgram("valhalla_build_tiles");
  await refuseOther(tiles);
  const fresh = `${tiles}.building`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const config = resolve(fresh, "valhalla.json");
  await writeFile(config, JSON.stringify(valhallaConfig(fresh, "std_out")));
  const child = spawn(program, ["-c", config, resolve(pbf)], {
    // It leaves a list of duplicates where it runs.
    cwd: fresh,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const last: string[] = [];
  let stage = 0;
  const hear = (line: string) => {
    last.push(line);
    if (last.length > 5) last.shift();
    const found = STAGES.findIndex(([words], index) => index >= stage && line.includes(words));
    if (found < 0) return;
    stage = found + 1;
    onProgress({ done: STAGES[found]![1], stage: STAGES[found]![2] });
  };
  createInterface(child.stdout).on("line", hear);
  createInterface(child.stderr).on("line", hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw new RoadError("refused", `Valhalla's builder failed on ${pbf}: ${last.join(" | ") || `exit code ${code}`}`);
  }
  await rm(config);
  await rm(join(fresh, "duplicateways.txt"), { force: true });
  await rm(tiles, { recursive: true, force: true });
  await rename(fresh, tiles);
  onProgress({ done: 1, stage: "done" });
}

/** Throws RoadError where the folder has something in it that is not a tile: it would be deleted. */
async function refuseOther(tiles: string): Promise<void> {
  const names = await readdir(tiles).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new RoadError("refused", `${tiles} cannot be a folder of tiles: ${error.message}`);
  });
  const other = names.find((name) => !/^[0-3]$/.test(name));
  if (other !== undefined)
    throw new RoadError("refused", `${tiles} has ${other} in it, which is no tile; name another folder`);
}
