import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CriterionMode, Measure } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { travelOf } from "../solver/travel/travel.ts";
import { solveForTest } from "../test/solve-for-test.ts";
import { strspRequest } from "./strsp.ts";
import { strspCost } from "./strsp-cost.ts";
import { parseStrsp, strspUnsupported } from "./strsp-instance.ts";

const TASKS = `
Capacity: 200
Customer: 4

CUST NO.\tXCOORD.\tYCOORD.\tDEMAND\tREADY TIME\tDUE DATE\tSERVICE TIME\tcost\td11\td12\td13\td21\td22\td23
1\t0\t0\t0\t0\t100\t0\t0\t0\t0\t0\t0\t0\t0
2\t3\t4\t10\t20\t30\t10\t100\t1\t1\t0\t0\t0\t0
3\t6\t8\t10\t0\t36\t10\t100\t1\t0\t0\t1\t1\t1
4\t0\t5\t10\t0\t90\t5\t100\t0\t0\t0\t1\t0\t0
`;
const TECHNICIANS = `Technicians
Number of Technicians: 2
domains: 2
proficiency level: 3


ID\tdomain1\tdomain2
1\t2\t3
2\t0\t1
`;
const TEXT = `${TASKS}\n${TECHNICIANS}`;
const ORIGIN = 1_767_225_600n;

test("tasks become orders with levels and prices, technicians engineers", () => {
  const request = strspRequest(TEXT);
  // 200 + 2^1.5, 200 + 4^1.5, 200 + 1, in ten-thousandths.
  expect(request.orders.map(({ id, priceMinor }) => [id, priceMinor])).toEqual([
    ["2", 2_028_284n],
    ["3", 2_080_000n],
    ["4", 2_010_000n],
  ]);
  expect(request.orders[1]).toMatchObject({
    windows: [{ start: { seconds: ORIGIN }, end: { seconds: ORIGIN + 36n } }],
    serviceDuration: { seconds: 10n },
    proficiencies: [
      { skillId: "1", level: 1, hard: true },
      { skillId: "2", level: 3, hard: true },
    ],
  });
  expect(request.orders[0]!.proficiencies).toHaveLength(1);
  expect(request.engineers).toMatchObject([
    {
      id: "1",
      skills: [
        { skillId: "1", level: 2 },
        { skillId: "2", level: 3 },
      ],
    },
    { id: "2", skills: [{ skillId: "2", level: 1 }] },
  ]);
  const travel = travelOf(request);
  const rows = [request.engineers[0]!.shifts[0]!.startPlace!, request.orders[0]!.place!].map(travel.row);
  // 5 units of 200 ticks.
  expect(travel.duration(0, rows[0]!, rows[1]!)).toBe(1000);
});

test("a unit of travel and a unit of outsourcing weigh the same, ten thousand times the working time", () => {
  const request = strspRequest(TEXT);
  const [level] = request.objective!.levels;
  expect(level!.terms.map(({ measure, weight }) => [measure, weight])).toEqual([
    [Measure.TRAVEL_TIME, 10_000],
    [Measure.SOFT_COST, 1],
  ]);
  // Ticks of a price: minor units * seconds_per_currency_unit * ticks / 100. A unit of cost has 10,000 minor units, one of travel 200 ticks.
  expect((10_000 * request.policy!.secondsPerCurrencyUnit * request.ticksPerSecond) / 100).toBe(200 * 10_000);
  const settings = new Map(request.policy!.criteria.map((each) => [each.id, each]));
  expect(settings.get("proficiency_level")).toMatchObject({ weightS: 0 });
  expect(settings.get("route_cluster_fit")?.mode).toBe(CriterionMode.OFF);
});

test.each([
  // There and back 200 or 202, outsourcing 201.
  [100, ["2"]],
  [101, []],
])("a task %i away is served where that costs less than outsourcing it", async (distance, served) => {
  const text = `CUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME cost d11
1 0 0 0 0 9000 0 0 0
2 ${distance} 0 0 5000 6000 500 0 1
Technicians
Number of Technicians: 1
domains: 1
proficiency level: 1
ID domain1
1 1
`;
  const request = strspRequest(text);
  request.search!.iterations = 10n;
  const { plan } = await solveForTest(request);
  expect(plan!.routes.flatMap(({ stops }) => stops.map(({ orderId }) => orderId))).toEqual(served);
});

test("a plan costs its travel and what is left to others", () => {
  // 5 to 2 at 5, waits for 20, until 30; 5 to 3 at 35, until 45; 10 back at 55. Task 4 is left: 201.
  const result = strspCost(TEXT, [{ engineer: 1, visits: [2, 3] }]);
  expect(result).toMatchObject({ travel: 20, outsourced: 1, valid: true, problems: [] });
  expect(result.cost).toBeCloseTo(221, 9);
  expect(strspCost(TEXT, []).cost).toBeCloseTo(200 + 2 ** 1.5 + 208 + 201, 9);
});

test.each([
  // 3 at 10 until 20, 5 to 2 at 25 until 35, sqrt(10) to 4, 5 back.
  [
    "a level too low",
    [{ engineer: 2, visits: [3] }],
    ["engineer 2: 3 needs level 1 of skill 1, 0 held", "engineer 2: 3 needs level 3 of skill 2, 1 held"],
  ],
  // 4 at 5 until 10, then sqrt(9 + 1) to 2, waits for 20 until 30, 3 at 35; the other way round 2 ends at 30 and 4 at 33.16 until 38.16.
  ["a task after it is due", [{ engineer: 1, visits: [2, 4, 3] }], ["engineer 1: 3 begins at 44.8"]],
  ["the depot as a task", [{ engineer: 1, visits: [1] }], ["engineer 1: visit 1 is not one of 2 to 4"]],
])("%s makes the plan invalid", (_name, routes, problems) => {
  const result = strspCost(TEXT, routes);
  expect(result.valid).toBe(false);
  expect(result.problems).toHaveLength(problems.length);
  problems.forEach((problem, index) => {
    expect(result.problems[index]).toContain(problem);
  });
});

test("a return after the depot closes makes the plan invalid", () => {
  const text = TEXT.replace("\t100\t0\t0\t0", "\t54\t0\t0\t0");
  expect(strspCost(text, [{ engineer: 1, visits: [2, 3] }]).problems).toEqual(["engineer 1: back at 55, at most 54"]);
});

test("tasks for teams are named as not supported", () => {
  expect(strspUnsupported(TASKS)).toBeUndefined();
  const team = TASKS.replace("1\t1\t0\t0\t0\t0", "2\t1\t0\t0\t0\t0");
  expect(strspUnsupported(team)).toBe("tasks that ask for several technicians at once (teams)");
  expect(() => strspRequest(`${team}\n${TECHNICIANS}`)).toThrow(
    "line 7: skill 1 asks for 2 1 0, expected one technician up to some level",
  );
});

test.each([
  ["a gap in the levels", TEXT.replace("1\t1\t0\t0\t0\t0", "0\t1\t0\t0\t0\t0"), "line 7: skill 1 asks for 0 1 0"],
  ["requirements too short", TEXT.replace("1\t0\t0\n", "1\t0\n"), "line 9: 5 requirements, expected 2 skills"],
  ["a task out of order", TEXT.replace("\n4\t0", "\n5\t0"), "CUST NO. is 5, expected 4"],
  ["a due date before the ready time", TEXT.replace("20\t30", "40\t30"), "line 7: DUE DATE 30 is before READY TIME 40"],
  ["a technician above the levels", TEXT.replace("1\t2\t3\n", "1\t2\t4\n"), "level is 4, the file declares 3"],
  ["a technician missing", TEXT.replace("2\t0\t1\n", ""), "1 technicians, the file declares 2"],
  ["no technicians", TASKS, 'no "Number of Technicians:"'],
  ["a technician out of order", TEXT.replace("2\t0\t1\n", "3\t0\t1\n"), 'ID is "3", expected 2'],
])("%s is refused", (_name, text, message) => {
  expect(() => strspRequest(text)).toThrow(message);
});

// The published files, where somebody has brought them: docs/datasets.md.
const folder = join(process.env.SHANPAI_DATA ?? "", "strsp_kovacs");
const here = process.env.SHANPAI_DATA !== undefined && existsSync(folder);
if (!here) console.warn("SKIPPED: published technicians. SHANPAI_DATA must name a folder with `strsp_kovacs`.");

describe.skipIf(!here)("published technicians", () => {
  const names = here ? readdirSync(join(folder, "tasks_noTeam")) : [];

  test.each(["technicians_noTeam", "techniciansReduced_noTeam"])("all 36 instances with %s are read", (crews) => {
    expect(names).toHaveLength(36);
    for (const name of names) {
      const tasks = readFileSync(join(folder, "tasks_noTeam", name), "utf8");
      const crew = readFileSync(join(folder, crews, `technicians_${name}`), "utf8");
      const { nodes, technicians } = parseStrsp(`${tasks}\n${crew}`);
      // 100 tasks; nobody served costs between 201 and 200 + 14^1.5 (the most requirements of a task in the files) each.
      expect(nodes).toHaveLength(101);
      expect(technicians.length).toBeGreaterThan(0);
      const { cost, outsourced } = strspCost(`${tasks}\n${crew}`, []);
      expect(outsourced).toBe(100);
      expect(cost).toBeGreaterThan(100 * 201);
      expect(cost).toBeLessThan(100 * (200 + 14 ** 1.5));
    }
  });

  test("the 36 instances of teams are not supported", () => {
    const teams = readdirSync(join(folder, "tasks_Team"));
    expect(teams).toHaveLength(36);
    for (const name of teams)
      expect(strspUnsupported(readFileSync(join(folder, "tasks_Team", name), "utf8")), name).toContain("teams");
  });
});
