import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shanpai-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command line as a child process, run to its end. */
async function shanpai(args: string[], input = "", env: NodeJS.ProcessEnv = {}) {
  const child = start(args, env);
  let [stdout, stderr] = ["", ""];
  child.stdout!.on("data", (chunk) => (stdout += chunk));
  child.stderr!.on("data", (chunk) => (stderr += chunk));
  child.stdin!.on("error", () => undefined).end(input);
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

function start(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], {
    cwd: root,
    env: { ...process.env, SHANPAI_DATA: "", ...env },
  });
}

/** Writes a file of the test and gives its path. */
function save(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/**
 * One order between 02:00 and 03:00, one engineer from 00:00 to 10:00, 600 s there and 700 s back, metres like seconds.
 * The best route leaves at 01:50, serves from 02:00 to 02:30 and is home at 02:41:40: 3100 s of work, 1300 s of them on the way.
 */
const request = {
  requestId: "cli",
  now: "2026-11-23T00:00:00Z",
  timeZone: "UTC",
  // Nothing is known of the engineer as a person, and nothing is charged for that, nor for detours.
  policy: {
    criteria: ["route_cluster_fit", "engineer_tier", "customer_rating", "on_time_rate", "acceptance_rate"].map(
      (id) => ({ id, weightS: 0 }),
    ),
  },
  orders: [
    {
      id: "o1",
      place: { geo: { latitude: 1, longitude: 1 }, matrixIndex: 1 },
      windows: [{ start: "2026-11-23T02:00:00Z", end: "2026-11-23T03:00:00Z" }],
      serviceDuration: "1800s",
    },
  ],
  engineers: [
    {
      id: "e1",
      shifts: [
        {
          time: { start: "2026-11-23T00:00:00Z", end: "2026-11-23T10:00:00Z" },
          startPlace: { geo: { latitude: 0, longitude: 0 }, matrixIndex: 0 },
          endPlace: { geo: { latitude: 0, longitude: 0 }, matrixIndex: 0 },
        },
      ],
    },
  ],
  travel: { matrix: { matrices: [{ size: 2, durations: [0, 600, 700, 0] }] } },
};

const stop = {
  kind: "KIND_SERVICE",
  orderId: "o1",
  place: request.orders[0]!.place,
  leg: { duration: "600s", distanceM: "600" },
  arrival: "2026-11-23T02:00:00Z",
  start: "2026-11-23T02:00:00Z",
  departure: "2026-11-23T02:30:00Z",
  setup: "0s",
  waiting: "0s",
  lateness: "0s",
};

const route = {
  engineerId: "e1",
  departure: "2026-11-23T01:50:00Z",
  arrival: "2026-11-23T02:41:40Z",
  stops: [stop],
  finalLeg: { duration: "700s", distanceM: "700" },
  travel: "1300s",
  waiting: "0s",
  service: "1800s",
  working: "3100s",
  overtime: "0s",
  distanceM: "1300",
};

const requestPath = save("request.json", request);
const planPath = save("plan.json", { routes: [route] });

const SOLOMON = `TINY

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME   DUE DATE   SERVICE TIME

    0      0         0          0          0        1000          0
    1      3         4          5          0         500         10
    2      6         8          5        100         500         10
`;

describe("usage", () => {
  test("help ends with 0 and names every command", async () => {
    const { code, stdout } = await shanpai(["--help"]);
    expect(code).toBe(0);
    for (const name of ["solve", "evaluate", "generate", "import", "bench", "serve", "demo"])
      expect(stdout).toContain(name);
  });

  test.each([
    ["an unknown command", ["frob"]],
    ["an unknown option", ["solve", requestPath, "--fast"]],
    ["a missing argument", ["solve"]],
    ["no command", []],
  ])("%s ends with 2", async (_name, args) => {
    expect((await shanpai(args)).code).toBe(2);
  });

  test("every bad option is named with its value", async () => {
    const args = [
      "--time-limit",
      "10",
      "--iterations",
      "0",
      "--seed",
      "-1",
      "--workers",
      "65",
      "--format",
      "pdf",
      "--server",
      "here",
    ];
    const { code, stderr } = await shanpai(["solve", requestPath, ...args]);
    expect(code).toBe(2);
    const named = stderr
      .trim()
      .split("\n")
      .map((line) => line.split(":").slice(0, 2).join(":"));
    expect(named).toEqual([
      'shanpai: --time-limit "10"',
      'shanpai: --iterations "0"',
      'shanpai: --seed "-1"',
      'shanpai: --workers "65"',
      'shanpai: --format "pdf"',
      'shanpai: --server "here"',
    ]);
  });

  test.each([
    ["a file that is not there", join(folder, "nothing.json"), "cannot read"],
    ["a file that is not JSON", save("text.json", "orders: none"), "is not JSON"],
    ["a field that is not in the contract", save("field.json", { ...request, order: [] }), '"order" is unknown'],
    ["a value of the wrong type", save("type.json", { ...request, orders: [{ priority: "high" }] }), "priority"],
  ])("%s ends with 2 and is named", async (_name, path, words) => {
    const { code, stderr } = await shanpai(["evaluate", path, planPath]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  test("bench without data says where it is published", async () => {
    const { code, stderr } = await shanpai(["bench", "solomon"]);
    expect(code).toBe(2);
    expect(stderr).toContain("SHANPAI_DATA");
    expect(stderr).toContain("github.com/");
  });

  test("bench of a folder without the suite ends with 2", async () => {
    const { code, stderr } = await shanpai(["bench", "homberger", "--dir", folder]);
    expect(code).toBe(2);
    expect(stderr).toContain(join(folder, "homberger"));
  });
});

describe("bad requests", () => {
  const bad = save("bad.json", { ...request, timeZone: "Nowhere", orders: [{ ...request.orders[0], priority: 101 }] });

  test.each([
    ["solve", ["solve", bad]],
    ["evaluate", ["evaluate", bad, planPath]],
  ])("%s lists every violation with field, problem and code", async (_name, args) => {
    const { code, stderr, stdout } = await shanpai(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^time_zone .*Nowhere.* UNKNOWN_TIME_ZONE$/m);
    expect(stderr).toMatch(/^orders\[0\]\.priority .*101.* OUT_OF_RANGE$/m);
  });
});

describe("recommend", () => {
  test("names who can take an order of the plan, when, and what it changes", async () => {
    const { code, stdout } = await shanpai(["recommend", requestPath, "--order", "o1", "--plan", planPath]);
    expect(code).toBe(0);
    const { recommendations, levels } = JSON.parse(stdout);
    // Without the order nothing is driven; with it there are 600 s there, 1,800 s of service and 700 s back.
    expect(levels).toEqual(["1", "0"]);
    expect(recommendations.map((row: { levelChanges: string[] }) => row.levelChanges)).toEqual([["-1", "3100"]]);
    expect(recommendations[0]).toMatchObject({ engineerId: "e1", travelChange: "1300s" });
  });

  test("writes a table, with every criterion on request", async () => {
    const args = ["recommend", requestPath, "--order", "o1", "--plan", planPath, "--format", "table", "--explain"];
    const { code, stdout } = await shanpai(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 +e1 .*\+3,100/);
    expect(stdout.split("\n").length).toBeGreaterThan(35);
  });

  test("ends with 2 where the order is not in the request", async () => {
    const { code, stderr } = await shanpai(["recommend", requestPath, "--order", "o9"]);
    expect(code).toBe(2);
    expect(stderr).toContain("order_id");
  });
});

describe("evaluate", () => {
  test("finds nothing in a plan made by hand and gives its cost", async () => {
    const { code, stdout } = await shanpai(["evaluate", requestPath, planPath]);
    const { valid, findings = [], cost } = JSON.parse(stdout);
    expect({ code, valid, findings }).toEqual({ code: 0, valid: true, findings: [] });
    expect(cost.levels).toEqual(["0", "3100"]);
    expect(cost.criteria).toEqual(
      expect.arrayContaining([
        { criterionId: "travel_time", cost: "1300" },
        { criterionId: "service", cost: "1800" },
      ]),
    );
  });

  test("ends with 1 and names what is wrong", async () => {
    // A minute before the window opens.
    const early = { ...stop, start: "2026-11-23T01:59:00Z" };
    const path = save("early.json", { routes: [{ ...route, stops: [early] }] });
    const { code, stdout } = await shanpai(["evaluate", requestPath, path, "--format", "table"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^START_NOT_ALLOWED +e1 +0 +o1 /m);
  });

  test("times a plan of bare sequences and compares it with another one", async () => {
    const bare = save("bare.json", {
      routes: [{ engineerId: "e1", stops: [{ kind: "KIND_SERVICE", orderId: "o1" }] }],
    });
    const nobody = save("nobody.json", { unassigned: [{ orderId: "o1", reasons: [{ code: "CODE_NOT_PROVED" }] }] });
    const { code, stdout } = await shanpai(["evaluate", requestPath, bare, "--compare", nobody]);
    const { valid, plan, cost, comparison } = JSON.parse(stdout);
    expect({ code, valid, plan, levels: cost.levels }).toEqual({
      code: 0,
      valid: true,
      plan: expect.objectContaining({
        routes: [expect.objectContaining({ departure: route.departure, working: "3100s" })],
      }),
      levels: ["0", "3100"],
    });
    expect(comparison.difference.levels).toEqual(["1", "-3100"]);
    expect(comparison.moved).toEqual([{ orderId: "o1", before: { engineerId: "e1", start: stop.start } }]);
    const { stdout: table } = await shanpai(["evaluate", requestPath, bare, "--compare", nobody, "--format", "table"]);
    expect(table).toMatch(/^o1 +e1 #1 02:00:00 +left out$/m);
    expect(table).toMatch(/^level 2: soft cost +3100 +0 +-3100$/m);
  });

  test("checks the cost of a whole answer too", async () => {
    const path = save("answer.json", { requestId: "cli", plan: { routes: [route] } });
    const { code, stdout } = await shanpai(["evaluate", requestPath, path]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings.map(({ code }: { code: string }) => code)).toContain("COST_MISSING");
  });
});

describe("import and generate", () => {
  test("import reads a Solomon instance", async () => {
    const output = join(folder, "tiny.json");
    const { code } = await shanpai(["import", "solomon", save("tiny.txt", SOLOMON), "-o", output]);
    expect(code).toBe(0);
    const { orders, engineers, ticksPerSecond } = JSON.parse(readFileSync(output, "utf8"));
    expect([orders.length, engineers.length, ticksPerSecond]).toEqual([2, 2, 10]);
    expect(orders[1].place.planar).toEqual({ x: 6, y: 8 });
  });

  test("import names the file and the value that does not fit", async () => {
    const { code, stderr } = await shanpai(["import", "homberger", "-"], SOLOMON.replace("6         8", "6         x"));
    expect(code).toBe(2);
    expect(stderr).toContain("- is not a homberger instance");
    expect(stderr).toContain('"x"');
  });

  test("generate gives the same city for the same seed", async () => {
    const args = ["generate", "city", "--orders", "3", "--engineers", "2", "--seed"];
    const [first, second, other] = await Promise.all([
      shanpai([...args, "5"]),
      shanpai([...args, "5"]),
      shanpai([...args, "6"]),
    ]);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout).orders).toHaveLength(3);
    expect(second.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });
});

describe("solve", () => {
  const quick = ["--iterations", "100", "--seed", "3"];

  test("writes the best plan, which the checker passes", async () => {
    const output = join(folder, "solved.json");
    const { code, stderr } = await shanpai(["solve", requestPath, "-o", output, "--check", ...quick]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "checker: no findings\n" });
    const { plan, cost, provenance } = JSON.parse(readFileSync(output, "utf8"));
    expect(plan.routes[0].departure).toBe(route.departure);
    expect(cost.levels).toEqual(["0", "3100"]);
    expect(provenance.seed).toBe("3");
    expect((await shanpai(["evaluate", requestPath, output])).code).toBe(0);
  });

  test.each(["1", "2"])("proves a bound with %s workers", async (workers) => {
    const { code, stdout, stderr } = await shanpai([
      "solve",
      requestPath,
      "--check",
      "--prove",
      "--workers",
      workers,
      ...quick,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "checker: no findings\n" });
    const { bound, statistics } = JSON.parse(stdout);
    expect(bound).toEqual({ levels: ["0", "3100"], provenOptimal: true, proof: "PROOF_PRICED_OUT" });
    expect(statistics.proof).toMatch(/s$/);
  });

  test("says why there is no bound", async () => {
    const late = { ...request, orders: [{ ...request.orders[0], latenessGrace: "60s" }] };
    const args = ["solve", "-", "--prove", "--format", "table", ...quick];
    const { stdout } = await shanpai(args, JSON.stringify(late));
    expect(stdout).toContain("lateness costs, and order o1 may be late");
    expect(stdout).not.toContain("proved bound");
  });

  test("reads standard input and gives a table or a page", async () => {
    const [table, page] = await Promise.all(
      ["table", "html"].map((format) => shanpai(["solve", "-", "--format", format, ...quick], JSON.stringify(request))),
    );
    expect(table!.code).toBe(0);
    expect(table!.stdout).toContain("02:00-02:30");
    expect(page!.stdout).toMatch(/^<!doctype html>/i);
  });

  test("takes the policy of a file and refuses it with the path of what is wrong", async () => {
    const policy = save("policy.json", { criteria: [{ id: "nearest" }] });
    const { code, stderr } = await shanpai(["solve", requestPath, "--policy", policy]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^policy\.criteria\[0\]\.id .* UNKNOWN_CRITERION$/m);
  });

  test("takes a preset by its name", async () => {
    const { code, stdout } = await shanpai(["solve", requestPath, "--policy", "fastest", "--format", "json", ...quick]);
    expect(code).toBe(0);
    // Tier, stars and punctuality are off and acceptance weighs nothing: what is not known of the engineer costs nothing.
    expect(JSON.parse(stdout).cost.levels).toEqual(["0", "3100"]);
  });

  test("ends with 2 where the request asks for what is not answered yet", async () => {
    const stops = [{ kind: "KIND_SERVICE", orderId: request.orders[0]!.id, lock: "LOCK_ENGINEER" }];
    const currentPlan = { routes: [{ engineerId: request.engineers[0]!.id, stops }] };
    const path = save("round.json", { ...request, currentPlan, search: { mode: "MODE_MATCH" } });
    const { code, stderr } = await shanpai(["solve", path]);
    expect(code).toBe(2);
    expect(stderr).toContain("UNIMPLEMENTED");
    expect(stderr).toContain("current_plan.routes[0].stops[0].lock");
  });

  test("lists the violations of a request that only wants to be checked", async () => {
    const path = save("only.json", { ...request, validateOnly: true, timeZone: "Nowhere" });
    const { code, stdout } = await shanpai(["solve", path]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).violations[0].field).toBe("time_zone");
  });

  test("ends with 3 where there is no server", async () => {
    // Port 1 is reserved (tcpmux) and nobody listens there.
    const { code, stderr } = await shanpai(["solve", requestPath, "--server", "127.0.0.1:1", ...quick]);
    expect(code).toBe(3);
    expect(stderr).toContain("UNAVAILABLE");
  });

  test("asks a server, which ends with 0 on SIGTERM", async () => {
    const server = start(["serve", "--port", "0", "--workers", "1"]);
    const ended = new Promise((resolve) => server.on("close", resolve));
    try {
      const port = await new Promise<number>((resolve, reject) => {
        let log = "";
        server.stderr!.on("data", (chunk) => {
          log += chunk;
          const found = /"port":(\d+)/.exec(log)?.[1];
          if (found) resolve(Number(found));
        });
        server.on("close", () => reject(new Error(`the server ended: ${log}`)));
      });
      const { code, stdout } = await shanpai(["solve", requestPath, "--server", `127.0.0.1:${port}`, ...quick]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout).cost.levels).toEqual(["0", "3100"]);
    } finally {
      server.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
  });
});

describe("bench", () => {
  test("solves an instance of the folder and reports its published cost", async () => {
    mkdirSync(join(folder, "solomon"));
    save("solomon/TINY.txt", SOLOMON);
    const args = ["bench", "solomon", "--iterations", "100", "--seeds", "1,2", "--output", "-"];
    const { code, stdout, stderr } = await shanpai(args, "", { SHANPAI_DATA: folder });
    expect(code).toBe(0);
    // Depot to (3, 4), on to (6, 8) and back: 5 + 5 + 10.
    const results = JSON.parse(stdout).results;
    expect(results.map(({ seed, cost, valid }: Record<string, unknown>) => [seed, cost, valid])).toEqual([
      [1, 20, true],
      [2, 20, true],
    ]);
    // The bar is for terminals.
    expect(stderr).toBe("");
  });

  test("goes on with a report, refuses one of other options, and compares two", async () => {
    mkdirSync(join(folder, "solomon"), { recursive: true });
    save("solomon/TINY.txt", SOLOMON);
    const output = join(folder, "report.json");
    const args = ["bench", "solomon", "--dir", folder, "--iterations", "100", "--seeds", "1,2", "--output", output];
    expect((await shanpai(args)).code).toBe(0);
    const whole = JSON.parse(readFileSync(output, "utf8"));
    // As if it had been killed after the first solve, which must not be solved again.
    writeFileSync(output, JSON.stringify({ ...whole, results: [{ ...whole.results[0], cost: 21 }] }));
    expect((await shanpai([...args, "--resume"])).code).toBe(0);
    const resumed = JSON.parse(readFileSync(output, "utf8"));
    expect(resumed.results.map(({ cost }: { cost: number }) => cost)).toEqual([21, 20]);

    const refused = await shanpai([...args, "--resume", "--workers", "2", "--name", "v2"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("begun with other settings: name: none and v2; workers: 1 and 2");

    const before = save("before.json", whole);
    const compared = await shanpai(["bench", "compare", before, output]);
    expect(compared.code).toBe(0);
    // Mean cost 20.5 after 20.
    expect(compared.stdout).toMatch(/^TINY +2 +20\.0 +20\.5 +\+2\.50 % .* loss$/m);
    const unlike = await shanpai(["bench", "compare", before, save("unlike.json", { ...whole, jobs: 2 })]);
    expect(unlike.code).toBe(2);
    expect(unlike.stderr).toContain("not run alike: jobs: 1 and 2");
  });

  test("goes on only with a file", async () => {
    const { code, stderr } = await shanpai(["bench", "solomon", "--dir", folder, "--resume"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--resume: needs --output");
  });

  test("measures the core on the instances that are chosen", async () => {
    const { code, stdout } = await shanpai([
      "bench",
      "core",
      "--instances",
      "*-100",
      "--time",
      "20ms",
      "--output",
      "-",
    ]);
    expect(code).toBe(0);
    const { searchMs, startUp, results } = JSON.parse(stdout);
    expect(searchMs).toBe(20);
    expect(startUp.workerMs).toBeGreaterThan(0);
    expect(results.map(({ name, orders }: Record<string, unknown>) => [name, orders])).toEqual([
      ["random-narrow-100", 100],
      ["mixed-wide-100", 100],
    ]);
    expect((await shanpai(["bench", "core", "--instances", "village-*"])).stderr).toContain("city-100x30");
  });
});
