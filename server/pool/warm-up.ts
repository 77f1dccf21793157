// The first request of a worker should not pay for compiling the code: a small invented day is solved before it comes.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Core } from "../../solver/core.ts";
import { assign } from "../answer/assign.ts";

/** Orders of the day, enough for the loops over orders to be compiled. */
const ORDERS = 200;
const ENGINEERS = 20;
const ITERATIONS = 2000n;
const DAY = 36_000;

/** Takes a few tenths of a second. */
export async function warmUp(core: Core): Promise<void> {
  const forever = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };
  await assign(core, inventedDay(), forever);
}

function inventedDay(): AssignRequest {
  const moment = (seconds: number) => ({ seconds: BigInt(seconds) });
  const between = (start: number, end: number) => ({ start: moment(start), end: moment(end) });
  // Spread over a square by two numbers without a common period.
  const place = (index: number): MessageInitShape<typeof PlaceSchema> => ({
    position: { case: "planar", value: { x: (index * 379) % 1000, y: (index * 617) % 1000 } },
  });
  return create(AssignRequestSchema, {
    now: moment(0),
    timeZone: "UTC",
    ticksPerSecond: 1,
    orders: Array.from({ length: ORDERS }, (_, index) => ({
      id: `order-${index}`,
      place: place(index + 1),
      windows: [between((index * 97) % (DAY / 2), DAY)],
      serviceDuration: moment(600),
      loads: [{ dimension: "load", amount: 1 }],
    })),
    engineers: Array.from({ length: ENGINEERS }, (_, index) => ({
      id: `engineer-${index}`,
      capacities: [{ dimension: "load", amount: 20 }],
      shifts: [{ time: between(0, DAY), startPlace: place(0), endPlace: place(0) }],
    })),
    travel: { source: { case: "planar", value: {} } },
    search: { iterations: ITERATIONS, seed: 1n },
  });
}
