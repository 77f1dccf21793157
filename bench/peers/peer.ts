// Other solvers on this machine: how one is found, and how it is asked.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PeerProblem } from "./problem.ts";

/** A better plan at a moment, as the solver itself says. */
export type TracePoint = readonly [seconds: number, cost: number];

export interface PeerAnswer {
  /** Rows of the problem, the depot left out. */
  readonly routes: readonly (readonly number[])[];
  /** Seconds from the start of its search, costs in ticks; undefined where the solver does not tell. */
  readonly trace?: readonly TracePoint[];
}

export interface Peer {
  readonly name: string;
  /** Its version where it is found, else why it is not and how to get it. */
  find(): Promise<{ readonly version: string } | { readonly absent: string }>;
  /** Rejects where the solver fails. */
  solve(problem: PeerProblem, seconds: number, seed: number): Promise<PeerAnswer>;
}

/** One core for whatever the solver would do on several. */
const ONE_CORE = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
/** Time beyond its limit after which a solver is stopped. */
const GRACE_MS = 60_000;

/** Runs a program with `input` on its standard input and returns its standard output; rejects with its last words. */
export function run(program: string, args: readonly string[], input: string, seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...ONE_CORE }, timeout: 1000 * seconds + GRACE_MS });
    let [output, words] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      words = (words + text).slice(-2_000);
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${program} ended with ${code}: ${words.trim() || output.slice(-500)}`)),
    );
    // A program that ends early says why itself.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** Lets `use` read `text` from a file, which is gone afterwards. */
export async function inFile<T>(name: string, text: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "shanpai-peer-"));
  try {
    await writeFile(join(folder, name), text);
    return await use(join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}
