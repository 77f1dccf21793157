// Small plans with loans, worked out by hand: everybody is on one line, one tick a second, so that a leg is a difference.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  type RouteSchema,
  Stop_Kind,
  type StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { at, between, lasts, point, way } from "./build.ts";

type Init<T> = Exclude<T, { $typeName: string }>;
type Order = Init<MessageInitShape<typeof OrderSchema>>;
type Engineer = Init<MessageInitShape<typeof EngineerSchema>>;
type Stop = Init<MessageInitShape<typeof StopSchema>>;

/** A request, a plan for it, and what the plan costs. */
export interface Worked {
  readonly request: AssignRequest;
  readonly plan: Plan;
  readonly softCost: bigint;
  /** Of it parts_borrowable. */
  readonly loans: bigint;
}

/** A stop: what it is, ticks of its leg, and from arrival to departure; set-up lies between arrival and start. */
interface Row {
  readonly what: Stop;
  readonly leg: number;
  readonly arrival: number;
  readonly start: number;
  readonly departure: number;
  readonly setup?: number;
}

const order = (id: string, x: number, more: Order = {}): Order => ({ id, place: point(x, 0), ...more });
const needing = (sku: string): Order => ({ parts: [{ sku, quantity: 1 }] });
const only = (engineerId: string): Order => ({ engineerPreference: { requiredEngineerIds: [engineerId] } });
const engineer = (id: string, x: number, more: Engineer = {}): Engineer => ({
  id,
  shifts: [{ time: between(0, 500), startPlace: point(x, 0) }],
  ...more,
});
const lending = (sku: string, quantity: number): Engineer => ({
  stock: [{ sku, quantity }],
  lending: { mayLend: true },
});

/** A hand-over takes 10, a detour of 20 halves the score. */
const request = (orders: Order[], engineers: Engineer[]) =>
  create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders,
    engineers,
    travel: { source: { case: "planar", value: {} } },
    policy: quietPolicy({ criteria: [{ id: "parts_borrowable", params: { hand_over_s: 10, half_s: 20 } }] }),
  });

const service = (orderId: string, more: Stop = {}): Stop => ({ kind: Stop_Kind.SERVICE, orderId, ...more });
const using = (sku: string, lenderEngineerId: string): Stop => ({
  parts: [{ sku, quantity: 1, source: PartSource.LOAN, lenderEngineerId }],
});
const meeting = (x: number, lenderEngineerId: string, borrowerEngineerId: string, sku = "A"): Stop => ({
  kind: Stop_Kind.LOAN,
  place: point(x, 0),
  loan: { lenderEngineerId, borrowerEngineerId, parts: [{ sku, quantity: 1 }] },
});

function route(engineerId: string, departure: number, arrival: number, rows: Row[]) {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const travel = sum(({ leg }) => leg);
  const waiting = ({ arrival, start, setup = 0 }: Row) => start - arrival - setup;
  return {
    engineerId,
    departure: at(departure),
    arrival: at(arrival),
    stops: rows.map((row) => ({
      ...row.what,
      leg: way(row.leg),
      arrival: at(row.arrival),
      start: at(row.start),
      departure: at(row.departure),
      setup: lasts(row.setup ?? 0),
      waiting: lasts(waiting(row)),
    })),
    travel: lasts(travel),
    distanceM: BigInt(travel),
    waiting: lasts(sum(waiting)),
    service: lasts(
      sum(({ what, start, departure, setup = 0 }) => (what.kind === Stop_Kind.SERVICE ? departure - start + setup : 0)),
    ),
    working: lasts(arrival - departure),
  } satisfies MessageInitShape<typeof RouteSchema>;
}

const plan = (...routes: MessageInitShape<typeof RouteSchema>[]) => create(PlanSchema, { routes });

/** Leaf starts at 0, has A and serves l at 30; Bo starts at 100, needs A for b at 60. Nobody has an end place, nobody else may serve. */
export const day = (more: Order = {}) =>
  request(
    [
      order("b", 60, { serviceDuration: lasts(5), ...needing("A"), ...only("bo") }),
      order("l", 30, { serviceDuration: lasts(20), ...only("leaf"), ...more }),
    ],
    [engineer("bo", 100), engineer("leaf", 0, lending("A", 2))],
  );
const setUp = { setupDuration: lasts(4) };

/** Bo comes to 30 at 70, and is at 60 from 110 to 115. */
const boComes = route("bo", 0, 115, [
  { what: meeting(30, "leaf", "bo"), leg: 70, arrival: 70, start: 70, departure: 80 },
  { what: service("b", using("A", "leaf")), leg: 30, arrival: 110, start: 110, departure: 115 },
]);

/**
 * At the lender's stop, after the service. Early, Leaf is done at 50 and Bo comes at 70; late, Leaf leaves at 20. Working 115 and 60.
 * Detour: Bo 70 + 30 - 40, Leaf 0, hand-over 10: 70 = 3.5 half-lives: score 884, floor((300 * 9116 + 5000) / 10000) = 273.
 */
export const afterLendersService = (): Worked => ({
  request: day(),
  plan: plan(
    boComes,
    route("leaf", 20, 80, [
      { what: service("l"), leg: 30, arrival: 50, start: 50, departure: 70 },
      { what: meeting(30, "leaf", "bo"), leg: 0, arrival: 70, start: 70, departure: 80 },
    ]),
  ),
  softCost: 115n + 60n + 273n,
  loans: 273n,
});

/** The same, but l begins at 40 at the latest: Leaf waits 10. Detour 80 = 4 half-lives: 625, floor((300 * 9375 + 5000) / 10000) = 281. */
export const lenderWaits = (): Worked => ({
  request: day({ windows: [between(0, 40)] }),
  plan: plan(
    boComes,
    route("leaf", 10, 80, [
      { what: service("l"), leg: 30, arrival: 40, start: 40, departure: 60 },
      { what: meeting(30, "leaf", "bo"), leg: 0, arrival: 60, start: 70, departure: 80 },
    ]),
  ),
  softCost: 115n + 70n + 281n,
  loans: 281n,
});

/** At the lender's stop, before the service: the set-up of 4 comes after the meeting, though Leaf is there already. Detour as after it. */
export const beforeLendersService = (): Worked => ({
  request: day(setUp),
  plan: plan(
    boComes,
    route("leaf", 40, 104, [
      { what: meeting(30, "leaf", "bo"), leg: 30, arrival: 70, start: 70, departure: 80 },
      { what: service("l"), leg: 0, arrival: 80, start: 84, departure: 104, setup: 4 },
    ]),
  ),
  softCost: 115n + 64n + 273n,
  loans: 273n,
});

/** At the lender's start. Detour: Bo 100 + 60 - 40, Leaf 0 + 30 - 30, 10: 130 = 6.5 half-lives: 110, floor((300 * 9890 + 5000) / 10000) = 297. */
export const atLendersStart = (): Worked => ({
  request: day(setUp),
  plan: plan(
    route("bo", 0, 175, [
      { what: meeting(0, "leaf", "bo"), leg: 100, arrival: 100, start: 100, departure: 110 },
      { what: service("b", using("A", "leaf")), leg: 60, arrival: 170, start: 170, departure: 175 },
    ]),
    route("leaf", 100, 164, [
      { what: meeting(0, "leaf", "bo"), leg: 0, arrival: 100, start: 100, departure: 110 },
      { what: service("l"), leg: 30, arrival: 140, start: 144, departure: 164, setup: 4 },
    ]),
  ),
  softCost: 175n + 64n + 297n,
  loans: 297n,
});

/**
 * At a stop of the borrower: Bo serves b0 at 90, where Leaf comes at 90. Early, Bo is done at 15; late, leaves at 75.
 * Detour: Leaf 90 + 60 - 30, Bo 0, 10: 130 as at the start.
 */
export const atBorrowersService = (): Worked => {
  const more = day(setUp);
  more.orders.push(...request([order("b0", 90, { serviceDuration: lasts(5) })], []).orders);
  return {
    request: more,
    plan: plan(
      route("bo", 75, 135, [
        { what: service("b0"), leg: 10, arrival: 85, start: 85, departure: 90 },
        { what: meeting(90, "leaf", "bo"), leg: 0, arrival: 90, start: 90, departure: 100 },
        { what: service("b", using("A", "leaf")), leg: 30, arrival: 130, start: 130, departure: 135 },
      ]),
      route("leaf", 0, 184, [
        { what: meeting(90, "leaf", "bo"), leg: 90, arrival: 90, start: 90, departure: 100 },
        { what: service("l"), leg: 60, arrival: 160, start: 164, departure: 184, setup: 4 },
      ]),
    ),
    softCost: 60n + 184n + 297n,
    loans: 297n,
  };
};

/**
 * At the lender's stop, in two meetings: b needs A and Z. Each is charged the whole detour, as one alone would be.
 */
export const twiceAfterLendersService = (): Worked => {
  const more = day();
  more.orders[0]!.parts.push(...request([order("b", 0, needing("Z"))], []).orders[0]!.parts);
  more.engineers[1]!.stock.push(...request([], [engineer("leaf", 0, lending("Z", 1))]).engineers[0]!.stock);
  const parts = [...using("A", "leaf").parts!, ...using("Z", "leaf").parts!];
  return {
    request: more,
    plan: plan(
      route("bo", 0, 125, [
        { what: meeting(30, "leaf", "bo"), leg: 70, arrival: 70, start: 70, departure: 80 },
        { what: meeting(30, "leaf", "bo", "Z"), leg: 0, arrival: 80, start: 80, departure: 90 },
        { what: service("b", { parts }), leg: 30, arrival: 120, start: 120, departure: 125 },
      ]),
      route("leaf", 20, 90, [
        { what: service("l"), leg: 30, arrival: 50, start: 50, departure: 70 },
        { what: meeting(30, "leaf", "bo"), leg: 0, arrival: 70, start: 70, departure: 80 },
        { what: meeting(30, "leaf", "bo", "Z"), leg: 0, arrival: 80, start: 80, departure: 90 },
      ]),
    ),
    softCost: 125n + 70n + 546n,
    loans: 546n,
  };
};

/**
 * Leaf lends A to Bo as after the service, and Bo, done with b at 115, lends Z to Cy, who comes from 200 at 140 and serves c at 160 at 250.
 * Late, b could begin at 135, but the first meeting keeps Bo at 70: from there b is at 110 again, and Bo waits 25. Working 150, 115 and 60.
 * Second detour: Cy 140 + 100 - 40, Bo 0, 10, waiting 25: 235 = 11.75 half-lives: knot 94 is 3, floor((300 * 9997 + 5000) / 10000) = 300.
 */
export const chain = (): Worked => ({
  request: request(
    [
      order("b", 60, { serviceDuration: lasts(5), ...needing("A") }),
      order("c", 160, { serviceDuration: lasts(5), ...needing("Z") }),
      order("l", 30, { serviceDuration: lasts(20) }),
    ],
    [engineer("bo", 100, lending("Z", 1)), engineer("cy", 200), engineer("leaf", 0, lending("A", 1))],
  ),
  plan: plan(
    route("bo", 0, 150, [
      { what: meeting(30, "leaf", "bo"), leg: 70, arrival: 70, start: 70, departure: 80 },
      { what: service("b", using("A", "leaf")), leg: 30, arrival: 110, start: 110, departure: 115 },
      { what: meeting(60, "bo", "cy", "Z"), leg: 0, arrival: 115, start: 140, departure: 150 },
    ]),
    route("cy", 0, 255, [
      { what: meeting(60, "bo", "cy", "Z"), leg: 140, arrival: 140, start: 140, departure: 150 },
      { what: service("c", using("Z", "bo")), leg: 100, arrival: 250, start: 250, departure: 255 },
    ]),
    route("leaf", 20, 80, [
      { what: service("l"), leg: 30, arrival: 50, start: 50, departure: 70 },
      { what: meeting(30, "leaf", "bo"), leg: 0, arrival: 70, start: 70, departure: 80 },
    ]),
  ),
  softCost: 150n + 255n + 60n + 273n + 300n,
  loans: 573n,
});
