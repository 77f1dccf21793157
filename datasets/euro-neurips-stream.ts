// Reads the dynamic streams of the EURO Meets NeurIPS 2022 competition: which request of an instance becomes known in which epoch.
import { z } from "zod";
import type { EuroNeuripsInstance } from "./euro-neurips.ts";

/** A request of a stream; times in seconds. */
export interface StreamRequest {
  /** Unique in its stream, > 0. */
  readonly id: number;
  /** Number of its customer in the instance: its row and column of the durations. */
  readonly customer: number;
  /** It becomes known when this epoch begins. */
  readonly epoch: number;
  /** Service may begin from `open` to `close`, both inclusive. */
  readonly open: number;
  readonly close: number;
  readonly service: number;
  readonly demand: number;
}

/** The requests of one run, in the order in which they become known. */
export interface Stream {
  readonly instance: string;
  /** Seed with which the organisers drew it. */
  readonly seed: number;
  /** First and last epoch, both inclusive. */
  readonly startEpoch: number;
  readonly endEpoch: number;
  /** Epoch e begins at e times this, seconds. */
  readonly epochDuration: number;
  /** Vehicles leave this long after the begin of their epoch, seconds. */
  readonly margin: number;
  readonly requests: readonly StreamRequest[];
}

const COLUMNS = ["request_id", "customer_idx", "epoch", "tw_open", "tw_close", "service", "demand"] as const;
const whole = z.int().min(0);
const schema = z.object({
  instance: z.string(),
  seed: whole,
  start_epoch: whole,
  end_epoch: whole,
  epoch_duration: z.int().min(1),
  margin_dispatch: whole,
  columns: z.array(z.string()),
  requests: z.array(z.array(whole)),
});

/** Reads a stream of `instance` in JSON; throws with the field and the value where it breaks the format. */
export function parseStream(text: string, { nodes, capacity }: EuroNeuripsInstance): Stream {
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
  const { instance, seed, start_epoch, end_epoch, epoch_duration, margin_dispatch, columns, requests } = parsed.data;
  if (columns.join() !== COLUMNS.join()) throw new Error(`columns: "${columns}", expected "${COLUMNS}"`);
  if (end_epoch < start_epoch) throw new Error(`end_epoch: ${end_epoch} is before start_epoch ${start_epoch}`);
  const ids = new Set<number>();
  return {
    instance,
    seed,
    startEpoch: start_epoch,
    endEpoch: end_epoch,
    epochDuration: epoch_duration,
    margin: margin_dispatch,
    requests: requests.map((row, index) => {
      const refuse = (column: string, value: unknown, expected: string) =>
        new Error(`requests[${index}].${column}: ${value}, expected ${expected}`);
      if (row.length !== COLUMNS.length) throw refuse("length", row.length, `${COLUMNS.length} values`);
      const [id, customer, epoch, open, close, service, demand] = row as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      if (ids.has(id)) throw refuse("request_id", id, "each once");
      ids.add(id);
      if (customer < 1 || customer >= nodes.length) throw refuse("customer_idx", customer, `1 to ${nodes.length - 1}`);
      if (epoch < start_epoch || epoch > end_epoch) throw refuse("epoch", epoch, `${start_epoch} to ${end_epoch}`);
      if (close < open) throw refuse("tw_close", close, `at least tw_open ${open}`);
      if (demand > capacity) throw refuse("demand", demand, `at most the capacity ${capacity}`);
      return { id, customer, epoch, open, close, service, demand };
    }),
  };
}
