// Turns a valid request into the solver's problem; rules of the contract are checked before, by validate/.

import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre, Shift, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Route, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure, SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { OrderInputs } from "../../solver/model/criteria-inputs.ts";
import { sortById, sortedIds } from "../../solver/model/ids.ts";
import type {
  EffectivePolicy,
  Head,
  LevelWeights,
  Problem,
  ProblemBreak,
  ProblemCentre,
  ProblemEngineer,
  ProblemOrder,
  ProblemShift,
  ProblemSkill,
  Quantity,
} from "../../solver/model/problem.ts";
import { latenessAt } from "../../solver/model/problem.ts";
import { type Travel, travelOf } from "../../solver/travel/travel.ts";
import { engineerInputs, orderInputs } from "./criteria-inputs-from-proto.ts";
import { type CurrentMeetings, currentMeetings } from "./current-meetings.ts";
import {
  chainOf,
  headOf,
  type Locks,
  locksOf,
  publishedOf,
  startMeets,
  underWay,
  warmOf,
} from "./current-plan-from-proto.ts";
import { policyFromProto } from "./policy-from-proto.ts";
import { Clock } from "./request-clock.ts";

/** The problem of a valid request, without the orders in `leftOut`; a road engine's travel is given. */
export function problemFromProto(
  request: AssignRequest,
  leftOut: ReadonlySet<string>,
  travel: Travel = travelOf(request),
): Problem {
  const clock = new Clock(request);
  const policy = policyFromProto(request.policy, travel.source === "great_circle");
  const locks = locksOf(request, clock);
  const published = publishedOf(request, clock);
  const meetings = currentMeetings(request, travel);
  const orders: ProblemOrder[] = [];
  for (const order of request.orders)
    if (!leftOut.has(order.id))
      orders.push(orderFromProto(order, clock, travel, policy, locks, published.get(order.id)));
  sortById(orders);
  const byId = new Map<string, ProblemOrder>();
  if (request.currentPlan) for (const order of orders) byId.set(order.id, order);
  const engineers = sortById(
    request.engineers.map((engineer) => engineerFromProto(engineer, request, clock, travel, policy, byId, meetings)),
  );
  const search = request.search;
  return {
    ticksPerSecond: clock.ticksPerSecond,
    epochTicks: clock.epochTicks,
    orders: notUnderWay(orders, engineers),
    engineers,
    centres: sortById(request.operatingCentres.map((centre) => centreFromProto(centre, clock, travel))),
    levels: levelsFromProto(request),
    policy,
    travel,
    mode: searchMode(request),
    timeLimitMs:
      search?.timeLimit === undefined
        ? undefined
        : Number(search.timeLimit.seconds) * 1000 + search.timeLimit.nanos / 1e6,
    iterations: Number(search?.iterations ?? 0n),
    seed: search?.seed ?? 0n,
    candidates: {
      engineers: search?.candidates?.engineers ?? 0,
      resolution: search?.candidates?.resolution ?? 0,
      allPairs: search?.candidates?.allPairs ?? false,
    },
  };
}

/** The orders that are in no head of a route. */
function notUnderWay(orders: readonly ProblemOrder[], engineers: readonly ProblemEngineer[]): readonly ProblemOrder[] {
  const ids = new Set<string>();
  for (const { shifts } of engineers)
    for (const { head } of shifts) if (head) for (const { order } of head.orders) ids.add(order.id);
  return ids.size === 0 ? orders : orders.filter((order) => !ids.has(order.id));
}

const MODES: { readonly [mode in SearchOptions_Mode]?: Problem["mode"] } = {
  [SearchOptions_Mode.MATCH]: "match",
  [SearchOptions_Mode.INSERT]: "insert",
  [SearchOptions_Mode.REOPTIMIZE]: "reoptimize",
};

/** What is asked for; `route` where nothing is said. */
export function searchMode({ search }: Pick<AssignRequest, "search">): Problem["mode"] {
  return MODES[search?.mode ?? SearchOptions_Mode.UNSPECIFIED] ?? "route";
}

const DEFAULT_LEVELS: LevelWeights[] = [
  [1, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 1],
];

function levelsFromProto(request: AssignRequest): LevelWeights[] {
  const levels = request.objective?.levels ?? [];
  if (levels.length === 0) return DEFAULT_LEVELS;
  return levels.map((level) => {
    const weights: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
    for (const term of level.terms) weights[term.measure - Measure.UNASSIGNED] = term.weight || 1;
    return weights;
  });
}

function priceTicks(priceMinor: bigint | undefined, policy: EffectivePolicy, clock: Clock): number | undefined {
  if (priceMinor === undefined) return undefined;
  return Math.floor((Number(priceMinor) * policy.secondsPerCurrencyUnit * clock.ticksPerSecond) / 100 + 0.5);
}

/** In canonical order, of equal ids one with the sum; rearranges the list. */
function summed<T extends { readonly id: string; quantity: number }>(list: T[]): T[] {
  sortById(list);
  let kept = 0;
  for (let at = 1; at < list.length; at++) {
    const next = list[at]!;
    if (list[kept]!.id === next.id) next.quantity += list[kept]!.quantity;
    else kept++;
    list[kept] = next;
  }
  if (list.length > kept + 1) list.length = kept + 1;
  return list;
}

function orderFromProto(
  order: Order,
  clock: Clock,
  travel: Travel,
  policy: EffectivePolicy,
  locks: Locks,
  published: OrderInputs["published"],
): ProblemOrder {
  const graceTicks = clock.length(order.latenessGrace);
  const price = priceTicks(order.priceMinor, policy, clock);
  const fixed = locks.times.get(order.id);
  // A start that is fixed and late: the window ended that much before, and the grace allows just this start.
  const wanted =
    fixed === undefined
      ? undefined
      : order.windows.map(({ start, end }) => ({ start: clock.at(start!), end: clock.at(end!) }));
  const late = fixed === undefined ? 0 : latenessAt(wanted!, fixed);
  const preference = order.engineerPreference;
  return {
    id: order.id,
    placeRow: travel.row(order.place!),
    serviceTicks: clock.length(order.serviceDuration),
    setupTicks: clock.length(order.setupDuration),
    graceTicks: fixed === undefined ? graceTicks : late,
    windows: fixed === undefined ? clock.windows(order.windows, graceTicks) : [{ start: fixed, end: fixed - late }],
    lockedStart: wanted && { windows: wanted },
    lastWindowEnd: lastWindowEnd(order, clock),
    unassignedWeight: price === undefined ? 1 + order.priority : 0,
    priceTicks: price,
    skills: {
      allOf: sortedIds(order.skills?.allOf ?? []),
      anyOf: sortedIds(order.skills?.anyOf ?? []),
      noneOf: sortedIds(order.skills?.noneOf ?? []),
    },
    levels: order.proficiencies.map(({ skillId, level, hard }) => ({ skillId, level, hard })),
    preference: {
      required: sortedIds(preference?.requiredEngineerIds ?? []),
      excluded: sortedIds(preference?.excludedEngineerIds ?? []),
      preferred: sortedIds(preference?.preferredEngineerIds ?? []),
      secondary: sortedIds(preference?.secondaryEngineerIds ?? []),
      disliked: sortedIds(preference?.dislikedEngineerIds ?? []),
      declined: sortedIds(order.declinedEngineerIds),
    },
    access: accessOf(order),
    inputs: orderInputs(order, clock, published),
    promise: promiseOf(order, policy, clock),
    parts: partsFromProto(order),
    toolIds: policy.criteria.get("tool_availability")!.mode === "hard" ? sortedIds(order.toolIds) : [],
    loads: loadsOf(order),
    lockedTo: locks.engineers.get(order.id),
  };
}

function lastWindowEnd({ windows }: Order, clock: Clock): number | undefined {
  let last: number | undefined;
  for (const { end } of windows) last = Math.max(last ?? Number.NEGATIVE_INFINITY, clock.at(end!));
  return last;
}

/** A bit for each vehicle mode that gets there; -1 all. */
function accessOf({ vehicleAccess }: Order): number {
  let mask = vehicleAccess.length === 0 ? -1 : 0;
  for (const mode of vehicleAccess) mask |= 1 << modeOf(mode);
  return mask;
}

/** By SKU; substitutes in the order in which they are named. */
export function partsFromProto({ parts }: Order): ProblemOrder["parts"] {
  const asked: { id: string; quantity: number; substitutes: readonly string[] }[] = [];
  for (const { sku, quantity, substituteSkus } of parts) {
    const substitutes = substituteSkus.length > 1 ? [...new Set(substituteSkus)] : substituteSkus;
    if (quantity > 0) asked.push({ id: sku, quantity, substitutes });
  }
  return summed(asked);
}

function loadsOf({ loads }: Order): Quantity[] {
  const asked: { id: string; quantity: number }[] = [];
  for (const { dimension, amount } of loads) if (amount > 0) asked.push({ id: dimension, quantity: amount });
  return summed(asked);
}

function promiseOf(order: Order, policy: EffectivePolicy, clock: Clock): ProblemOrder["promise"] {
  const { mode } = policy.criteria.get("sla_response")!;
  if (mode === "off" || order.visitDueAt === undefined) return undefined;
  return { last: clock.at(order.visitDueAt) - clock.length(order.serviceDuration), firm: mode === "hard" };
}

function modeOf(mode: VehicleMode): VehicleMode {
  return mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode;
}

function stockOf(list: readonly Stock[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { sku, unlimited, quantity, reserved } of list)
    units.set(sku, unlimited ? Number.POSITIVE_INFINITY : quantity - reserved);
  return units;
}

/** True when the policy lets the engineer lend parts. */
function mayLend({ lending }: Engineer, policy: EffectivePolicy): boolean {
  const { mode, params } = policy.criteria.get("parts_borrowable")!;
  return mode !== "off" && lending?.mayLend === true && (params.hubs_only === 0 || lending.hub);
}

function engineerFromProto(
  engineer: Engineer,
  request: AssignRequest,
  clock: Clock,
  travel: Travel,
  policy: EffectivePolicy,
  orders: ReadonlyMap<string, ProblemOrder>,
  meetings: CurrentMeetings,
): ProblemEngineer {
  const skills = new Map<string, ProblemSkill>();
  for (const { skillId, level, validUntil } of engineer.skills)
    skills.set(skillId, { level, validUntil: validUntil && clock.at(validUntil) });
  const safetyStock = new Map<string, number>();
  for (const stock of engineer.stock) if (stock.safetyStock > 0) safetyStock.set(stock.sku, stock.safetyStock);
  const capacities = new Map<string, number>();
  for (const load of engineer.capacities) capacities.set(load.dimension, load.amount);
  let lastShiftEnd = Number.NEGATIVE_INFINITY;
  for (const { time } of engineer.shifts) lastShiftEnd = Math.max(lastShiftEnd, clock.at(time!.end!));
  return {
    id: engineer.id,
    mode: modeOf(engineer.vehicleMode),
    skills,
    toolIds: new Set(engineer.toolIds),
    stock: stockOf(engineer.stock),
    safetyStock,
    lends: mayLend(engineer, policy),
    partCapacity: engineer.partCapacity,
    capacities,
    maxOrders: engineer.maxOrders,
    maxLegTicks: clock.limit(engineer.maxLegDuration),
    lastShiftEnd,
    inputs: engineerInputs(engineer, clock),
    shifts: shiftsFromProto(engineer, request, clock, travel, policy, orders, meetings),
  };
}

/** The shifts that can still be used or have something under way. */
function shiftsFromProto(
  engineer: Engineer,
  { currentPlan }: AssignRequest,
  clock: Clock,
  travel: Travel,
  policy: EffectivePolicy,
  orders: ReadonlyMap<string, ProblemOrder>,
  meetings: CurrentMeetings,
): ProblemShift[] {
  const shifts: ProblemShift[] = [];
  for (let index = 0; index < engineer.shifts.length; index++) {
    const shift = engineer.shifts[index]!;
    const routeIndex =
      currentPlan?.routes.findIndex((r) => r.engineerId === engineer.id && r.shiftIndex === index) ?? -1;
    const route = currentPlan?.routes[routeIndex];
    const head = route && headOf(route, routeIndex, shift, clock, orders);
    const made = shiftFromProto(shift, index, route, head, clock, travel, policy, meetings);
    if (made.latest >= 0 || head) shifts.push(made);
  }
  return shifts;
}

function shiftFromProto(
  shift: Shift,
  index: number,
  route: Route | undefined,
  head: Head | undefined,
  clock: Clock,
  travel: Travel,
  policy: EffectivePolicy,
  meetings: CurrentMeetings,
): ProblemShift {
  const end = clock.at(shift.time!.end!);
  const doneBreaks =
    route &&
    new Set(
      route.stops.filter((stop) => underWay(stop) && stop.kind === Stop_Kind.BREAK).map((stop) => stop.breakIndex),
    );
  const breaks: ProblemBreak[] = [];
  for (let breakIndex = 0; breakIndex < shift.breaks.length; breakIndex++) {
    const pause = shift.breaks[breakIndex]!;
    const windowEnd = clock.at(pause.window!.end!);
    // A break whose window is over is past, not missed.
    if (doneBreaks?.has(breakIndex) || windowEnd < 0 || head?.over) continue;
    breaks.push({
      index: breakIndex,
      window: { start: Math.max(0, clock.at(pause.window!.start!)), end: windowEnd },
      durationTicks: clock.length(pause.duration),
      placeRow: pause.place && travel.row(pause.place),
      paid: pause.paid,
      priceTicks: priceTicks(pause.priceMinor, policy, clock),
    });
  }
  if (breaks.length > 1) breaks.sort((a, b) => a.window.end - b.window.end || a.index - b.index);
  const headPlace = head && route ? route.stops[head.stops - 1]!.place : undefined;
  return {
    index,
    startRow: travel.row(headPlace ?? shift.startPlace!),
    endRow: head?.over ? undefined : shift.endPlace && travel.row(shift.endPlace),
    earliest: head ? head.departure : Math.max(0, clock.at(shift.time!.start!)),
    end,
    latest: head?.over ? Math.max(end, head.endTicks) : end + clock.length(shift.maxOvertime),
    maxOrders: head?.over ? 0 : shift.maxOrders,
    maxTravelTicks: clock.limit(shift.maxTravelDuration),
    maxDistance: shift.maxDistanceM === undefined ? undefined : Number(shift.maxDistanceM),
    maxWorkingTicks: clock.limit(shift.maxWorkingDuration),
    breaks,
    head,
    startMeets: startMeets(route, shift, travel),
    chain: route ? chainOf(route, meetings) : [],
    tied: [],
    warm: route ? warmOf(route, meetings) : [],
  };
}

function centreFromProto(centre: OperatingCentre, clock: Clock, travel: Travel): ProblemCentre {
  return {
    id: centre.id,
    placeRow: travel.row(centre.place!),
    windows: clock.windows(centre.openingWindows, 0),
    pickTicks: clock.length(centre.pickDuration),
    pickFee: Number(centre.pickFeeMinor),
    stock: stockOf(centre.stock),
    toolIds: new Set(centre.toolIds),
    territoryCells: centre.territoryCells,
    neighbourIds: centre.neighbourCentreIds,
  };
}
