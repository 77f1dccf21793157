// Days from technician routing instances with release dates (Pillac, Gueret & Medaglia 2013) and from EURO-NeurIPS streams.
import { euroNeuripsRequest, parseEuroNeurips } from "../euro-neurips.ts";
import { parseStream } from "../euro-neurips-stream.ts";
import { lengthOf, lineError, linesOf, moment, scaled, windowOf } from "../fields.ts";
import { trspRequest } from "../trsp.ts";
import { TRSP_DIGITS } from "../trsp-instance.ts";
import { type RecordedDay, recordedDay } from "./day-file.ts";

const TICKS = 10 ** TRSP_DIGITS;

/**
 * A day of the instance in `text`: requests with a release date in `releases` (rows `ID RD`, -1 = known from the start) are created
 * then, the others are known when the day begins. Ids are node numbers, as in `trspRequest`. Throws with line and value.
 */
export function trspDay(text: string, releases: string): RecordedDay {
  const start = trspRequest(text);
  const rows = linesOf(releases).filter(({ text: row }) => !row.startsWith("#"));
  const header = rows.findIndex(({ text: row }) => /^ID\s+RD$/i.test(row));
  if (header < 0) throw new Error('no release dates: expected a line "ID RD"');
  const byId = new Map(start.orders.map((order) => [order.id, order]));
  const created = new Map<string, number>();
  for (const line of rows.slice(header + 1)) {
    const [id, date, ...more] = line.text.split(/\s+/);
    if (date === undefined || more.length > 0) throw lineError(line, `"${line.text}", expected ID and RD`);
    if (!byId.has(id!)) throw lineError(line, `ID is "${id}", expected a request of the instance`);
    if (date !== "-1") created.set(id!, scaled(line, "RD", date, TRSP_DIGITS, "up"));
  }
  start.orders = start.orders.filter(({ id }) => !created.has(id));
  return recordedDay(
    start,
    [...created].map(([id, ticks]) => ({
      time: moment(ticks, TICKS),
      event: { case: "orderCreated", value: byId.get(id)! },
    })),
  );
}

/**
 * A day of a EURO-NeurIPS stream: requests become known when their epoch begins, vehicles may leave from the first departure on. Each
 * has one route: the competition's own rules, with vehicles that leave together and carry only what was known, are in
 * `euro-neurips-epochs.ts`. Throws as the readers of instance and stream do.
 */
export function euroNeuripsDay(text: string, streamText: string): RecordedDay {
  const instance = parseEuroNeurips(text);
  const stream = parseStream(streamText, instance);
  const start = euroNeuripsRequest(text);
  const placeOf = new Map(start.orders.map(({ id, place }) => [Number(id), place!]));
  const depot = start.engineers[0]!.shifts[0]!;
  const first = stream.epochDuration * stream.startEpoch;
  depot.time = windowOf(first + stream.margin, instance.nodes[0]!.close, 1);
  const template = start.engineers[0]!;
  const load = stream.requests.reduce((sum, { demand }) => sum + demand, 0);
  const vehicles = Math.ceil((2 * load) / instance.capacity) + 4;
  start.now = moment(first, 1);
  start.engineers = Array.from({ length: vehicles }, (_, index) => ({ ...template, id: `${index + 1}` }));
  start.orders = [];
  return recordedDay(
    start,
    stream.requests.map(({ id, customer, epoch, open, close, service, demand }) => ({
      time: moment(stream.epochDuration * epoch, 1),
      event: {
        case: "orderCreated",
        value: {
          id: `${id}`,
          place: placeOf.get(customer)!,
          windows: [windowOf(open, close, 1)],
          serviceDuration: lengthOf(service, 1),
          loads: [{ dimension: "demand", amount: demand }],
        },
      },
    })),
  );
}
