// Routes for requests that go in waves: vehicles of a wave leave the depot together and carry only what was known before.
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import type { EuroNeuripsInstance } from "../../datasets/euro-neurips.ts";
import { lengthOf, moment, windowOf } from "../../datasets/fields.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure, SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Assigner } from "../assigner.ts";

/** A request that goes with one of the waves; times in seconds. */
export interface WaveRequest {
  /** Unique among the requests of a call. */
  readonly id: number;
  readonly customer: number;
  readonly open: number;
  readonly close: number;
  readonly service: number;
  readonly demand: number;
  /** First and last wave it may go with, indices, both inclusive. */
  readonly firstWave: number;
  readonly lastWave: number;
}

/** A route and the wave it leaves with. */
export interface WaveRoute {
  readonly wave: number;
  readonly visits: readonly WaveRequest[];
}

/** How long to look; with iterations the same seed gives the same routes. */
export interface WaveBudget {
  readonly timeLimitMs?: number | undefined;
  readonly iterations?: number | undefined;
  readonly seed: number;
}

const TICKS = 1;

/** The routes of least driving that serve all `requests`; `departures` are the waves' in seconds, ascending. */
export async function solveWaves(
  instance: EuroNeuripsInstance,
  departures: readonly number[],
  requests: readonly WaveRequest[],
  budget: WaveBudget,
  assigner: Assigner,
): Promise<WaveRoute[]> {
  if (requests.length === 0) return [];
  const byId = new Map(requests.map((request) => [`${request.id}`, request]));
  for (let vehicles = fleetOf(instance, requests); ; vehicles = Math.min(2 * vehicles, requests.length)) {
    const { plan } = await assigner.assign(waveRequest(instance, departures, requests, vehicles, budget));
    const routes = (plan?.routes ?? []).map(({ engineerId, stops }) => ({
      wave: Number(engineerId.split("-")[0]),
      visits: stops.filter(({ kind }) => kind === Stop_Kind.SERVICE).map(({ orderId }) => byId.get(orderId)!),
    }));
    const absent = (plan?.unassigned ?? []).map(({ orderId }) => byId.get(orderId)!);
    if (absent.length === 0) return routes;
    // With a vehicle for each request only the time can have been too short: what is left goes alone, as early as it may.
    if (vehicles >= requests.length)
      return [...routes, ...absent.map((request) => ({ wave: request.firstWave, visits: [request] }))];
  }
}

/** Vehicles of each wave: half more than the load needs. The fleet is not limited, but empty vehicles are looked at in every insertion. */
function fleetOf({ capacity }: EuroNeuripsInstance, requests: readonly WaveRequest[]): number {
  const load = requests.reduce((sum, { demand }) => sum + demand, 0);
  return Math.min(requests.length, Math.ceil((1.5 * load) / capacity) + 4);
}

function waveRequest(
  instance: EuroNeuripsInstance,
  departures: readonly number[],
  requests: readonly WaveRequest[],
  vehicles: number,
  { timeLimitMs, iterations, seed }: WaveBudget,
): AssignRequest {
  const { nodes, durations } = instance;
  const customers = [0, ...new Set(requests.map(({ customer }) => customer))];
  const rowOf = new Map(customers.map((customer, row) => [customer, row]));
  const placeOf = (customer: number) =>
    create(PlaceSchema, {
      position: { case: "planar", value: { x: nodes[customer]!.x, y: nodes[customer]!.y } },
      matrixIndex: rowOf.get(customer)!,
    });
  const close = nodes[0]!.close;
  const search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.ROUTE, seed: BigInt(seed), workers: 1 });
  if (iterations !== undefined) search.iterations = BigInt(iterations);
  if (timeLimitMs !== undefined)
    search.timeLimit = create(DurationSchema, {
      seconds: BigInt(Math.floor(timeLimitMs / 1000)),
      nanos: Math.round(timeLimitMs % 1000) * 1_000_000,
    });
  // A wave is a skill, so that with one wave nothing has to be looked up.
  const several = departures.length > 1;
  return create(AssignRequestSchema, {
    now: moment(departures[0]!, TICKS),
    timeZone: "UTC",
    ticksPerSecond: TICKS,
    orders: requests.map((request) =>
      create(OrderSchema, {
        id: `${request.id}`,
        place: placeOf(request.customer),
        windows: [windowOf(request.open, request.close, TICKS)],
        serviceDuration: lengthOf(request.service, TICKS),
        loads: [{ dimension: "demand", amount: request.demand }],
        ...(several && { skills: { anyOf: wavesOf(request, departures.length) } }),
      }),
    ),
    engineers: departures.flatMap((departure, wave) =>
      Array.from({ length: vehicles }, (_, index) =>
        create(EngineerSchema, {
          id: `${wave}-${index}`,
          shifts: [{ time: windowOf(departure, close, TICKS), startPlace: placeOf(0), endPlace: placeOf(0) }],
          capacities: [{ dimension: "demand", amount: instance.capacity }],
          ...(several && { skills: [{ skillId: `${wave}` }] }),
        }),
      ),
    ),
    travel: {
      source: {
        case: "matrix",
        value: {
          matrices: [
            {
              size: customers.length,
              durations: customers.flatMap((from) => customers.map((to) => durations[from * nodes.length + to]!)),
            },
          ],
        },
      },
    },
    objective: {
      levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, { terms: [{ measure: Measure.TRAVEL_TIME }] }],
    },
    search,
  });
}

function wavesOf({ firstWave, lastWave }: WaveRequest, waves: number): string[] {
  const last = Math.min(lastWave, waves - 1);
  return Array.from({ length: last - firstWave + 1 }, (_, index) => `${firstWave + index}`);
}
