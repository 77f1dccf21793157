// The first requests of a worker should not pay for compiling the code: small invented days are solved before they come.
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Core } from "../../solver/core.ts";
import { assign } from "../answer/assign.ts";
import { decodeRequest } from "../answer/decode-request.ts";
import { encoderOf } from "../codec/encoder.ts";

/** Orders of the day, enough for the loops over orders to be compiled. */
const ORDERS = 200;
const ENGINEERS = 20;
const ITERATIONS = 2000n;
const DAY = 36_000;

/** Rounds of orders and engineers with all that a request of a city has, from message to message: the way of small requests. */
const ROUNDS = 6;
const ROUND_SIZE = 30;

/** Takes about half a second. */
export async function warmUp(core: Core): Promise<void> {
  const stopped = () => false;
  const forever = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped };
  const encode = encoderOf(AssignResponseSchema);
  // By way of bytes and the library's encoder: messages of another shape than those of callers would make all code that sees them slower.
  const answerTo = (bytes: Uint8Array) => assign(core, decodeRequest(bytes, stopped), { ...forever, bytes });
  answerTo(toBinary(AssignRequestSchema, inventedDay()));
  const city = toBinary(AssignRequestSchema, inventedRound());
  for (let round = 0; round < ROUNDS; round++) encode(answerTo(city));
}

const moment = (seconds: number) => ({ seconds: BigInt(seconds) });
const between = (start: number, end: number) => ({ start: moment(start), end: moment(end) });

function inventedDay(): AssignRequest {
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

function inventedRound(): AssignRequest {
  const place = (index: number): MessageInitShape<typeof PlaceSchema> => {
    const value = { latitude: 30 + ((index * 379) % 1000) / 10_000, longitude: 120 + ((index * 617) % 1000) / 10_000 };
    return { position: { case: "geo", value } };
  };
  const kind = (index: number) => `${index % 5}`;
  const rows = Array.from({ length: ROUND_SIZE }, (_, index) => index);
  const stock = rows.slice(0, 10).map((index) => ({ sku: `part-${index}`, quantity: 2 }));
  return create(AssignRequestSchema, {
    now: moment(0),
    timeZone: "UTC",
    currencyCode: "CNY",
    ticksPerSecond: 1,
    orders: rows.map((index) => ({
      id: `order-${index}`,
      place: place(index + 1),
      windows: [between((index * 97) % (DAY / 2), DAY)],
      serviceDuration: moment(1800),
      operatingCentreId: "centre",
      device: { brand: kind(index), family: kind(index), model: `model-${index}` },
      skills: { allOf: [`skill-${kind(index)}`] },
      proficiencies: [{ skillId: `skill-${kind(index)}`, level: 3 }],
      parts: [{ sku: `part-${index % 12}`, quantity: 1 }],
      toolIds: [`tool-${kind(index)}`],
      customerAttributes: { languages: ["zh"] },
    })),
    engineers: rows.map((index) => ({
      id: `engineer-${index}`,
      shifts: [
        {
          time: between(0, DAY),
          startPlace: place(index + 100),
          endPlace: place(index + 100),
          breaks: [{ window: between(DAY / 3, DAY / 2), duration: moment(1800), priceMinor: 3000n }],
        },
      ],
      operatingCentreId: "centre",
      skills: [index, index + 1, index + 2].map((skill) => ({ skillId: `skill-${kind(skill)}`, level: 4 })),
      brandCertificates: [{ brand: kind(index) }, { brand: kind(index + 1) }],
      toolIds: [`tool-${kind(index)}`, `tool-${kind(index + 1)}`],
      stock: stock.slice(index % 5),
      deviceExperience: [{ family: kind(index), repairs: 9 }],
      rating: { stars: 4.5, count: 80 },
      onTime: { successes: 90, total: 100 },
      firstTimeFixes: [{ family: kind(index), rate: { successes: 80, total: 100 } }],
      acceptance: { own: { successes: 8, total: 10 }, peers: { successes: 7, total: 10 } },
      languages: ["zh"],
      wagePerHourMinor: 3000n,
      costPerKmMinor: 80n,
    })),
    operatingCentres: [
      {
        id: "centre",
        place: place(0),
        openingWindows: [between(0, DAY)],
        stock: rows.slice(0, 12).map((index) => ({ sku: `part-${index}`, quantity: 9 })),
        toolIds: rows.slice(0, 5).map((index) => `tool-${index}`),
        pickDuration: moment(600),
      },
    ],
    search: { mode: SearchOptions_Mode.MATCH, seed: 1n },
  });
}
