// A published instance as other solvers read it: one depot, customers by number, integer times.

import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { travelOf } from "../../solver/travel/travel.ts";

/** Everything in ticks of the instance, so that all solvers see the same rounding; row 0 is the depot. */
export interface PeerProblem {
  /** Customers' numbers in the instance, by row; the depot's is 0. */
  readonly numbers: readonly number[];
  /** Times and distances, the same integers. */
  readonly matrix: readonly (readonly number[])[];
  /** Service begins in it, both ends inclusive. */
  readonly windows: readonly (readonly [number, number])[];
  readonly service: readonly number[];
  readonly demand: readonly number[];
  readonly capacity: number;
  readonly vehicles: number;
}

/**
 * The problem of a request whose engineers are all alike and start and end at one place.
 *
 * @throws RangeError where it is more than that.
 */
export function peerProblem(request: AssignRequest): PeerProblem {
  const tps = request.ticksPerSecond || 1;
  const ticks = (time: { seconds: bigint; nanos: number } | undefined) =>
    time ? Number(time.seconds) * tps + Math.round((time.nanos * tps) / 1e9) : 0;
  const now = ticks(request.now);
  const travel = travelOf(request);
  const [engineer] = request.engineers;
  const [shift] = engineer?.shifts ?? [];
  if (!engineer || !shift?.startPlace || !shift.time) throw new RangeError("peers need engineers with a shift");
  const shape = (each: typeof engineer) =>
    JSON.stringify([
      each.capacities.map(({ amount }) => amount),
      each.skills.length,
      each.stock.length,
      each.shifts.length,
    ]);
  const asks = request.orders.some(
    ({ skills, proficiencies, priceMinor, windows }) =>
      skills !== undefined || proficiencies.length > 0 || priceMinor !== undefined || windows.length > 1,
  );
  if (asks || request.engineers.some((each) => shape(each) !== shape(engineer)) || request.operatingCentres.length > 0)
    throw new RangeError(
      "peers take suites of plain vehicle routing with time windows only: solomon, homberger, euro-neurips",
    );
  const orders = [...request.orders].sort((a, b) => Number(a.id) - Number(b.id));
  const rows = [shift.startPlace, ...orders.map(({ place }) => place!)].map((place) => travel.row(place));
  return {
    numbers: [0, ...orders.map(({ id }) => Number(id))],
    matrix: rows.map((from) => rows.map((to) => (from === to ? 0 : travel.duration(VehicleMode.CAR, from, to)))),
    windows: [
      [ticks(shift.time.start) - now, ticks(shift.time.end) - now],
      ...orders.map(({ windows: [window] }): [number, number] =>
        window ? [ticks(window.start) - now, ticks(window.end) - now] : [0, ticks(shift.time!.end) - now],
      ),
    ],
    service: [0, ...orders.map(({ serviceDuration }) => ticks(serviceDuration))],
    demand: [0, ...orders.map(({ loads }) => loads[0]?.amount ?? 0)],
    capacity: engineer.capacities[0]?.amount ?? orders.reduce((sum, { loads }) => sum + (loads[0]?.amount ?? 0), 0),
    vehicles: request.engineers.length,
  };
}
