// A thousand solves, cancelled and failed ones among them, leave the memory of the process where it was.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Megabytes of the process after each hundred solves. */
function residentAfter(solves: number): Promise<number[]> {
  const script = fileURLToPath(new URL("./many-solves.mjs", import.meta.url));
  const child = fork(script, [String(solves)], { execArgv: ["--expose-gc"] });
  return new Promise((resolve, reject) => {
    child.once("message", (megabytes) => resolve(megabytes as number[]));
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it said anything; built?`)));
  });
}

// A leak fails every time; what the collectors of a busy machine leave behind once, 62 MB at most so far, does not.
test("1,000 solves leave the resident memory flat", { retry: 2, timeout: 600_000 }, async () => {
  const megabytes = await residentAfter(1_000);
  expect(megabytes).toHaveLength(10);
  // The first hundreds warm up the heaps; from the fourth on nothing may grow by more than the noise of the collectors, which was 28 MB
  // between two hundreds of 2,500 solves.
  const settled = Math.max(...megabytes.slice(3, 6));
  expect(Math.min(...megabytes.slice(7))).toBeLessThan(settled + 30);
});
