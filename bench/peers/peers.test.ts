import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { solomonRequest } from "../../datasets/solomon.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { hgs, hgsAnswer, vroom, vroomInput } from "./binaries.ts";
import { peerProblem } from "./problem.ts";
import { ortools, pyvrp } from "./python.ts";
import { runPeers } from "./run.ts";
import { peersTable } from "./summary.ts";
import { vrplib } from "./vrplib.ts";

/** Depot in the middle, two customers 3 and 4 away from it and 5 from each other. */
const TINY = `TINY

VEHICLE
NUMBER     CAPACITY
  2          10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0         100          0
    1      3         0          4          5         90           2
    2      0         4          5          0         80           1
`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shanpai-peers-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program of this name, the first on the PATH, in the words of a shell. */
function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env.PATH}`);
  return path;
}

test("the problem has the instance's own rounding, in tenths", () =>
  expect(peerProblem(solomonRequest(TINY))).toEqual({
    numbers: [0, 1, 2],
    matrix: [
      [0, 30, 40],
      [30, 0, 50],
      [40, 50, 0],
    ],
    windows: [
      [0, 1000],
      [50, 900],
      [0, 800],
    ],
    service: [0, 20, 10],
    demand: [0, 4, 5],
    capacity: 10,
    vehicles: 2,
  }));

test("more than plain routing is refused", () =>
  expect(() => peerProblem(generateCity({ orders: 3, engineers: 2 }))).toThrow("suites of plain vehicle routing"));

test("VROOM and VRPLIB read the same numbers", () => {
  const problem = peerProblem(solomonRequest(TINY));
  expect(vroomInput(problem).jobs[0]).toEqual({
    ...{ id: 1, location_index: 1, service: 20, delivery: [4], time_windows: [[50, 900]] },
  });
  const text = vrplib(problem);
  expect(text).toContain("DIMENSION : 3\nVEHICLES : 2\n");
  expect(text).toContain("EDGE_WEIGHT_SECTION\n0\t30\t40\n30\t0\t50\n40\t50\t0\n");
  expect(text).toContain("SERVICE_TIME_SECTION\n1\t0\n2\t20\n3\t10\n");
  expect(text).toContain("TIME_WINDOW_SECTION\n1\t0\t1000\n2\t50\t900\n3\t0\t800\n");
});

test("of HGS the last plan counts", () =>
  expect(hgsAnswer("Route #1: 1\nRoute #2: 2\nCost 140\nRoute #1: 2 1 \nCost 120\n")).toEqual([[2, 1]]));

test("what is not there is said in clear words", async () => {
  vi.stubEnv("PATH", folder);
  vi.stubEnv("SHANPAI_PYTHON", join(folder, "no-python"));
  expect(await vroom.find()).toEqual({ absent: expect.stringContaining("no program vroom on the PATH") });
  expect(await hgs.find()).toEqual({ absent: expect.stringContaining("no program genvrp") });
  for (const peer of [pyvrp, ortools])
    expect(await peer.find()).toEqual({ absent: expect.stringContaining(`pip install ${peer.name}`) });
  program("hgs", "true");
  expect(await hgs.find()).toEqual({ absent: expect.stringContaining("HGS-CVRP, which knows no time windows") });
});

test("nothing of what a solver says of itself is believed", async () => {
  // 1 -> 2 costs 12; then a plan that forgets 2, one that serves 1 twice, and one that fails.
  const answers = { right: "Route #1: 1 2\nCost 1", forgets: "Route #1: 1\nCost 1", twice: "Route #1: 1 2 1\nCost 1" };
  mkdirSync(join(folder, "solomon"));
  writeFileSync(join(folder, "solomon", "TINY.txt"), TINY);
  const runWith = async (script: string) => {
    program("genvrp", script);
    const options = {
      suite: "solomon",
      dir: folder,
      instances: "*",
      seconds: 0.2,
      seeds: [1],
      peers: ["hgs"],
    } as const;
    return runPeers(
      options,
      { assign: (request) => solveForTest({ ...request, search: { ...request.search!, iterations: 5n } }) },
      () => {},
    );
  };
  const judged = async (text: string) => {
    const { runs } = await runWith(`printf '%b' '${text.replaceAll("\n", "\\n")}\\n'`);
    return runs.find(({ solver }) => solver === "hgs")!;
  };
  expect(await judged(answers.right)).toMatchObject({ cost: 12, unserved: 0, problems: [] });
  expect(await judged(answers.forgets)).toMatchObject({ unserved: 1, gap: null });
  expect((await judged(answers.twice)).problems.length).toBeGreaterThan(0);
  const failed = await runWith("echo no memory >&2; exit 3");
  const [ours, theirs] = failed.runs;
  expect(ours).toMatchObject({ solver: "shanpai", cost: 12, problems: [] });
  expect(theirs!.problems).toEqual([expect.stringContaining("ended with 3: no memory")]);
  expect(peersTable(failed)).toMatch(/^hgs genvrp +1 +- +- +0 +1 /m);
});
