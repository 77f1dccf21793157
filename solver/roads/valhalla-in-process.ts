// Valhalla inside this process, through the optional package @valhallajs/valhallajs.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Actor } from "@valhallajs/valhallajs";
import { type RoadEngine, RoadError } from "./engine.ts";
import { type AskValhalla, faultOf, valhallaEngine } from "./valhalla.ts";
import { valhallaConfig } from "./valhalla-config.ts";

const PACKAGE = "@valhallajs/valhallajs";
const require = createRequire(import.meta.url);

/** One of the package's programs. Throws RoadError where the package is not installed, or not for this platform. */
export function valhallaProgram(name: string): string {
  // The package's own command tells no failure of a program that a signal ended.
  const file = join(dirname(entry()), process.platform, process.arch, name);
  if (!existsSync(file))
    throw new RoadError("away", `${PACKAGE} has no ${name} for ${process.platform} ${process.arch}`);
  return file;
}

function entry(): string {
  try {
    return require.resolve(PACKAGE);
  } catch {
    throw new RoadError("away", `the package ${PACKAGE} is not installed; npm install ${PACKAGE}@3.6.1`);
  }
}

interface Loaded {
  readonly actor: Actor;
  readonly engine: RoadEngine;
}

// The package keeps an actor per thread of the process for ever, found by the address of its configuration: it must never be collected.
const loaded = new Map<string, Loaded>();

const running = new Set<Promise<unknown>>();

/** Resolves when no call is under way in this thread. A thread that ends in the middle of one takes the process with it. */
export async function valhallaAtRest(): Promise<void> {
  while (running.size > 0) await Promise.allSettled(running);
}

/** What Valhalla is asked in this process, by its own names. */
export const ACTIONS = { route: "route", sources_to_targets: "matrix", locate: "locate" } as const;

/** The engine over a folder of tiles that `shanpai roads build` made. Throws RoadError where tiles or package are missing. */
export function valhallaInProcess(tiles: string): RoadEngine {
  return loadValhalla(tiles).engine;
}

/** The actor and the engine over a folder of tiles, one pair for each folder in this thread. */
export function loadValhalla(tiles: string): Loaded {
  const known = loaded.get(tiles);
  if (known) return known;
  // Local roads are on level 2; without them the package loads all the same and knows no roads.
  if (!existsSync(join(tiles, "2")))
    throw new RoadError("away", `${tiles} has no Valhalla tiles; make them with: shanpai roads build FILE.osm.pbf`);
  entry();
  const valhalla = require(PACKAGE) as typeof import("@valhallajs/valhallajs");
  const actor = new valhalla.Actor(valhallaConfig(tiles, ""));
  const name = `Valhalla ${valhalla.VALHALLA_VERSION} in this process`;
  const ask: AskValhalla = async (action, question, signal) => {
    signal.throwIfAborted();
    // A call cannot be stopped; whoever waits for it can.
    let onAbort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
    });
    try {
      const call = actor[ACTIONS[action]](JSON.stringify(question));
      running.add(call);
      const end = () => running.delete(call);
      call.then(end, end);
      const answer = await Promise.race([call, aborted]);
      return JSON.parse(answer);
    } catch (error) {
      signal.throwIfAborted();
      const words = error instanceof Error ? error.message : String(error);
      throw new RoadError(faultOf(words), `${name}: ${words}`);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  };
  // A table costs a search from every source, whatever the number of destinations; between blocks there is a look at the clock.
  const pair = { actor, engine: valhallaEngine(name, ask, { sources: 25, destinations: 2_000 }) };
  loaded.set(tiles, pair);
  return pair;
}
