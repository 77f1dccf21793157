// The pool of routes and the exchange of two engineers' orders, move by move on plans small enough to work out by hand.
import { beforeAll, expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { encodeProblem } from "../../solver/encode.ts";
import { pairRequest } from "../criteria/pair-request.ts";
import { between, point } from "../oracle/build.ts";
import { type OpenedCore, openedCore } from "./opened-core.ts";

let core: OpenedCore;
beforeAll(async () => {
  core = await openedCore();
});

/** Routes as lists of order rows, and the absent orders. */
interface State {
  readonly routes: number[][];
  readonly absent: number[];
}

/** Orders 0 to 3 at 10, 20, 30, 40 on a line; engineers start at `starts` on it. */
function line(starts: number[], more: Parameters<typeof pairRequest>[0] = {}, engineer = {}): AssignRequest {
  const orders = Object.fromEntries(
    [0, 1, 2, 3].map((row) => [`o${row}`, { place: point(10 * (row + 1), 0), ...more[`o${row}`] }]),
  );
  const engineers = starts.map((x, row) => [
    `e${row}`,
    { shifts: [{ time: between(0, 1000), startPlace: point(x, 0) }], ...(row === 0 && engineer) },
  ]);
  return pairRequest(orders, Object.fromEntries(engineers));
}

function load(request: AssignRequest): void {
  core.load(encodeProblem(problemFromProto(request, new Set())).columns, () => false);
  core.exports.startPlan(1n);
}

/** Makes `routes` the plan; orders in none of them are absent. */
function setPlan(routes: number[][]): void {
  const { exports } = core;
  exports.emptyPlan();
  exports.setAbsentCount(0);
  for (const order of [0, 1, 2, 3]) if (!routes.flat().includes(order)) exports.addAbsent(order);
  exports.openJournal();
  for (const [route, orders] of routes.entries()) {
    exports.touch(route);
    orders.forEach((order, index) => {
      exports.link(order, index === 0 ? exports.firstStart.value + route : orders[index - 1]!);
    });
    expect(exports.refresh(route)).toBe(1);
  }
}

function state(routes: number): State {
  const { exports } = core;
  const list = (route: number) => {
    const count = exports.listRoute(route, exports.scratchList.value);
    return [...core.int32s(exports.scratchList.value, count)];
  };
  return {
    routes: Array.from({ length: routes }, (_, route) => list(route)),
    absent: [...core.int32s(exports.absent.value, exports.absentCount.value)].sort(),
  };
}

/** The different states that `move` leads to from here in 100 tries, each taken back. */
function outcomes(routes: number, move: () => number): State[] {
  const { exports } = core;
  const before = state(routes);
  const found = new Map<string, State>();
  for (let i = 0; i < 100; i++) {
    exports.openJournal();
    if (move() !== 0) found.set(JSON.stringify(state(routes)), state(routes));
    exports.rollBack();
    expect(state(routes)).toEqual(before);
  }
  return [...found.values()].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

test("routes of two plans meet in a third", () => {
  load(line([0, 50]));
  setPlan([[0, 1], [2]]);
  core.exports.collectTouched();
  setPlan([[0], [3, 2]]);
  core.exports.collectTouched();
  expect(core.exports.poolCount.value).toBe(4);
  expect(outcomes(2, core.exports.ruinByEntry)).toEqual([
    {
      routes: [
        [0, 1],
        [3, 2],
      ],
      absent: [],
    },
    { routes: [[0], [2]], absent: [1, 3] },
    { routes: [[0], [3, 2]], absent: [1] },
  ]);
});

test("an entry takes its orders from the other routes and displaces those that are in its way", () => {
  load(line([0, 50]));
  setPlan([[0, 1], []]);
  core.exports.collectTouched();
  setPlan([[3], [2, 1, 0]]);
  expect(outcomes(2, core.exports.ruinByEntry)).toEqual([{ routes: [[0, 1], [2]], absent: [3] }]);
});

test("of one set of orders the cheapest sequence is kept", () => {
  load(line([0, 50]));
  for (const orders of [
    [1, 0],
    [0, 1],
    [1, 0],
  ]) {
    setPlan([orders, []]);
    core.exports.collectTouched();
  }
  expect(core.exports.poolCount.value).toBe(1);
  expect(outcomes(2, core.exports.ruinByEntry)).toEqual([{ routes: [[0, 1], []], absent: [2, 3] }]);
});

test("of interchangeable engineers the one with most of its orders drives an entry", () => {
  load(line([0, 0]));
  setPlan([[0, 1, 2], []]);
  core.exports.collectTouched();
  setPlan([
    [2, 3],
    [0, 1],
  ]);
  expect(outcomes(2, core.exports.ruinByEntry)).toEqual([{ routes: [[3], [0, 1, 2]], absent: [] }]);
});

test("two engineers exchange what each can serve", () => {
  const drill = { skills: { allOf: ["drill"] } };
  load(line([0, 50], { o1: drill } as never, { skills: [{ skillId: "drill" }] }));
  setPlan([
    [0, 1],
    [3, 2],
  ]);
  expect(outcomes(2, core.exports.exchangeRoutes)).toEqual([{ routes: [[2, 3], [0]], absent: [1] }]);
});
