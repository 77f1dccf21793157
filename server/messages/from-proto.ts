// Turns a valid request into the solver's problem; rules of the contract are checked before, by validate/.

import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre, Shift, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Route, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure, SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { OrderInputs } from "../../solver/model/criteria-inputs.ts";
import { compareIds } from "../../solver/model/ids.ts";
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
  const orders = request.orders
    .filter((order) => !leftOut.has(order.id))
    .map((order) => orderFromProto(order, clock, travel, policy, locks, published.get(order.id)))
    .sort((a, b) => compareIds(a.id, b.id));
  const byId = new Map(orders.map((order) => [order.id, order]));
  const engineers = request.engineers
    .map((engineer) => engineerFromProto(engineer, request, clock, travel, policy, byId, meetings))
    .sort((a, b) => compareIds(a.id, b.id));
  const underWayIds = new Set(
    engineers.flatMap((engineer) =>
      engineer.shifts.flatMap((shift) => shift.head?.orders.map(({ order }) => order.id) ?? []),
    ),
  );
  const search = request.search;
  return {
    ticksPerSecond: clock.ticksPerSecond,
    epochTicks: clock.epochTicks,
    orders: orders.filter((order) => !underWayIds.has(order.id)),
    engineers,
    centres: request.operatingCentres
      .map((centre) => centreFromProto(centre, clock, travel))
      .sort((a, b) => compareIds(a.id, b.id)),
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

const sorted = (ids: Iterable<string>) => [...new Set(ids)].sort(compareIds);

function quantities(list: readonly Quantity[]): Quantity[] {
  const sums = new Map<string, number>();
  for (const { id, quantity } of list) if (quantity > 0) sums.set(id, (sums.get(id) ?? 0) + quantity);
  return [...sums].map(([id, quantity]) => ({ id, quantity })).sort((a, b) => compareIds(a.id, b.id));
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
  const open = clock.windows(order.windows, graceTicks);
  // A start that is fixed and late: the window ended that much before, and the grace allows just this start.
  const wanted = order.windows.map(({ start, end }) => ({ start: clock.at(start!), end: clock.at(end!) }));
  const late = fixed === undefined ? 0 : latenessAt(wanted, fixed);
  const windows = fixed === undefined ? open : [{ start: fixed, end: fixed - late }];
  const preference = order.engineerPreference;
  return {
    id: order.id,
    placeRow: travel.row(order.place!),
    serviceTicks: clock.length(order.serviceDuration),
    setupTicks: clock.length(order.setupDuration),
    graceTicks: fixed === undefined ? graceTicks : late,
    windows,
    ...(fixed === undefined ? {} : { lockedStart: { windows: wanted } }),
    lastWindowEnd:
      order.windows.length === 0 ? undefined : Math.max(...order.windows.map((window) => clock.at(window.end!))),
    unassignedWeight: price === undefined ? 1 + order.priority : 0,
    priceTicks: price,
    skills: {
      allOf: sorted(order.skills?.allOf ?? []),
      anyOf: sorted(order.skills?.anyOf ?? []),
      noneOf: sorted(order.skills?.noneOf ?? []),
    },
    levels: order.proficiencies.map(({ skillId, level, hard }) => ({ skillId, level, hard })),
    preference: {
      required: sorted(preference?.requiredEngineerIds ?? []),
      excluded: sorted(preference?.excludedEngineerIds ?? []),
      preferred: sorted(preference?.preferredEngineerIds ?? []),
      secondary: sorted(preference?.secondaryEngineerIds ?? []),
      disliked: sorted(preference?.dislikedEngineerIds ?? []),
      declined: sorted(order.declinedEngineerIds),
    },
    access:
      order.vehicleAccess.length === 0 ? -1 : order.vehicleAccess.reduce((mask, mode) => mask | (1 << modeOf(mode)), 0),
    inputs: orderInputs(order, clock, published),
    promise: promiseOf(order, policy, clock),
    parts: partsFromProto(order),
    toolIds: policy.criteria.get("tool_availability")!.mode === "hard" ? sorted(order.toolIds) : [],
    loads: quantities(order.loads.map((load) => ({ id: load.dimension, quantity: load.amount }))),
    lockedTo: locks.engineers.get(order.id),
  };
}

/** By SKU; substitutes in the order in which they are named. */
export function partsFromProto({ parts }: Order): ProblemOrder["parts"] {
  const substitutes = new Map(parts.map(({ sku, substituteSkus }) => [sku, [...new Set(substituteSkus)]]));
  return quantities(parts.map(({ sku, quantity }) => ({ id: sku, quantity }))).map((part) => ({
    ...part,
    substitutes: substitutes.get(part.id)!,
  }));
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
  return new Map(
    list.map((stock) => [stock.sku, stock.unlimited ? Number.POSITIVE_INFINITY : stock.quantity - stock.reserved]),
  );
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
  for (const skill of engineer.skills)
    skills.set(skill.skillId, {
      level: skill.level,
      validUntil: skill.validUntil === undefined ? undefined : clock.at(skill.validUntil),
    });
  const base = {
    id: engineer.id,
    mode: modeOf(engineer.vehicleMode),
    skills,
    toolIds: new Set(engineer.toolIds),
    stock: stockOf(engineer.stock),
    safetyStock: new Map(engineer.stock.map((stock) => [stock.sku, stock.safetyStock])),
    lends: mayLend(engineer, policy),
    partCapacity: engineer.partCapacity,
    capacities: new Map(engineer.capacities.map((load) => [load.dimension, load.amount])),
    maxOrders: engineer.maxOrders,
    maxLegTicks: clock.limit(engineer.maxLegDuration),
    lastShiftEnd: Math.max(...engineer.shifts.map((shift) => clock.at(shift.time!.end!))),
    inputs: engineerInputs(engineer, clock),
  };
  const shifts: ProblemShift[] = [];
  for (const [index, shift] of engineer.shifts.entries()) {
    const routeIndex =
      request.currentPlan?.routes.findIndex((r) => r.engineerId === engineer.id && r.shiftIndex === index) ?? -1;
    const route = request.currentPlan?.routes[routeIndex];
    const head = route && headOf(route, routeIndex, shift, clock, orders);
    const made = shiftFromProto(shift, index, route, head, clock, travel, policy, meetings);
    if (made.latest >= 0 || head) shifts.push(made);
  }
  return { ...base, shifts };
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
  const doneBreaks = new Set(
    route?.stops.filter((stop) => underWay(stop) && stop.kind === Stop_Kind.BREAK).map((stop) => stop.breakIndex),
  );
  const breaks: ProblemBreak[] = [];
  for (const [breakIndex, pause] of shift.breaks.entries()) {
    const window = { start: Math.max(0, clock.at(pause.window!.start!)), end: clock.at(pause.window!.end!) };
    // A break whose window is over is past, not missed.
    if (doneBreaks.has(breakIndex) || window.end < 0 || head?.over) continue;
    breaks.push({
      index: breakIndex,
      window,
      durationTicks: clock.length(pause.duration),
      placeRow: pause.place && travel.row(pause.place),
      paid: pause.paid,
      priceTicks: priceTicks(pause.priceMinor, policy, clock),
    });
  }
  breaks.sort((a, b) => a.window.end - b.window.end || a.index - b.index);
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
