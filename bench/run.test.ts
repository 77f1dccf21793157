import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import {
  type AssignRequest,
  type AssignResponse,
  AssignResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Assigner } from "./assigner.ts";
import { type BenchOptions, runBench } from "./run.ts";
import { summaryTable } from "./summary.ts";

const TEXT = `TINY

VEHICLE
NUMBER     CAPACITY
  2          10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0          0          0          0         60          0
    1      3          4          5          0         20         10
    2      3          5          5         30         40          5
`;

// Depot to 1: 5.0; 1 to 2: 1.0; 2 to the depot: sqrt 34 = 5.83, cut to 5.8. 2 is served from 30 to 35, back at 40.8. 1 is served as
// late as that allows: from 19 to 29, so the departure is at 14.
const DAY = "2026-01-01T00:00:";
const ROUTE = {
  engineerId: "2",
  departure: `${DAY}14Z`,
  arrival: `${DAY}40.800Z`,
  stops: [
    {
      kind: "KIND_SERVICE",
      orderId: "1",
      place: { planar: { x: 3, y: 4 } },
      leg: { duration: "5s", distanceM: "50" },
      arrival: `${DAY}19Z`,
      start: `${DAY}19Z`,
      departure: `${DAY}29Z`,
      setup: "0s",
      waiting: "0s",
      lateness: "0s",
    },
    {
      kind: "KIND_SERVICE",
      orderId: "2",
      place: { planar: { x: 3, y: 5 } },
      leg: { duration: "1s", distanceM: "10" },
      arrival: `${DAY}30Z`,
      start: `${DAY}30Z`,
      departure: `${DAY}35Z`,
      setup: "0s",
      waiting: "0s",
      lateness: "0s",
    },
  ],
  finalLeg: { duration: "5.800s", distanceM: "58" },
  travel: "11.800s",
  waiting: "0s",
  service: "15s",
  working: "26.800s",
  overtime: "0s",
  distanceM: "118",
};

const answer = (plan: JsonValue): AssignResponse =>
  fromJson(AssignResponseSchema, { plan, cost: { levels: ["0", "118"] }, statistics: { iterations: "7" } });

/** Answers every request with the plan above and keeps the requests; `wait` gives the milliseconds before the n-th answer. */
function fakeAssigner(plan: JsonValue = { routes: [ROUTE] }, wait = async (_request: AssignRequest) => {}) {
  const requests: AssignRequest[] = [];
  const assigner: Assigner = {
    assign: async (request) => {
      requests.push(request);
      await wait(request);
      return answer(plan);
    },
  };
  return { assigner, requests };
}

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bench-"));
  await mkdir(join(dir, "solomon"));
  for (const name of ["C101", "C102", "R101"]) await writeFile(join(dir, "solomon", `${name}.txt`), TEXT);
  for (const name of ["notes.csv", "LICENSE.txt"]) await writeFile(join(dir, "solomon", name), "");
});

const options = (changes: Partial<BenchOptions> = {}): BenchOptions => ({
  suite: "solomon",
  dir,
  instances: "C101",
  seeds: [1],
  workers: 2,
  ...changes,
});
const ignore = () => {};

test("a plan is measured in the published unit against the best-known value", async () => {
  const { assigner } = fakeAssigner();
  const report = await runBench(options({ timeLimitS: 2.5, name: "v1", routes: true }), assigner, ignore);
  expect(report).toMatchObject({
    name: "v1",
    suite: "solomon",
    instances: "C101",
    timeLimitS: 2.5,
    iterations: null,
    seeds: [1],
    workers: 2,
    jobs: 1,
    routes: true,
    node: process.version,
  });
  // 5.0 + 1.0 + 5.8 = 11.8; the best-known value of C101 is 827.3.
  expect(report.results).toMatchObject([
    {
      instance: "C101",
      seed: 1,
      iterations: 7,
      cost: 11.8,
      levels: [0, 118],
      bestKnown: 827.3,
      engineersUsed: 1,
      unassigned: 0,
      problems: [],
      valid: true,
      routes: [{ engineer: 2, visits: [1, 2] }],
    },
  ]);
  expect(report.results[0]!.gap).toBeCloseTo((11.8 - 827.3) / 827.3, 12);
});

test("the search gets budget, seed and workers", async () => {
  const { assigner, requests } = fakeAssigner();
  await runBench(options({ timeLimitS: 2.5, iterations: 100, seeds: [9] }), assigner, ignore);
  expect(requests[0]!.search).toMatchObject({
    timeLimit: { seconds: 2n, nanos: 500_000_000 },
    iterations: 100n,
    seed: 9n,
    workers: 2,
  });
});

test("a budget that is not given is not sent, and routes that nobody asked for are not kept", async () => {
  const { assigner, requests } = fakeAssigner();
  const report = await runBench(options(), assigner, ignore);
  expect(requests[0]!.search?.timeLimit).toBeUndefined();
  expect(report.timeLimitS).toBeNull();
  expect(report.results[0]).not.toHaveProperty("routes");
});

test("results are in order of instance and seed, whichever solve ends first", async () => {
  // The first solve ends when the three others have.
  let held = false;
  let release = () => {};
  const others = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { assigner } = fakeAssigner(undefined, async (request) => {
    // C102 with this seed waits in line behind it.
    if (request.search?.seed === 5n && !held) {
      held = true;
      await others;
    }
  });
  const finished: string[] = [];
  const report = await runBench(
    options({ instances: "C10?", seeds: [5, 3], jobs: 2 }),
    assigner,
    (result, done, total) => {
      finished.push(`${result.instance}/${result.seed} ${done} of ${total}`);
      if (done === 3) release();
    },
  );
  expect(report.results.map(({ instance, seed }) => `${instance}/${seed}`)).toEqual([
    "C101/5",
    "C101/3",
    "C102/5",
    "C102/3",
  ]);
  expect(finished).toHaveLength(4);
  expect(finished.at(-1)).toBe("C101/5 4 of 4");
});

test("finished results are taken over and the rest is solved", async () => {
  const whole = await runBench(options({ instances: "C10?", seeds: [5, 3] }), fakeAssigner().assigner, ignore);
  const finished = whole.results.filter(({ seed }) => seed === 3).map((result) => ({ ...result, iterations: 99 }));
  const { assigner, requests } = fakeAssigner();
  const reports: number[] = [];
  const report = await runBench(
    options({ instances: "C10?", seeds: [5, 3] }),
    assigner,
    (_result, done, total, soFar) => reports.push(done, total, soFar.results.length),
    finished,
  );
  expect(requests.map(({ search }) => search?.seed)).toEqual([5n, 5n]);
  expect(reports).toEqual([3, 4, 3, 4, 4, 4]);
  expect(report.results.map(({ instance, seed, iterations }) => `${instance}/${seed} ${iterations}`)).toEqual([
    "C101/5 7",
    "C101/3 99",
    "C102/5 7",
    "C102/3 99",
  ]);
});

test("orders left out are counted and leave no gap to a value that serves all", async () => {
  // 1 alone: out at 0, served from 5.0 to 15.0, back at 20.0; nothing waits, so nothing may begin later.
  const [stop] = ROUTE.stops;
  const route = {
    ...ROUTE,
    departure: `${DAY}00Z`,
    arrival: `${DAY}20Z`,
    stops: [{ ...stop!, arrival: `${DAY}05Z`, start: `${DAY}05Z`, departure: `${DAY}15Z` }],
    finalLeg: { duration: "5s", distanceM: "50" },
    travel: "10s",
    service: "10s",
    working: "20s",
    distanceM: "100",
  };
  const unassigned = [{ orderId: "2", reasons: [{ code: "CODE_NOT_PROVED" }] }];
  const { assigner } = fakeAssigner({ routes: [route], unassigned });
  const report = await runBench(options(), assigner, ignore);
  expect(report.results[0]).toMatchObject({ cost: 10, unassigned: 1, valid: true, problems: [], gap: null });
});

test("the recomputation and the checker both make a plan invalid, and an invalid plan has no gap", async () => {
  // Before 2 opens at 30, 2 is served first: 1 begins at 30 + 5 + 1 = 36, due 20.
  const { assigner } = fakeAssigner({ routes: [{ ...ROUTE, stops: ROUTE.stops.toReversed() }] });
  const [result] = (await runBench(options(), assigner, ignore)).results;
  expect(result).toMatchObject({ valid: false, gap: null });
  expect(result!.problems[0]).toBe("engineer 2: 1 begins at 36, due 20");
  expect(result!.problems.length).toBeGreaterThan(1);
});

test("what only the checker can see makes a plan invalid", async () => {
  // The order of visits is right, but the route says that it works 25 s instead of 26.8 s.
  const { assigner } = fakeAssigner({ routes: [{ ...ROUTE, working: "25s" }] });
  expect((await runBench(options(), assigner, ignore)).results[0]).toMatchObject({ cost: 11.8, valid: false });
});

test("an answer without a plan is invalid", async () => {
  const { requests } = fakeAssigner();
  const assigner: Assigner = {
    assign: async (request) => {
      requests.push(request);
      return fromJson(AssignResponseSchema, {});
    },
  };
  const [result] = (await runBench(options(), assigner, ignore)).results;
  expect(result).toMatchObject({ valid: false, unassigned: 2, gap: null });
  expect(result!.problems).toContain("the answer has no plan");
});

test("a refused request ends the bench with its instance and seed", async () => {
  const assigner: Assigner = { assign: () => Promise.reject(new Error("queue is full")) };
  await expect(runBench(options({ seeds: [4] }), assigner, ignore)).rejects.toThrow("C101, seed 4: queue is full");
});

test("a pattern that matches nothing is refused with the folder", async () => {
  const { assigner } = fakeAssigner();
  await expect(runBench(options({ instances: "X*" }), assigner, ignore)).rejects.toThrow(
    `no instance in ${join(dir, "solomon")} matches "X*"; it has 3 files`,
  );
});

test("instances that cannot be stated are left out and named with the reason", async () => {
  const { assigner, requests } = fakeAssigner();
  const instance = (patients: number) =>
    JSON.stringify({
      metadata: {
        time_window_met: "at_service_start",
        cost_components: { travel_time: 1, total_tardiness: "HARD", total_extra_time: "HARD" },
      },
      distances: [[0]],
      terminal_points: [{ id: "d", distance_matrix_index: 0 }],
      caregivers: [
        {
          id: "c",
          abilities: ["s"],
          departing_point: "d",
          arrival_point: "d",
          working_shift: { start: 0, end: 100 },
        },
      ],
      patients: [
        {
          id: "p",
          required_services: Array.from({ length: patients }, () => ({ service: "s", duration: 5 })),
          distance_matrix_index: 0,
          time_windows: [{ start: 0, end: 100 }],
        },
      ],
    });
  for (const folder of ["bazirha", "small", "validation"]) await mkdir(join(dir, "uhhc", folder), { recursive: true });
  await writeFile(join(dir, "uhhc", "small", "one.json"), instance(1));
  await writeFile(join(dir, "uhhc", "validation", "two.json"), instance(2));
  const report = await runBench(options({ suite: "uhhc", instances: "*" }), assigner, ignore);
  expect(report.results.map((result) => result.instance)).toEqual(["one"]);
  expect(requests).toHaveLength(1);
  expect(report.unsupported).toEqual([
    { instance: "two", reason: "patients with two services, at once, in sequence or by two caregivers" },
  ]);
  expect(summaryTable(report)).toContain("by two caregivers: 1 instances: two\n");
  await expect(runBench(options({ suite: "uhhc", instances: "two" }), assigner, ignore)).rejects.toThrow(
    "none of the 1 instances is supported, two has patients with two services",
  );
});
