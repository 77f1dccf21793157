// What one order costs alone in an engineer's day, on the canonical schedule: the pair costs of MATCH, made again from the request.
import type { Engineer, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { isPast } from "./breaks.ts";
import { LATENESS_RATE, levelsOf } from "./cost.ts";
import type { Facts } from "./facts.ts";
import { excludingCriteria, pairCosts } from "./pair.ts";
import { canonicalSchedule, latenessOf } from "./schedule.ts";

/** The pair as far as it can be told here. */
export interface Alone {
  /** Level 2 of the cheapest way to serve the order that is told here; undefined: there is none. */
  readonly cost: bigint | undefined;
  /**
   * No other way can be cheaper. False where the engineer is under way, a shift still has breaks, or parts or tools are not in the van:
   * where a break or a supply stop lies best is the search's business.
   */
  readonly exact: boolean;
}

const FORBIDDEN: Alone = { cost: undefined, exact: true };

/** The order alone with the engineer. */
export function costAlone(facts: Facts, order: Order, engineer: Engineer): Alone {
  if (excludingCriteria(order, engineer, facts.policy).length > 0) return FORBIDDEN;
  if (engineer.maxOrders === 0 || !carries(order, engineer)) return FORBIDDEN;
  if (isUnderWay(facts, engineer) || !hasAll(facts, order, engineer)) return { cost: undefined, exact: false };
  let cost: bigint | undefined;
  let exact = true;
  for (const shift of engineer.shifts) {
    if (shift.breaks.some((pause) => !isPast(pause, facts.clock))) {
      exact = false;
      continue;
    }
    const value = costInShift(facts, order, engineer, shift);
    if (value !== undefined && (cost === undefined || value < cost)) cost = value;
  }
  return { cost, exact };
}

function isUnderWay({ request }: Facts, engineer: Engineer): boolean {
  return request.currentPlan?.routes.some(({ engineerId }) => engineerId === engineer.id) ?? false;
}

/** Every load fits in the empty van. */
function carries(order: Order, engineer: Engineer): boolean {
  const loads = new Map<string, number>();
  for (const { dimension, amount } of order.loads) loads.set(dimension, (loads.get(dimension) ?? 0) + amount);
  return [...loads].every(
    ([dimension, amount]) => amount <= (engineer.capacities.find((load) => load.dimension === dimension)?.amount ?? 0),
  );
}

/** Parts and tools are in the van. */
function hasAll({ policy }: Facts, order: Order, engineer: Engineer): boolean {
  const tools = policy.mode("tool_availability") === "hard" ? order.toolIds : [];
  if (!tools.every((tool) => engineer.toolIds.includes(tool))) return false;
  const needed = new Map<string, number>();
  for (const { sku, quantity } of order.parts) needed.set(sku, (needed.get(sku) ?? 0) + quantity);
  return [...needed].every(([sku, units]) => {
    const stock = engineer.stock.find((row) => row.sku === sku);
    return stock !== undefined && (stock.unlimited || units <= stock.quantity - stock.reserved);
  });
}

/** Level 2 of a route with the order and nothing else; undefined where a rule forbids it. */
function costInShift(facts: Facts, order: Order, engineer: Engineer, shift: Shift): bigint | undefined {
  const { clock, policy, travel, request } = facts;
  const time = clock.span(shift.time);
  if (!time || !shift.startPlace || !order.place || shift.maxOrders === 0) return undefined;
  const mode = engineer.vehicleMode;
  const home = travel.row(shift.startPlace);
  const site = travel.row(order.place);
  const end = shift.endPlace ? travel.row(shift.endPlace) : site;
  const legs = [travel.duration(mode, home, site), shift.endPlace ? travel.duration(mode, site, end) : 0] as const;
  const metres = [travel.distance(mode, home, site), shift.endPlace ? travel.distance(mode, site, end) : 0] as const;
  const longest = engineer.maxLegDuration && clock.length(engineer.maxLegDuration);
  if (legs.some((leg) => leg < 0 || (longest !== undefined && leg > longest))) return undefined;

  const windows = order.windows.flatMap((window) => clock.span(window) ?? []);
  const step = {
    leg: legs[0],
    setup: site === home ? 0 : clock.length(order.setupDuration),
    windows,
    grace: clock.length(order.latenessGrace),
    length: clock.length(order.serviceDuration),
  };
  const schedule = canonicalSchedule([step], Math.max(clock.now, time.start), legs[1], false);
  if ("blockedAt" in schedule || schedule.arrival > time.end + clock.length(shift.maxOvertime)) return undefined;
  const travelled = legs[0] + legs[1];
  const distance = metres[0] + metres[1];
  const working = schedule.arrival - schedule.departure;
  if (shift.maxTravelDuration && travelled > clock.length(shift.maxTravelDuration)) return undefined;
  if (shift.maxDistanceM !== undefined && BigInt(distance) > shift.maxDistanceM) return undefined;
  if (shift.maxWorkingDuration && working > clock.length(shift.maxWorkingDuration)) return undefined;

  const pair = pairCosts(order, engineer, policy, clock.ticksPerSecond);
  const lateness = policy.mode("time_window_fit") === "off" ? 0 : latenessOf(windows, schedule.timings[0]!.start);
  const overtime = policy.mode("shift_capacity") === "off" ? 0 : Math.max(0, schedule.arrival - time.end);
  const soft =
    working + LATENESS_RATE * lateness + Math.floor(overtime / 2) + pair.proficiency_level + pair.engineer_preference;
  return levelsOf(request, {
    unassigned: 0n,
    engineersUsed: 1n,
    distance: BigInt(distance),
    travelTime: BigInt(travelled),
    workingTime: BigInt(working),
    softCost: BigInt(soft),
  })[1];
}
