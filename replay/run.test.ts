import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type RecordedDay, recordedDay } from "../datasets/day/day-file.ts";
import { generateDay } from "../datasets/day/generated.ts";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SkillSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Order, OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { CriterionMode, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { solveForTest } from "../test/solve-for-test.ts";
import { type ReplayOptions, replay } from "./run.ts";
import { STRATEGIES, type StrategyName } from "./strategies.ts";

const NAMES = Object.keys(STRATEGIES) as StrategyName[];
const BEGIN = 1_800_000_000n;
const at = (second: number) => ({ seconds: BEGIN + BigInt(second), nanos: 0 });
const lengthOf = (second: number) => ({ seconds: BigInt(second), nanos: 0 });
const placeOf = (matrixIndex: number) => ({
  position: { case: "planar", value: { x: matrixIndex, y: 0 } } as const,
  matrixIndex,
});
const orderOf = (number: number, more: Omit<Exclude<MessageInitShape<typeof OrderSchema>, Order>, "$typeName"> = {}) =>
  create(OrderSchema, {
    id: `o${number}`,
    place: placeOf(number),
    serviceDuration: lengthOf(1_800),
    createdAt: at(0),
    ...more,
  });

type Events = Parameters<typeof recordedDay>[1];

/** Engineers at place 0 for ten hours; o1 is known, the rest comes by events. Any two places are 600 s apart, 1 and 2 are 300 s. */
function dayOf(engineers: readonly string[], events: Events, orders = [orderOf(1)]): RecordedDay {
  // biome-ignore format: a matrix
  const durations = [
      0, 600, 600,
    600,   0, 300,
    600, 300,   0,
  ];
  const start = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    ticksPerSecond: 1,
    orders,
    engineers: engineers.map((id) => ({
      id,
      shifts: [{ time: { start: at(0), end: at(36_000) }, startPlace: placeOf(0) }],
    })),
    travel: { source: { case: "matrix", value: { matrices: [{ size: 3, durations }] } } },
  });
  return recordedDay(start, events);
}

const OPTIONS: Omit<ReplayOptions, "dispatch"> = {
  speed: "max",
  policy: undefined,
  search: { seed: 1, iterations: 200 },
  everyS: 600,
  freezeS: 1_800,
  responseS: 600,
  scenarios: 2,
  promiseS: 7_200,
  changeCostS: 7_200,
};
const run = (day: RecordedDay, dispatch: StrategyName, more: Partial<ReplayOptions> = {}) =>
  replay(day, { ...OPTIONS, ...more, dispatch }, { assign: (request) => solveForTest(request) });

const served = ({ world }: Awaited<ReturnType<typeof run>>) =>
  [...world.orders.values()].map(({ order: { id }, service }) => [
    id,
    service?.engineerId,
    service && service.start - Number(BEGIN),
    service && service.finish - Number(BEGIN),
  ]);

test.each(["nearest", "immediate"] as const)(
  "%s: services take as long as they really take, and what comes after is late",
  async (dispatch) => {
    const second = orderOf(2, {
      createdAt: at(700),
      windows: [{ start: at(0), end: at(3_000) }],
      latenessGrace: lengthOf(60),
    });
    const day = dayOf(
      ["e1"],
      [
        { time: at(700), event: { case: "orderCreated", value: second } },
        { time: at(9_000), event: { case: "serviceFinished", value: { orderId: "o1", duration: lengthOf(2_400) } } },
      ],
    );
    const result = await run(day, dispatch);
    // 600 on the way; 600 + 2400 = 3000, 600 more than planned; 300 on the way; begin at 3300, 300 after the window.
    expect(served(result)).toEqual([
      ["o1", "e1", 600, 3_000],
      ["o2", "e1", 3_300, 5_100],
    ]);
    expect(result.measures).toMatchObject({
      orders: 2,
      served: 2,
      responseS: 0,
      answeredInTime: 1,
      late: 1,
      latenessS: 300,
      workingS: 5_100,
      travelS: 900,
      idleS: 0,
      engineersUsed: 1,
      gini: 0,
      changes: 0,
    });
    expect(result.refused).toEqual([]);
  },
);

/** o1 from 600 on takes `duration`; o2, known at 700 and planned for 2700, begins 300 after it. */
const delayed = (duration: number, windows: readonly (readonly [number, number])[]) =>
  dayOf(
    ["e1"],
    [
      {
        time: at(700),
        event: {
          case: "orderCreated",
          value: orderOf(2, {
            createdAt: at(700),
            windows: windows.map(([start, end]) => ({ start: at(start), end: at(end) })),
          }),
        },
      },
      { time: at(900), event: { case: "serviceFinished", value: { orderId: "o1", duration: lengthOf(duration) } } },
    ],
  );

// Customers are told two hours. Without a window: an hour around 2700, so up to 6300. With one of two hours: all of it. With one of four:
// two hours of it around the begin, and as that is near its begin, the first two.
test.each<[string, [number, number][], number]>([
  ["no window", [], 6_300],
  ["a window as long as what is told", [[2_400, 9_600]], 9_600],
  ["a longer window", [[2_400, 16_800]], 9_600],
])("%s: a begin that leaves what was told is a change that the customer sees", async (_name, windows, last) => {
  const beginning = async (begin: number) => (await run(delayed(begin - 900, windows), "immediate")).measures;
  expect(await beginning(last)).toMatchObject({ served: 2, changes: 0 });
  expect(await beginning(last + 1)).toMatchObject({ served: 2, changes: 1, changedTime: 1, changedEngineer: 0 });
});

const half = [{ start: at(3_600), end: at(5_400) }];
/** An hour's work that begins within half an hour: one engineer cannot do two of them. */
const hour = { windows: half, serviceDuration: lengthOf(3_600) };

test("rolling: one customer gets another engineer where nobody but the first one's could serve a new order", async () => {
  const gas = orderOf(2, { createdAt: at(700), ...hour, skills: { allOf: ["gas"] } });
  const day = () => {
    const first = orderOf(1, { ...hour, engineerPreference: { preferredEngineerIds: ["e1"] } });
    const made = dayOf(["e1", "e2"], [{ time: at(700), event: { case: "orderCreated", value: gas } }], [first]);
    made.start.engineers[0]!.skills = [create(SkillSchema, { skillId: "gas" })];
    return made;
  };
  const rolling = await run(day(), "rolling", { freezeS: 0 });
  expect(served(rolling).map(([id, engineer]) => [id, engineer])).toEqual([
    ["o1", "e2"],
    ["o2", "e1"],
  ]);
  expect(rolling.measures).toMatchObject({ served: 2, changes: 1, changedEngineer: 1 });
  expect((await run(day(), "immediate")).measures).toMatchObject({ served: 1, changes: 0 });
});

test("rolling: what was promised is not taken back for an order of higher priority", async () => {
  const dear = orderOf(2, { createdAt: at(700), ...hour, priority: 90 });
  const events: Events = [{ time: at(700), event: { case: "orderCreated", value: dear } }];
  const result = await run(dayOf(["e1"], events, [orderOf(1, hour)]), "rolling", { freezeS: 0 });
  expect(served(result).map(([id, engineer]) => [id, engineer])).toEqual([
    ["o1", "e1"],
    ["o2", undefined],
  ]);
  expect(result.measures).toMatchObject({ changes: 0 });
});

test("what customers were told goes into a request once: as plan_stability, with the middle of the window told", async () => {
  const requests: AssignRequest[] = [];
  const assigner = {
    assign: (request: AssignRequest) => {
      requests.push(request);
      return solveForTest(request);
    },
  };
  const events: Events = [
    { time: at(700), event: { case: "orderCreated", value: orderOf(2, { createdAt: at(700) }) } },
  ];
  const windows = [{ start: at(5_000), end: at(12_000) }];
  const day = () => dayOf(["e1"], events, [orderOf(1, { windows })]);
  await replay(day(), { ...OPTIONS, dispatch: "rolling", changeCostS: 1_234 }, assigner);
  for (const { policy } of requests)
    expect(policy?.criteria).toMatchObject([
      { id: "plan_stability", weightS: 1_234, params: { start_s: 1_234, tolerance_s: 3_600 } },
    ]);
  // From the second look on o1 is in the plan.
  const told = requests.flatMap(({ currentPlan }) => currentPlan?.routes.flatMap(({ stops }) => stops) ?? []);
  expect(told.find(({ orderId }) => orderId === "o1")?.start).toMatchObject(at(8_500));

  requests.length = 0;
  const policy = create(PolicySchema, { criteria: [{ id: "plan_stability", mode: CriterionMode.OFF }] });
  await replay(day(), { ...OPTIONS, dispatch: "rolling", policy }, assigner);
  expect(requests.map((request) => request.policy?.criteria.map(({ mode }) => mode))).toEqual(
    requests.map(() => [CriterionMode.OFF]),
  );
});

test("batch answers at the next look, not before", async () => {
  const day = dayOf(
    ["e1"],
    [{ time: at(700), event: { case: "orderCreated", value: orderOf(2, { createdAt: at(700) }) } }],
  );
  // Looks at 0, 600, 1200: o1 at once, o2 after 500 s.
  expect((await run(day, "batch")).measures.responseS).toBe(250);
});

test.each(["nearest", "immediate"] as const)(
  "%s: a dropped engineer's order goes to the other, and the customer hears of it",
  async (dispatch) => {
    const preferring = orderOf(1, { engineerPreference: { preferredEngineerIds: ["e1"] } });
    const day = dayOf(
      ["e1", "e2"],
      // On the way to o1.
      [{ time: at(300), event: { case: "engineerDroppedOut", value: { engineerId: "e1" } } }],
      [preferring],
    );
    const result = await run(day, dispatch);
    expect(served(result)).toEqual([["o1", "e2", 900, 2_700]]);
    expect(result.measures.changes).toBe(1);
  },
);

test("a declined order goes to another engineer", async () => {
  const day = dayOf(
    ["e1", "e2"],
    [{ time: at(9_000), event: { case: "orderDeclined", value: { orderId: "o1", engineerId: "e1" } } }],
    [orderOf(1, { engineerPreference: { preferredEngineerIds: ["e1"] } })],
  );
  for (const dispatch of NAMES)
    expect([dispatch, served(await run(day, dispatch))]).toEqual([dispatch, [["o1", "e2", 600, 2_400]]]);
});

test("a cancelled order is not served, and its engineer is free where the way ended", async () => {
  const day = dayOf(
    ["e1"],
    [
      { time: at(300), event: { case: "orderCancelled", value: { orderId: "o1" } } },
      { time: at(400), event: { case: "orderCreated", value: orderOf(2, { createdAt: at(400) }) } },
    ],
  );
  const result = await run(day, "immediate");
  // At place 1 at 600, at place 2 at 900.
  expect(served(result)).toEqual([
    ["o1", undefined, undefined, undefined],
    ["o2", "e1", 900, 2_700],
  ]);
  expect(result.measures).toMatchObject({ orders: 1, served: 1, cancelled: 1 });
});

test("slow roads make journeys longer from then on", async () => {
  const day = dayOf(
    ["e1"],
    [
      { time: at(100), event: { case: "trafficChanged", value: { percent: 200 } } },
      { time: at(700), event: { case: "orderCreated", value: orderOf(2, { createdAt: at(700) }) } },
    ],
  );
  // The first journey began before; the second takes 600 instead of 300.
  expect(served(await run(day, "immediate"))).toEqual([
    ["o1", "e1", 600, 2_400],
    ["o2", "e1", 3_000, 4_800],
  ]);
});

test.each(NAMES)("%s: a generated day keeps what can be kept, and is the same again", async (dispatch) => {
  const day = generateDay({ orders: 24, engineers: 8, seed: 3 });
  const more = { everyS: 1_200 };
  const result = await run(day, dispatch, more);
  expect(result.refused).toEqual([]);
  const { world, measures } = result;
  expect(measures.served).toBeGreaterThan(0);
  for (const track of world.tracks) {
    const visits = [...world.orders.values()]
      .flatMap(({ service }) => (service?.engineerId === track.engineer.id ? [service] : []))
      .sort((a, b) => a.start - b.start);
    for (const [index, visit] of visits.slice(1).entries())
      expect(visit.start).toBeGreaterThanOrEqual(visits[index]!.finish);
    expect(track.queue.filter(({ orderId }) => orderId !== "")).toEqual([]);
  }
  for (const { createdAt, service, status } of world.orders.values()) {
    if (service) expect(service.start).toBeGreaterThanOrEqual(createdAt);
    expect(service !== undefined).toBe(status === "served");
  }
  expect(served(await run(day, dispatch, more))).toEqual(served(result));
});

test.each(["nearest", "immediate", "batch"] as const)(
  "%s: what comes later changes nothing that began before",
  async (dispatch) => {
    const day = generateDay({ orders: 20, engineers: 6, seed: 4 });
    const noon = Number(day.start.now!.seconds) + 4 * 3_600;
    const early = {
      ...day,
      events: day.events.filter(({ time, event }) => Number(time!.seconds) <= noon || event.case !== "orderCreated"),
    };
    const begun = async (each: RecordedDay) =>
      [...(await run(each, dispatch)).world.orders.values()]
        .flatMap(({ order, service }) =>
          service && service.start <= noon ? [[order.id, service.engineerId, service.start]] : [],
        )
        .sort();
    // Events of orders that are not there would be refused in a file; here they happen to nobody.
    expect(await begun(early)).toEqual(await begun(day));
  },
);
