import { expect, test } from "vitest";
import { dayText, parseDay } from "./day-file.ts";

const START = {
  time: "2026-11-23T00:00:00Z",
  start: {
    now: "2026-11-23T00:00:00Z",
    timeZone: "Asia/Shanghai",
    orders: [{ id: "o1" }],
    engineers: [{ id: "e1", shifts: [{}] }],
  },
};
const at = (minute: number, event: object) => ({ time: `2026-11-23T00:${`${minute}`.padStart(2, "0")}:00Z`, ...event });
const text = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");

test("a day is read and written again byte for byte", () => {
  const file = text(
    START,
    at(1, { orderCreated: { id: "o2" } }),
    at(1, { engineerOnShift: { engineerId: "e1" } }),
    at(2, { orderChanged: { id: "o2", priority: 3 } }),
    at(3, { orderDeclined: { orderId: "o2", engineerId: "e1" } }),
    at(4, { serviceStarted: { orderId: "o1", engineerId: "e1" } }),
    at(5, { serviceFinished: { orderId: "o1", duration: "60s" } }),
    at(5, { partUsed: { orderId: "o1", sku: "s", quantity: 2 } }),
    at(5, { partMissing: { orderId: "o1", sku: "s" } }),
    at(6, { orderCancelled: { orderId: "o2" } }),
    at(7, { trafficChanged: { percent: 130 } }),
    at(8, { engineerDroppedOut: { engineerId: "e1" } }),
  );
  const day = parseDay(file);
  expect(day.events).toHaveLength(11);
  expect(dayText(day)).toBe(file);
});

test.each<[string, object[], string]>([
  ["no start", [at(1, { orderCreated: { id: "o2" } })], "line 1: a day file begins with an event `start`"],
  ["two starts", [START, START], "line 2: start: a day has one start"],
  [
    "time backwards",
    [START, at(2, { orderCreated: { id: "a" } }), at(1, { orderCreated: { id: "b" } })],
    "line 3: time",
  ],
  ["no time", [START, { orderCreated: { id: "o2" } }], "line 2: time: is required"],
  ["nothing happens", [START, at(1, {})], "line 2: no event"],
  ["another field", [START, at(1, { orderLost: {} })], "line 2: "],
  [
    "an order twice",
    [START, at(1, { orderCreated: { id: "o1" } })],
    'line 2: orderCreated.id: "o1" was created before',
  ],
  [
    "an unknown order",
    [START, at(1, { orderCancelled: { orderId: "o9" } })],
    'orderCancelled.orderId: "o9" is not known',
  ],
  ["a change of nothing", [START, at(1, { orderChanged: { id: "o9" } })], 'orderChanged.id: "o9" is not known yet'],
  [
    "an unknown engineer",
    [START, at(1, { engineerDroppedOut: { engineerId: "e9" } })],
    'engineerId: "e9" is no engineer',
  ],
  [
    "another shift",
    [START, at(1, { engineerOnShift: { engineerId: "e1", shiftIndex: 1 } })],
    "shiftIndex: 1, the engineer has 1",
  ],
  [
    "no traffic at all",
    [START, at(1, { trafficChanged: { percent: 9 } })],
    "trafficChanged.percent: 9, expected 10 to 1000",
  ],
  ["no place", [START, at(1, { engineerAtPlace: { engineerId: "e1" } })], "engineerAtPlace.place: is required"],
])("%s is refused", (_name, events, message) => {
  expect(() => parseDay(text(...events))).toThrow(message);
});

test("what is not JSON is refused with its line", () => {
  expect(() => parseDay(`${text(START)}{"time"`)).toThrow("line 2: not JSON");
});
