// A generated day: orders of the generated city that arrive over the day, and everything that goes otherwise than planned.
import { clone, create, type MessageInitShape } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { DayEventSchema } from "../../proto/gen/shanpai/dispatch/v1/day_pb.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Order, OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { TimeWindowSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { at, between } from "../city/clock.ts";
import { type Random, randomFrom } from "../city/random.ts";
import { type CityOptions, generateCity } from "../city.ts";
import { type RecordedDay, recordedDay } from "./day-file.ts";
import { HOURS } from "./fit.ts";
import * as fitted from "./fitted.ts";

type EventInit = Exclude<MessageInitShape<typeof DayEventSchema>, { $typeName: string }>;

/** Pool of orders from which the day's are chosen, times the orders of the day. */
const POOL = 3;
const BEGIN_MIN = 8 * 60;
const LATEST_SLOT = 17;

/**
 * A day of the city of the same options (`generateCity`): its engineers and centres, and orders that come in by and by. The same
 * options give the same bytes on every machine.
 *
 * @throws RangeError as `generateCity` does.
 */
export function generateDay(options: CityOptions = {}): RecordedDay {
  const { orders = 125, seed = 1 } = options;
  const start = generateCity(options);
  const random = randomFrom(Math.imul(seed, 0x85ebca6b) + 7);
  const pool = generateCity({ ...options, orders: Math.min(50_000, POOL * orders) }).orders;
  const made = chosen(random, pool, orders).map((order) => ({ order, minute: minuteOfArrival(random) }));
  const days = made
    .sort((a, b) => a.minute - b.minute)
    .map(({ order, minute }, index) => arrived(random, order, minute, `o${`${index + 1}`.padStart(3, "0")}`));
  start.requestId = `day-${start.requestId.slice("city-".length)}`;
  start.labels = { made_by: "generated day" };
  start.orders = days.filter(({ minute }) => minute < BEGIN_MIN).map(({ order }) => order);
  const events: EventInit[] = [
    ...days
      .filter(({ minute }) => minute >= BEGIN_MIN)
      .map(({ order }): EventInit => ({ time: order.createdAt!, event: { case: "orderCreated", value: order } })),
    ...days.flatMap(({ order, minute }) => fateOf(random, order, minute, start)),
    ...start.engineers.flatMap((engineer) => shiftEvents(random, engineer)),
    { time: at(17), event: { case: "trafficChanged", value: { percent: fitted.EVENING_TRAFFIC } } },
    { time: at(19), event: { case: "trafficChanged", value: { percent: 100 } } },
  ];
  return recordedDay(start, events);
}

/** `count` orders of the pool: phones have the fitted faults, everything else comes as it is drawn. */
function chosen(random: Random, pool: readonly Order[], count: number): Order[] {
  const { screen, battery, port } = fitted.PHONE_FAULTS;
  const faults = [
    { kind: "screen", weight: screen },
    { kind: "battery", weight: battery },
    { kind: "charging", weight: port },
  ];
  const spare = new Map<string, Order[]>();
  for (const order of pool.slice(count)) {
    const kind = order.device!.fault.split("_")[0]!;
    spare.set(kind, [...(spare.get(kind) ?? []), order]);
  }
  return pool.slice(0, count).map((order) => {
    const isPhone = order.device!.category === "phone" && order.device!.fault !== "board_fault";
    return (isPhone && spare.get(random.weighted(faults).kind)?.pop()) || order;
  });
}

/** Minute of the day. */
function minuteOfArrival(random: Random): number {
  const hours = fitted.ARRIVALS.map((weight, index) => ({ hour: HOURS[0] + index, weight }));
  return 60 * random.weighted(hours).hour + random.int(0, 59);
}

/** The order with the number `id` as it came at `minute`: its window follows the order by the fitted lead. */
function arrived(random: Random, original: Order, minute: number, id: string): { order: Order; minute: number } {
  const order = clone(OrderSchema, original);
  order.id = id;
  order.createdAt = create(TimestampSchema, at(0, minute));
  const earliest = minute + random.pick(fitted.LEADS);
  // A window that has begun is promised as long as an hour of it is left.
  const slots = fitted.SLOTS.filter(({ hour }) => 60 * hour >= earliest - 60);
  const hour = slots.length > 0 ? random.weighted(slots).hour : LATEST_SLOT;
  const late = minute > 60 * (LATEST_SLOT + 1);
  if (order.windows.length > 0) order.windows = [windowFrom(late ? Math.ceil(minute / 60) : hour)];
  delete order.preferredWindow;
  return { order, minute };
}

const windowFrom = (hour: number) => create(TimeWindowSchema, between(hour, hour + 2));

/** What becomes of an order, whoever serves it. */
function fateOf(random: Random, order: Order, minute: number, { engineers }: AssignRequest): EventInit[] {
  const events: EventInit[] = [];
  const orderId = order.id;
  const planned = Number(order.serviceDuration!.seconds) / 60;
  const real = Math.max(5, Math.round((planned * random.pick(fitted.DURATIONS)) / 100));
  // The day ends before anybody could tell from these.
  const end = at(21);
  const finished = { orderId, duration: { seconds: BigInt(60 * real), nanos: 0 } };
  events.push({ time: end, event: { case: "serviceFinished", value: finished } });
  const [part] = order.parts;
  if (part && random.int(1, 1000) <= fitted.PART_MISSING)
    events.push({ time: end, event: { case: "partMissing", value: { orderId, sku: part.sku } } });
  const soon = Math.max(minute, BEGIN_MIN) + random.int(5, 90);
  const happens = random.int(1, 1000);
  const [window] = order.windows;
  if (happens <= fitted.CANCELLED)
    events.push({ time: at(0, soon), event: { case: "orderCancelled", value: { orderId } } });
  else if (happens <= fitted.CANCELLED + fitted.MOVED && window) {
    const moved = clone(OrderSchema, order);
    const later = (seconds: bigint) => ({ seconds: seconds + 7_200n, nanos: 0 });
    moved.windows = [
      create(TimeWindowSchema, { start: later(window.start!.seconds), end: later(window.end!.seconds) }),
    ];
    events.push({ time: at(0, soon), event: { case: "orderChanged", value: moved } });
  }
  if (random.int(1, 1000) <= fitted.DECLINED) {
    const able = engineers.filter(({ skills }) => skills.some(({ skillId }) => order.skills?.allOf.includes(skillId)));
    if (able.length > 0)
      events.push({
        time: end,
        event: { case: "orderDeclined", value: { orderId, engineerId: random.pick(able).id } },
      });
  }
  return events;
}

function shiftEvents(random: Random, { id: engineerId, shifts }: AssignRequest["engineers"][number]): EventInit[] {
  const begin = shifts[0]!.time!.start!.seconds;
  const happens = random.int(1, 1000);
  if (happens <= fitted.LATE_SHIFT) {
    const time = { seconds: begin + BigInt(60 * random.int(5, 30)), nanos: 0 };
    return [{ time, event: { case: "engineerOnShift", value: { engineerId, shiftIndex: 0 } } }];
  }
  if (happens > fitted.LATE_SHIFT + fitted.DROPPED_OUT) return [];
  const time = { seconds: begin + BigInt(60 * random.int(60, 360)), nanos: 0 };
  return [{ time, event: { case: "engineerDroppedOut", value: { engineerId } } }];
}
