// What the enumeration of meetings needs of each engineer.
import type { AssignRequest } from "../../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, Shift } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { PlanarTravel_Rounding } from "../../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import type { Facts } from "../../../solver/check/facts.ts";
import { skusOf } from "../routes.ts";

const MOST_ORDERS = 4;
const MOST_ENGINEERS = 3;

interface Way {
  readonly duration: number;
  readonly distance: number;
}

export interface Driver {
  readonly engineer: Engineer;
  readonly shift: Shift;
  readonly startRow: number;
  readonly endRow: number | undefined;
  readonly leavesAt: number;
  readonly shiftEnd: number;
  readonly endsBy: number;
  readonly maxLeg: number;
  readonly maxTravel: number;
  readonly maxDistance: number;
  /** Consents to lending, under the policy too. */
  readonly lends: boolean;
  /** Units on hand by SKU row, and those that lending never touches. */
  readonly stock: readonly number[];
  readonly safety: readonly number[];
  /** Units on hand that no order asks for. */
  readonly otherUnits: number;
  way(from: number, to: number): Way;
}

/** Throws where the request has what the enumeration does not know. */
export function driversOf(facts: Facts): Driver[] {
  refuseOthers(facts.request);
  return facts.request.engineers.map((engineer) => driverOf(facts, engineer));
}

function refuseOthers({ orders, engineers, ticksPerSecond, travel }: AssignRequest): void {
  // Rounded up, distances keep the triangle inequality: a meeting never shortens a way.
  const keepsTriangles = travel?.source.case === "planar" && travel.source.value.rounding <= PlanarTravel_Rounding.UP;
  const refused =
    orders.length > MOST_ORDERS ||
    engineers.length > MOST_ENGINEERS ||
    ticksPerSecond > 1 ||
    !keepsTriangles ||
    orders.some((order) => order.parts.some((part) => part.quantity !== 1)) ||
    engineers.some(({ shifts }) => shifts.length !== 1 || shifts[0]!.breaks.length > 0) ||
    // Where orders may be late, a meeting may make a day shorter.
    engineers.some(({ shifts }) => shifts[0]!.maxWorkingDuration !== undefined);
  if (refused)
    throw new Error(
      "the oracle of loans takes 4 orders, 3 engineers, one unit of each part, one shift each without breaks or a longest working time, planar travel rounded up",
    );
}

function driverOf(facts: Facts, engineer: Engineer): Driver {
  const { clock, policy, travel } = facts;
  const [shift] = engineer.shifts;
  const shiftTime = clock.span(shift!.time)!;
  const limit = (value: number | bigint | undefined) =>
    value === undefined ? Number.POSITIVE_INFINITY : Number(value);
  const skus = skusOf(facts);
  const row = (sku: string) => engineer.stock.find((stock) => stock.sku === sku);
  const free = (stock: Engineer["stock"][number] | undefined) => (stock ? stock.quantity - stock.reserved : 0);
  const hubsOnly = policy.param("parts_borrowable", "hubs_only") === 1;
  const ways = new Map<number, Way>();
  return {
    engineer,
    shift: shift!,
    startRow: travel.row(shift!.startPlace!),
    endRow: shift!.endPlace && travel.row(shift!.endPlace),
    leavesAt: Math.max(clock.now, shiftTime.start),
    shiftEnd: shiftTime.end,
    endsBy: shiftTime.end + clock.length(shift!.maxOvertime),
    maxLeg: limit(engineer.maxLegDuration && clock.length(engineer.maxLegDuration)),
    maxTravel: limit(shift!.maxTravelDuration && clock.length(shift!.maxTravelDuration)),
    maxDistance: limit(shift!.maxDistanceM),
    lends:
      policy.mode("parts_borrowable") !== "off" &&
      (engineer.lending?.mayLend ?? false) &&
      (!hubsOnly || engineer.lending!.hub),
    stock: skus.map((sku) => free(row(sku))),
    safety: skus.map((sku) => row(sku)?.safetyStock ?? 0),
    otherUnits: engineer.stock.reduce((sum, stock) => sum + (skus.includes(stock.sku) ? 0 : free(stock)), 0),
    way: (from, to) => {
      const key = from * 1000 + to;
      let way = ways.get(key);
      if (!way) {
        const mode = engineer.vehicleMode;
        way = { duration: travel.duration(mode, from, to), distance: travel.distance(mode, from, to) };
        ways.set(key, way);
      }
      return way;
    },
  };
}
