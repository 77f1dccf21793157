import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type RecordedDay, recordedDay } from "../datasets/day/day-file.ts";
import { generateDay } from "../datasets/day/generated.ts";
import { AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Order, OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
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
  changeCostS: 600,
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
