// When a plan is made, with what may change in it, and what of it is published: one strategy of dispatch each.

import { clone, create } from "@bufbuild/protobuf";
import { type Random, randomFrom } from "../datasets/city/random.ts";
import { ticksOf } from "../datasets/day/day-file.ts";
import type { AssignRequest, AssignResponse } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Order, OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { TimeWindowSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Plan, Stop_Kind, Stop_Lock } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure, type Policy, SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { timeOf } from "./execute.ts";
import { placeByDistance } from "./nearest.ts";
import { changeOf, publish } from "./publish.ts";
import { isPast, type LockOf, type PlanMode, requestOf, type Search } from "./request.ts";
import type { World } from "./world.ts";

/** Whoever answers requests; rejects where one cannot be answered. */
export interface Assigner {
  assign(request: AssignRequest): Promise<AssignResponse>;
}

export interface StrategyOptions {
  readonly policy: Policy | undefined;
  /** Of each solve. */
  readonly search: Search;
  /** Time between two plans of `batch` and `rolling`, and between two looks of `deferred`, seconds. */
  readonly everyS: number;
  /** `rolling`: stops that begin within this from now keep their engineer and sequence, seconds. */
  readonly freezeS: number;
  /** Answer that customers were promised, seconds after the order; `deferred` waits no longer. */
  readonly responseS: number;
  /** `deferred`: imagined futures for each decision. */
  readonly scenarios: number;
  /** Length of the window that customers are told for the begin of a service, seconds. */
  readonly promiseS: number;
  /** Equivalent seconds that one customer's changed promise costs, another engineer and another window each. */
  readonly changeCostS: number;
}

/** What a strategy works with. */
export interface Desk {
  readonly world: World;
  readonly assigner: Assigner;
  readonly options: StrategyOptions;
  /** Requests that were refused, in words; the plan before stays then. */
  readonly refused: string[];
  solves: number;
}

export interface Strategy {
  /** It looks at the day at fixed times, not at every order. */
  readonly periodic: boolean;
  /** Decides at `world.now`. */
  decide(desk: Desk): Promise<void>;
}

const { INSERT, REOPTIMIZE, ROUTE } = SearchOptions_Mode;
const NO_LOCK: LockOf = () => Stop_Lock.NONE;
const SAME_ENGINEER: LockOf = () => Stop_Lock.ENGINEER;

/** The plan for what is known now, with `imagined` orders beside; undefined where the request is refused. */
async function planNow(
  desk: Desk,
  mode: PlanMode,
  lockOf: LockOf,
  imagined: readonly Order[] = [],
): Promise<AssignResponse | undefined> {
  const { policy, changeCostS, search } = desk.options;
  const request = requestOf(desk.world, policy, changeCostS, search, mode, lockOf);
  request.orders.push(...imagined);
  desk.solves++;
  try {
    return await desk.assigner.assign(request);
  } catch (error) {
    desk.refused.push(
      `${new Date((desk.world.now / desk.world.ticksPerSecond) * 1000).toISOString()} ${(error as Error).message}`,
    );
    return undefined;
  }
}

/** Publishes `first`, else what `plan` makes, and again as long as somebody declines what was given. */
async function publishUntilAccepted(
  { world }: Desk,
  plan: () => Promise<AssignResponse | undefined>,
  commit?: (orderId: string) => boolean,
  first?: AssignResponse,
): Promise<void> {
  for (let next = first ?? (await plan()); next?.plan && publish(world, next.plan, commit); ) next = await plan();
}

/** Ids of orders that nobody has been promised and that could still be served. */
function waiting(world: World): string[] {
  return [...world.orders.values()]
    .filter(({ status, promised, order }) => status === "open" && !promised && !isPast(world, order))
    .map(({ order }) => order.id);
}

const nearest: Strategy = { periodic: false, decide: async ({ world }) => placeByDistance(world) };

/** Every new order at its cheapest place, the rest as it is. */
const immediate: Strategy = {
  periodic: false,
  decide: async (desk) => {
    if (waiting(desk.world).length > 0) await publishUntilAccepted(desk, () => planNow(desk, INSERT, NO_LOCK));
  },
};

const batch: Strategy = {
  periodic: true,
  decide: async (desk) => {
    if (waiting(desk.world).length > 0) await publishUntilAccepted(desk, () => planNow(desk, ROUTE, SAME_ENGINEER));
  },
};

/** Everything but the next stops may change, if it is worth what the customers have to be told, which is in the cost of a plan. */
const rolling: Strategy = {
  periodic: true,
  decide: async (desk) => {
    const { world, options } = desk;
    if (waiting(world).length === 0 && world.tracks.every(({ queue }) => queue.length < 2)) return;
    const horizon = world.now + options.freezeS * world.ticksPerSecond;
    const frozen: LockOf = (stop, track) => {
      const last = track.queue.findLastIndex(
        ({ kind, start }) => kind === Stop_Kind.SERVICE && ticksOf(start!, world.ticksPerSecond) <= horizon,
      );
      return track.queue.indexOf(stop) <= last ? Stop_Lock.SEQUENCE : Stop_Lock.NONE;
    };
    await publishUntilAccepted(desk, async () => {
      const kept = await planNow(desk, INSERT, NO_LOCK);
      const changed = await planNow(desk, REOPTIMIZE, frozen);
      return kept && changed && !isWorthIt(world, changed, kept) ? kept : (changed ?? kept);
    });
  },
};

/**
 * Whether the first level that differs is lower. An objective without SOFT_COST does not see what customers are told: behind the
 * first level it then takes a plan that changes no more for them.
 */
function isWorthIt(world: World, changed: AssignResponse, kept: AssignResponse): boolean {
  const [one, other] = [changed.cost!.levels, kept.cost!.levels];
  const first = one.findIndex((value, level) => value !== other[level]);
  if (first < 0 || one[first]! > other[first]!) return false;
  const levels = world.start.objective?.levels ?? [];
  const seen =
    levels.length === 0 || levels.some(({ terms }) => terms.some((each) => each.measure === Measure.SOFT_COST));
  return seen || first === 0 || told(world, changed.plan!) <= told(world, kept.plan!);
}

/** Customers who would hear of a change. */
function told(world: World, { routes }: Plan): number {
  return routes.flatMap(({ engineerId, stops }) =>
    stops.filter(({ orderId, start }) => {
      const state = world.orders.get(orderId);
      return state?.status === "open" && changeOf(world, state, engineerId, ticksOf(start!, world.ticksPerSecond));
    }),
  ).length;
}

/**
 * Orders are promised when most imagined futures give them to the same engineer, when the response promise runs out, or when their
 * engineer would have to set out before the next look; the others wait.
 */
const deferred: Strategy = {
  periodic: true,
  decide: async (desk) => {
    const { world, options } = desk;
    const open = waiting(world);
    if (open.length === 0) return;
    const tentative = await planNow(desk, ROUTE, SAME_ENGINEER);
    if (!tentative?.plan) return;
    const chosen = new Map(tentative.assignments.map(({ orderId, engineerId }) => [orderId, engineerId]));
    const tick = options.everyS * world.ticksPerSecond;
    const must = new Set(open.filter((id) => cannotWait(desk, tentative.plan!, id, tick)));
    const undecided = open.filter((id) => !must.has(id) && chosen.has(id));
    const agrees = new Map<string, number>();
    if (undecided.length > 0) {
      const random = randomFrom(Math.imul(options.search.seed, 0x9e3779b1) + (world.now % 2 ** 31));
      for (let index = 0; index < options.scenarios; index++) {
        const future = await planNow(desk, ROUTE, SAME_ENGINEER, imagine(world, random));
        for (const { orderId, engineerId } of future?.assignments ?? [])
          if (chosen.get(orderId) === engineerId) agrees.set(orderId, (agrees.get(orderId) ?? 0) + 1);
      }
    }
    const commit = (id: string) => must.has(id) || 2 * (agrees.get(id) ?? 0) > options.scenarios;
    await publishUntilAccepted(desk, () => planNow(desk, ROUTE, SAME_ENGINEER), commit, tentative);
  },
};

function cannotWait({ world, options }: Desk, plan: Plan, id: string, tick: number): boolean {
  const tps = world.ticksPerSecond;
  const state = world.orders.get(id)!;
  if (world.now + tick > state.createdAt + options.responseS * tps) return true;
  for (const { stops } of plan.routes) {
    const stop = stops.find(({ orderId }) => orderId === id);
    if (stop) return ticksOf(stop.arrival!, tps) - ticksOf(stop.leg!.duration!, tps) <= world.now + tick;
  }
  return false;
}

/** Hours ahead that are imagined. */
const AHEAD_H = 1;

/** As many orders as came in the last hour, each like one of those known: a later window of the same length at the same place. */
function imagine(world: World, random: Random): Order[] {
  const tps = world.ticksPerSecond;
  const hour = 3_600 * tps;
  const known = [...world.orders.values()];
  const recent = known.filter(({ createdAt }) => createdAt > world.now - hour).length;
  return Array.from({ length: Math.min(recent * AHEAD_H, 200) }, (_, index) => {
    const { order, createdAt } = random.pick(known);
    const later = world.now + random.int(0, AHEAD_H * 3_600) * tps - createdAt;
    const windows = order.windows.map((window) => ({
      start: timeOf(ticksOf(window.start!, tps) + later, tps),
      end: timeOf(ticksOf(window.end!, tps) + later, tps),
    }));
    const imagined = clone(OrderSchema, order);
    imagined.id = `imagined-${index}`;
    imagined.windows = windows.map((window) => create(TimeWindowSchema, window));
    delete imagined.preferredWindow;
    // Nobody is worse off without an order that nobody has made.
    imagined.priority = 0;
    return imagined;
  });
}

/** Strategies by name. */
export const STRATEGIES = { nearest, immediate, batch, rolling, deferred } as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;
