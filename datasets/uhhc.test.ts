import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBestKnown } from "../bench/best-known.ts";
import { Measure } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { travelOf } from "../solver/travel/travel.ts";
import { uhhcRequest } from "./uhhc.ts";
import { uhhcCost } from "./uhhc-cost.ts";
import { parseUhhc, uhhcUnsupported } from "./uhhc-instance.ts";

/** Two terminals (rows 0, 3), two caregivers, two patients (rows 1, 2); the way back from a place is a minute longer. */
const instance = {
  metadata: {
    time_window_met: "at_service_end",
    cost_components: { travel_time: 1, total_tardiness: "HARD", total_extra_time: "HARD" } as Record<string, unknown>,
  },
  distances: [
    [0, 10, 20, 30],
    [11, 0, 5, 40],
    [21, 6, 0, 7],
    [31, 41, 8, 0],
  ],
  terminal_points: [
    { id: "d0", distance_matrix_index: 0 },
    { id: "d1", distance_matrix_index: 3 },
  ],
  caregivers: [
    { id: "a", abilities: ["s1"], departing_point: "d0", arrival_point: "d1", working_shift: { start: 60, end: 200 } },
    {
      id: "b",
      abilities: ["s1", "s2"],
      departing_point: "d1",
      arrival_point: "d1",
      working_shift: { start: 0, end: 300 },
    },
  ],
  patients: [
    {
      id: "p0",
      required_services: [{ service: "s1", duration: 15 }],
      distance_matrix_index: 1,
      time_windows: [
        { start: 30, end: 60 },
        { start: 100, end: 130 },
      ],
    },
    {
      id: "p1",
      required_services: [{ service: "s1", duration: 20 }],
      distance_matrix_index: 2,
      time_windows: [{ start: 90, end: 160 }],
      incompatible_caregivers: ["b"],
    },
  ],
};
type Instance = typeof instance;
const textOf = (change: (copy: Instance) => void = () => {}): string => {
  const copy = structuredClone(instance);
  change(copy);
  return JSON.stringify(copy);
};
const ORIGIN = 1_767_225_600n;
const minute = (minutes: number) => ({ seconds: ORIGIN + BigInt(minutes * 60) });

test("patients become orders, caregivers engineers, and a service that must end in its window begins earlier", () => {
  const request = uhhcRequest(textOf());
  expect(request.orders).toMatchObject([
    {
      id: "1",
      // The service takes 15 of the window's minutes.
      windows: [
        { start: minute(30), end: minute(45) },
        { start: minute(100), end: minute(115) },
      ],
      serviceDuration: { seconds: 900n },
      skills: { allOf: ["s1"] },
      engineerPreference: { excludedEngineerIds: [] },
    },
    { id: "2", engineerPreference: { excludedEngineerIds: ["2"] } },
  ]);
  expect(request.engineers).toMatchObject([
    { id: "1", shifts: [{ time: { start: minute(60), end: minute(200) } }], skills: [{ skillId: "s1" }] },
    { id: "2", skills: [{ skillId: "s1" }, { skillId: "s2" }] },
  ]);
  expect(request.objective?.levels.map(({ terms }) => terms.map(({ measure }) => measure))).toEqual([
    [Measure.UNASSIGNED],
    [Measure.TRAVEL_TIME],
  ]);
  const travel = travelOf(request);
  const [shift] = request.engineers[0]!.shifts;
  const [from, to, first] = [shift!.startPlace!, shift!.endPlace!, request.orders[0]!.place!].map(travel.row);
  expect([travel.duration(0, from!, first!), travel.duration(0, first!, from!)]).toEqual([600, 660]);
  expect(travel.duration(0, first!, to!)).toBe(2400);
});

test("a window that the service must begin in is kept as it is", () => {
  const text = textOf(({ metadata }) => {
    metadata.time_window_met = "at_service_start";
  });
  expect(parseUhhc(text).patients[1]!.windows).toEqual([{ start: 90, end: 160 }]);
});

test("a route costs its travel minutes from terminal to terminal", () => {
  // a: 60 + 10 = 70, past the window that ends at 45, so from 100 to 115; 5 to the second at 120, until 140; 7 back at 147. 10 + 5 + 7.
  expect(uhhcCost(textOf(), [{ engineer: 1, visits: [1, 2] }])).toEqual({ travel: 22, valid: true, problems: [] });
});

test.each([
  [
    "a patient seen too late",
    // At 80, waits for 90, until 110, 6 more: 116, when 115 is the last moment to begin.
    textOf(),
    [{ engineer: 1, visits: [2, 1] }],
    ["engineer 1: 1 begins at 116, at most 115"],
  ],
  [
    "a return after the shift",
    textOf(({ caregivers }) => {
      caregivers[0]!.working_shift.end = 146;
    }),
    [{ engineer: 1, visits: [1, 2] }],
    ["engineer 1: back at 147, at most 146"],
  ],
  [
    "a missing ability",
    textOf(({ patients }) => {
      patients[0]!.required_services[0]!.service = "s2";
    }),
    [{ engineer: 1, visits: [1] }],
    ["engineer 1: 1 needs s2"],
  ],
  ["an incompatible caregiver", textOf(), [{ engineer: 2, visits: [2] }], ["engineer 2: 2 is incompatible"]],
  ["an unknown patient", textOf(), [{ engineer: 2, visits: [3] }], ["engineer 2: visit 3 is not one of 1 to 2"]],
])("%s makes the plan invalid", (_name, text, routes, problems) => {
  expect(uhhcCost(text, routes)).toMatchObject({ valid: false, problems });
});

test("what cannot be stated is named", () => {
  const twice = textOf(({ patients }) => {
    patients[0]!.required_services.push({ service: "s2", duration: 5 });
  });
  expect(uhhcUnsupported(twice)).toBe("patients with two services, at once, in sequence or by two caregivers");
  const weighted = textOf(({ metadata }) => {
    metadata.cost_components = { travel_time: 1, total_tardiness: "HARD", missed_lunch_break: 2, max_idle_time: 5 };
  });
  expect(uhhcUnsupported(weighted)).toBe("no measure for the weights of max_idle_time, missed_lunch_break");
  expect(() => uhhcRequest(weighted)).toThrow("not supported: no measure");
  const dear = textOf(({ metadata }) => {
    metadata.cost_components = { travel_time: 1, total_tardiness: 5 };
  });
  expect(uhhcUnsupported(dear)).toBe("no measure for the weights of total_tardiness");
  expect(uhhcUnsupported(textOf())).toBeUndefined();
});

test.each([
  [
    "a matrix row too short",
    textOf(({ distances }) => {
      distances[2]!.pop();
    }),
    "distances.2: 3 values, expected 4",
  ],
  [
    "an unknown terminal",
    textOf(({ caregivers }) => {
      caregivers[1]!.arrival_point = "d7";
    }),
    'caregivers.1.arrival_point: no terminal point "d7"',
  ],
  [
    "a row outside the matrix",
    textOf(({ patients }) => {
      patients[0]!.distance_matrix_index = 4;
    }),
    "patients.0.distance_matrix_index: row 4, the matrix has 4",
  ],
  [
    "a window shorter than the service",
    textOf(({ patients }) => {
      patients[1]!.time_windows[0]!.end = 100;
    }),
    "patients.1.time_windows.0: the last moment 80 is before the first, 90",
  ],
  [
    "an unknown caregiver",
    textOf(({ patients }) => {
      patients[1]!.incompatible_caregivers = ["z"];
    }),
    'patients.1.incompatible_caregivers: no caregiver "z"',
  ],
  ["a field left out", textOf((copy) => Reflect.deleteProperty(copy, "caregivers")), "caregivers: "],
])("%s is refused", (_name, text, message) => {
  expect(() => uhhcRequest(text)).toThrow(message);
});

// The published files, where somebody has brought them: docs/datasets.md.
const folder = join(process.env.SHANPAI_DATA ?? "", "uhhc");
const here = process.env.SHANPAI_DATA !== undefined && existsSync(folder);
if (!here) console.warn("SKIPPED: published home healthcare. SHANPAI_DATA must name a folder with `uhhc`.");

describe.skipIf(!here)("published home healthcare", () => {
  const texts = (set: string) =>
    readdirSync(join(folder, set)).map((file) => [file, readFileSync(join(folder, set, file), "utf8")] as const);

  test("the instances without double visits and with travel alone are the 21 of Bazirha's classes A to C", () => {
    const supported = ["bazirha", "small", "validation"]
      .flatMap(texts)
      .filter(([, text]) => uhhcUnsupported(text) === undefined)
      .map(([file]) => file);
    expect(supported).toEqual(["A", "B", "C"].flatMap((set) => [1, 2, 3, 4, 5, 6, 7].map((n) => `${set}${n}.json`)));
  });

  test("brute force over all sequences finds the best-known values of the seven small ones", async () => {
    const bestKnown = await readBestKnown("uhhc");
    for (const [file, text] of texts("bazirha").filter(([name]) => name.startsWith("A")))
      expect(leastTravel(text), file).toBe(bestKnown.get(file.slice(0, -".json".length))?.value);
  });
});

/** Least travel that serves everybody, by every sequence of every set of patients for every caregiver; waiting is free. */
function leastTravel(text: string): number {
  const { caregivers, patients, travel } = parseUhhc(text);
  const size = 1 << patients.length;
  let best = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
  best[0] = 0;
  for (const { abilities, from, to, start, end } of caregivers) {
    const alone = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
    alone[0] = 0;
    const walk = (set: number, at: number, time: number, cost: number) => {
      const home = travel[at]![to]!;
      if (set !== 0 && time + home <= end) alone[set] = Math.min(alone[set]!, cost + home);
      patients.forEach((patient, index) => {
        if ((set >> index) & 1 || !abilities.includes(patient.service)) return;
        const leg = travel[at]![patient.row]!;
        const window = patient.windows.find((each) => time + leg <= each.end);
        if (window)
          walk(set | (1 << index), patient.row, Math.max(time + leg, window.start) + patient.duration, cost + leg);
      });
    };
    walk(0, from, start, 0);
    const next = [...best];
    for (let set = 0; set < size; set++)
      for (let part = set; part > 0; part = (part - 1) & set)
        next[set] = Math.min(next[set]!, best[set ^ part]! + alone[part]!);
    best = next;
  }
  return best[size - 1]!;
}
