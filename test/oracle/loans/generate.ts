// Tiny random requests in which the parts are with the wrong people; the same seed gives the same request.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { EngineerSchema, OperatingCentreSchema } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { Measure, type ObjectiveSchema } from "../../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { quietPolicy } from "../../quiet-policy.ts";
import { at, between, lasts, point } from "../build.ts";
import { type Draws, drawsOf } from "../generate.ts";

/** Places lie on a square of this many ticks a side. */
const SIDE = 40;
/** Shifts and windows lie in this many ticks. */
const DAY = 300;
const SKUS = ["A", "B"];

/** Three or four orders, two or three engineers, at most one centre, which is far off or poor. */
export function loanRequest(seed: number): AssignRequest {
  const draws = drawsOf(seed);
  const { chance, one, whole } = draws;
  const engineers = Array.from({ length: one([2, 3, 3]) }, (_, row) => engineer(draws, `e${row + 1}`));
  const ids = engineers.map(({ id }) => id);
  return create(AssignRequestSchema, {
    requestId: `loans-${seed}`,
    now: at(chance(20) ? whole(1, 40) : 0),
    timeZone: "UTC",
    currencyCode: "CNY",
    ticksPerSecond: 1,
    orders: Array.from({ length: one([3, 3, 4, 4]) }, (_, row) => order(draws, `o${row + 1}`, ids)),
    engineers,
    operatingCentres: chance(40) ? [centre(draws)] : [],
    travel: { source: { case: "planar", value: {} } },
    objective: objective(draws),
    policy: quietPolicy({
      criteria: [
        { id: "engineer_preference", weightS: whole(0, 60) },
        {
          id: "parts_borrowable",
          weightS: whole(0, 60),
          params: { hand_over_s: whole(1, 12), half_s: whole(10, 80), hubs_only: chance(10) ? 1 : 0 },
        },
      ],
    }),
    search: { iterations: 3000n, seed: BigInt(seed) },
  });
}

/** Sometimes on a coarse grid, so that orders and starts share places. */
const somewhere = ({ chance, whole }: Draws) =>
  chance(30) ? point(20 * whole(0, 2), 20 * whole(0, 2)) : point(whole(0, SIDE), whole(0, SIDE));

function order(draws: Draws, id: string, engineerIds: string[]): MessageInitShape<typeof OrderSchema> {
  const { chance, one, whole } = draws;
  const early = whole(0, DAY - 100);
  const late = early + whole(20, 200);
  const second = between(late + 20, late + 20 + whole(0, 60));
  return {
    id,
    place: somewhere(draws),
    windows: chance(30) ? [] : [between(early, late), ...(chance(10) ? [second] : [])],
    serviceDuration: lasts(whole(0, 25)),
    ...(chance(30) ? { setupDuration: lasts(whole(1, 6)) } : {}),
    ...(chance(15) ? { latenessGrace: lasts(whole(1, 19)) } : {}),
    ...(chance(30) ? { priority: whole(1, 3) } : {}),
    ...(chance(15) ? { priceMinor: BigInt(whole(50, 400)) } : {}),
    parts: SKUS.flatMap((sku) => (chance(65) ? [{ sku, quantity: 1 }] : [])),
    toolIds: chance(8) ? ["meter"] : [],
    ...(chance(65)
      ? {
          engineerPreference: chance(80)
            ? { requiredEngineerIds: [one(engineerIds)] }
            : { preferredEngineerIds: [one(engineerIds)] },
        }
      : {}),
  };
}

function engineer(draws: Draws, id: string): MessageInitShape<typeof EngineerSchema> & { id: string } {
  const { chance, one, whole } = draws;
  const start = whole(0, 30);
  const home = somewhere(draws);
  return {
    id,
    shifts: [
      {
        time: between(start, start + whole(180, DAY - 30)),
        startPlace: home,
        ...(chance(60) ? { endPlace: chance(80) ? home : somewhere(draws) } : {}),
        ...(chance(25) ? { maxOvertime: lasts(whole(1, 30)) } : {}),
        ...(chance(10) ? { maxOrders: whole(1, 3) } : {}),
        ...(chance(8) ? { maxTravelDuration: lasts(whole(80, 160)) } : {}),
        ...(chance(8) ? { maxDistanceM: BigInt(whole(80, 160)) } : {}),
      },
    ],
    toolIds: chance(60) ? ["meter"] : [],
    // Plenty with one, nothing with the other.
    stock: SKUS.flatMap((sku) =>
      chance(50)
        ? [{ sku, quantity: whole(1, 5), reserved: chance(20) ? 1 : 0, safetyStock: chance(20) ? one([1, 1, 2]) : 0 }]
        : [],
    ),
    ...(chance(95) ? { lending: { mayLend: chance(90), hub: chance(50) } } : {}),
    ...(chance(15) ? { partCapacity: whole(1, 4) } : {}),
    ...(chance(8) ? { maxLegDuration: lasts(whole(45, 58)) } : {}),
  };
}

function centre({ chance, whole }: Draws): MessageInitShape<typeof OperatingCentreSchema> {
  const opens = whole(0, 60);
  // Off the whole-numbered square, so that no order shares its place and a pick-up never saves a set-up.
  const away = chance(70) ? 2 * SIDE : SIDE;
  return {
    id: "c1",
    place: point(whole(0, away) + 0.5, whole(0, away) + 0.5),
    openingWindows: chance(30) ? [between(opens, opens + whole(60, 200))] : [],
    stock: SKUS.flatMap((sku) =>
      chance(75) ? [chance(30) ? { sku, unlimited: true } : { sku, quantity: whole(0, 2) }] : [],
    ),
    toolIds: chance(70) ? ["meter"] : [],
    pickDuration: lasts(whole(0, 10)),
  };
}

function objective(draws: Draws): MessageInitShape<typeof ObjectiveSchema> {
  const second = draws.one([undefined, undefined, Measure.WORKING_TIME, Measure.DISTANCE]);
  const measures = second === undefined ? [] : [Measure.UNASSIGNED, second];
  return { levels: measures.map((measure) => ({ terms: [{ measure }] })) };
}
