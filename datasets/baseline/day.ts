// A request made ready for timing routes: its travel, its orders and centres by id, and its times as whole ticks.
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Facts, factsOf } from "../../solver/check/facts.ts";
import type { Travel } from "../../solver/travel/travel.ts";

export interface Day {
  readonly request: AssignRequest;
  readonly travel: Travel;
  /** What the rules of eligibility look up. */
  readonly facts: Facts;
  readonly orders: ReadonlyMap<string, Order>;
  readonly centres: ReadonlyMap<string, OperatingCentre>;
  /** The request's `now`, ticks after 1970. */
  readonly now: number;
  /** Ticks after 1970 of a moment, or ticks of a length; absent reads as 0. */
  ticks(time: Timestamp | Duration | undefined): number;
  /** The same backwards, as the init of a Timestamp or a Duration. */
  time(ticks: number): { seconds: bigint; nanos: number };
}

/**
 * Prepares a valid request.
 *
 * @throws RangeError where travel depends on the hour.
 */
export function dayOf(request: AssignRequest): Day {
  const ticksPerSecond = request.ticksPerSecond || 1;
  const ticks = (time: Timestamp | Duration | undefined) =>
    time ? Number(time.seconds) * ticksPerSecond + Math.round((time.nanos * ticksPerSecond) / 1e9) : 0;
  const facts = factsOf(request);
  const { travel, orders, centres } = facts;
  if (travel.hours)
    throw new RangeError("dispatchers without a solver are not simulated where travel depends on the hour");
  return {
    request,
    travel,
    facts,
    orders,
    centres,
    now: ticks(request.now),
    ticks,
    time: (value) => {
      const seconds = Math.floor(value / ticksPerSecond);
      return {
        seconds: BigInt(seconds),
        nanos: Math.round(((value - seconds * ticksPerSecond) * 1e9) / ticksPerSecond),
      };
    },
  };
}
