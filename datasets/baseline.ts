// What dispatchers do without a solver: first come, first served, to the nearest engineer who can, always behind the engineer's last stop.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  type Route,
  type Stop,
  Stop_Kind,
  StopSchema,
  UnassignedReason_Code,
} from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { type Day, dayOf } from "./baseline/day.ts";
import { eligible } from "./baseline/eligible.ts";
import { subtract, take, takeFromVan, type Units, unitsOf, unitsUsed } from "./baseline/parts.ts";
import { scheduleRoute } from "./baseline/schedule.ts";

/** An engineer on the dispatcher's board. */
export interface Crew {
  readonly engineer: Engineer;
  /** Units the van may still give over all shifts. */
  readonly van: Units;
  readonly routes: Draft[];
}

/** The route of one shift as it stands. */
export interface Draft {
  readonly crew: Crew;
  readonly shiftIndex: number;
  /** Services and supply stops, without breaks. */
  stops: Stop[];
  /** The same timed, with breaks; absent while the shift is unused. */
  route?: Route;
}

/** The dispatcher's board: what is planned and what is left to give. */
export interface Board {
  readonly day: Day;
  readonly stores: Map<string, Units>;
  readonly drafts: readonly Draft[];
}

/**
 * The board of a request; routes begin with the services and supply stops in `planned`, by engineer id, a line end and shift index.
 *
 * @throws RangeError when the request has a current plan, or travel that depends on the hour: they are not this simulation's business.
 */
export function openBoard(request: AssignRequest, planned: ReadonlyMap<string, readonly Stop[]> = new Map()): Board {
  if (request.currentPlan) throw new RangeError("current_plan: the baseline starts from an empty plan, got one");
  const day = dayOf(request);
  const stores = new Map(request.operatingCentres.map((centre) => [centre.id, unitsOf(centre)]));
  const drafts = request.engineers.flatMap((engineer) => {
    const crew: Crew = { engineer, van: unitsOf(engineer), routes: [] };
    for (const shiftIndex of engineer.shifts.keys()) {
      const stops = [...(planned.get(`${engineer.id}\n${shiftIndex}`) ?? [])];
      for (const stop of stops) {
        subtract(crew.van, unitsUsed(stop.parts.filter(({ source }) => source === PartSource.ON_HAND)));
        const store = stores.get(stop.operatingCentreId);
        if (store) subtract(store, new Map(stop.pickUps.map(({ sku, quantity }) => [sku, quantity])));
      }
      crew.routes.push({ crew, shiftIndex, stops });
    }
    return crew.routes;
  });
  return { day, stores, drafts };
}

/** Puts the order behind the nearest route that can take it; undefined where none can. */
export function placeNearest({ day, stores, drafts }: Board, order: Order): Draft | undefined {
  return nearestFirst(day, drafts, order).find((draft) => append(day, stores, draft, order));
}

/**
 * A valid plan as dispatchers without a solver make it.
 *
 * Orders come by `created_at`, then by id. Each goes to the eligible engineer whose route so far ends nearest to it by travel time and
 * who can serve it behind the last stop, going by a centre first when parts or tools are missing; else to the next nearest; else it is
 * left out as NOT_PROVED. Nothing planned is moved again, only breaks, which go to the first place where they fit, and departures, which
 * follow the canonical schedule. Optional orders are taken like the others, optional breaks are skipped; of a policy only what is hard is read.
 *
 * @throws RangeError when the request has a current plan: locks are not this simulation's business.
 */
export function baselinePlan(request: AssignRequest): Plan {
  const board = openBoard(request);
  const leftOut = firstCome(board.day).filter((order) => !placeNearest(board, order));
  return create(PlanSchema, {
    routes: board.drafts
      .flatMap(({ route }) => (route ? [route] : []))
      .sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex),
    unassigned: leftOut
      .map((order) => ({
        orderId: order.id,
        reasons: [
          { code: UnassignedReason_Code.NOT_PROVED, message: "No engineer could take it behind the last stop." },
        ],
      }))
      .sort((a, b) => compareIds(a.orderId, b.orderId)),
  });
}

const compareIds = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function firstCome(day: Day): Order[] {
  return day.request.orders.toSorted(
    (a, b) => day.ticks(a.createdAt) - day.ticks(b.createdAt) || compareIds(a.id, b.id),
  );
}

/** Routes of eligible engineers by travel time from where they end so far to the order. */
function nearestFirst(day: Day, drafts: readonly Draft[], order: Order): Draft[] {
  const mayServe = new Map<Crew, boolean>();
  const near: { draft: Draft; travel: number }[] = [];
  for (const draft of drafts) {
    const { crew } = draft;
    if (!mayServe.has(crew)) mayServe.set(crew, eligible(day, order, crew.engineer));
    if (!mayServe.get(crew)) continue;
    const from = day.travel.row(placeOfEnd(day, draft));
    near.push({ draft, travel: day.travel.duration(crew.engineer.vehicleMode, from, day.travel.row(order.place!)) });
  }
  return near
    .sort(
      (a, b) =>
        a.travel - b.travel ||
        compareIds(a.draft.crew.engineer.id, b.draft.crew.engineer.id) ||
        a.draft.shiftIndex - b.draft.shiftIndex,
    )
    .map(({ draft }) => draft);
}

function placeOfEnd(day: Day, draft: Draft): Place {
  const last = draft.stops.findLast((stop) => stop.kind === Stop_Kind.SERVICE);
  return last ? day.orders.get(last.orderId)!.place! : draft.crew.engineer.shifts[draft.shiftIndex]!.startPlace!;
}

/** Puts the order behind the route if every rule allows it; says whether it did. */
function append(day: Day, stores: Map<string, Units>, draft: Draft, order: Order): boolean {
  const { crew } = draft;
  if (!countsAllow(day, draft, order)) return false;
  const fromVan = takeFromVan(order, crew.van);
  const carried = new Set([...crew.engineer.toolIds, ...draft.stops.flatMap((stop) => stop.toolIds)]);
  const tools = order.toolIds.filter((tool) => !carried.has(tool));
  if (fromVan.missing.length === 0 && tools.length === 0) {
    const service = create(StopSchema, { kind: Stop_Kind.SERVICE, orderId: order.id, parts: fromVan.uses });
    if (!settle(day, draft, [service])) return false;
    subtract(crew.van, unitsUsed(fromVan.uses));
    return true;
  }
  for (const centre of nearestCentres(day, draft)) {
    const store = stores.get(centre.id)!;
    const fromCentre = take(fromVan.missing, store, PartSource.CENTRE, centre.id);
    if (fromCentre.missing.length > 0 || tools.some((tool) => !centre.toolIds.includes(tool))) continue;
    const picked = unitsUsed(fromCentre.uses);
    if (!vanHasRoom(draft, picked)) continue;
    const supply = create(StopSchema, {
      kind: Stop_Kind.SUPPLY,
      operatingCentreId: centre.id,
      pickUps: [...picked].map(([sku, quantity]) => ({ sku, quantity })),
      toolIds: tools,
    });
    const parts = [...fromVan.uses, ...fromCentre.uses];
    const service = create(StopSchema, { kind: Stop_Kind.SERVICE, orderId: order.id, parts });
    if (!settle(day, draft, [supply, service])) continue;
    subtract(crew.van, unitsUsed(fromVan.uses));
    subtract(store, picked);
    return true;
  }
  return false;
}

function countsAllow(day: Day, draft: Draft, order: Order): boolean {
  const { engineer, routes } = draft.crew;
  const ordersOf = (route: Draft) =>
    route.stops.filter((stop) => stop.kind === Stop_Kind.SERVICE).map((stop) => day.orders.get(stop.orderId)!);
  const own = [...ordersOf(draft), order];
  const all = routes.reduce((total, route) => total + ordersOf(route).length, 1);
  const maxOfShift = engineer.shifts[draft.shiftIndex]!.maxOrders ?? Number.POSITIVE_INFINITY;
  const dimensions = new Set(order.loads.map((load) => load.dimension));
  const amount = (loads: Order["loads"], dimension: string) =>
    loads.reduce((total, load) => total + (load.dimension === dimension ? load.amount : 0), 0);
  return (
    own.length <= maxOfShift &&
    all <= (engineer.maxOrders ?? Number.POSITIVE_INFINITY) &&
    [...dimensions].every(
      (dimension) =>
        own.reduce((total, each) => total + amount(each.loads, dimension), 0) <= amount(engineer.capacities, dimension),
    )
  );
}

// Counted as if nothing but picked parts ever left the van, which is never less than what it holds.
function vanHasRoom(draft: Draft, picked: Units): boolean {
  const { partCapacity, stock } = draft.crew.engineer;
  const held = stock.reduce((total, each) => total + each.quantity, 0);
  const added = [...picked.values()].reduce((total, quantity) => total + quantity, 0);
  return partCapacity === undefined || held + added <= partCapacity;
}

function nearestCentres(day: Day, draft: Draft): OperatingCentre[] {
  const mode = draft.crew.engineer.vehicleMode;
  const from = day.travel.row(placeOfEnd(day, draft));
  const travel = (centre: OperatingCentre) => day.travel.duration(mode, from, day.travel.row(centre.place!));
  return day.request.operatingCentres.toSorted((a, b) => travel(a) - travel(b) || compareIds(a.id, b.id));
}

/** Times the route with `added` behind it and keeps it when that is feasible. */
function settle(day: Day, draft: Draft, added: readonly Stop[]): boolean {
  const { engineer } = draft.crew;
  const stops = [...draft.stops, ...added];
  const breaks = [...engineer.shifts[draft.shiftIndex]!.breaks.entries()]
    .filter(([, pause]) => pause.priceMinor === undefined)
    .sort(([, a], [, b]) => day.ticks(a.window?.start) - day.ticks(b.window?.start))
    .map(([breakIndex]) => create(StopSchema, { kind: Stop_Kind.BREAK, breakIndex }));
  const route = withBreaks(day, draft, stops, breaks, 0);
  if (!route) return false;
  draft.stops = stops;
  draft.route = route;
  return true;
}

/** The first feasible schedule with all `breaks` in the given order, tried at every place from `from` on. */
function withBreaks(
  day: Day,
  draft: Draft,
  stops: readonly Stop[],
  breaks: readonly Stop[],
  from: number,
): Route | undefined {
  const [pause, ...rest] = breaks;
  if (!pause) return scheduleRoute(day, draft.crew.engineer, draft.shiftIndex, stops);
  for (let index = from; index <= stops.length; index++) {
    const route = withBreaks(day, draft, stops.toSpliced(index, 0, pause), rest, index + 1);
    if (route) return route;
  }
  return undefined;
}
