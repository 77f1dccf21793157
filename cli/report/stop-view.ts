// One stop of an answer as people read it: its words, its moments in ms and its durations in seconds.
import { type Duration, durationMs, type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import type { Engineer, OperatingCentre, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place, TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Leg, type LegStep, PartSource, type Stop } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { lineOf } from "./leg-line.ts";
import { deviceWords, KIND_WORDS, labelWords, type StopKind } from "./words.ts";

/** First and last moment, ms, both inclusive. */
export type Span = readonly [number, number];

/** Travel in seconds and in metres (planar: coordinate units times ticks per second). */
export interface LegView {
  readonly duration: number;
  readonly distance: number;
  /** The way in longitude and latitude; empty where nobody described it. */
  readonly line: readonly (readonly [number, number])[];
  /** Turn-by-turn instructions; empty where none were asked for. */
  readonly instructions: readonly string[];
}

export interface StopView {
  /** Position in the route, from 1. */
  readonly number: number;
  readonly kind: StopKind;
  /** What it is called: the order's or the centre's id or name, whom a loan is to or from, or `break`. */
  readonly title: string;
  /** What else is known of it: device, address, labels. */
  readonly details: readonly string[];
  /** Parts consumed with their source, or parts and tools taken on or handed over; empty: none. */
  readonly parts: string;
  readonly place: Place | undefined;
  /** Moments in ms. */
  readonly arrival: number;
  readonly start: number;
  readonly departure: number;
  readonly leg: LegView;
  /** Seconds. */
  readonly setup: number;
  readonly waiting: number;
  readonly lateness: number;
  /** When it may begin, by the order's, centre's or break's windows; empty: always. */
  readonly windows: readonly Span[];
}

/** A stop and what it refers to, by id. */
export interface StopInput {
  readonly stop: Stop;
  readonly position: number;
  readonly path: string;
  readonly shift: Shift;
  /** Whose route it is in. */
  readonly engineerId: string;
  readonly orders: ReadonlyMap<string, Order>;
  readonly centres: ReadonlyMap<string, OperatingCentre>;
  readonly engineers: ReadonlyMap<string, Engineer>;
}

/** Joins a stop with what it refers to. Throws with the field's path where that is not in the request. */
export function viewStop(input: StopInput): StopView {
  const { stop, position, path } = input;
  const kind = known(KIND_WORDS[stop.kind], `${path}.kind`, stop.kind);
  return {
    number: position + 1,
    kind,
    ...wordsOf(kind, input),
    place: stop.place,
    arrival: momentOf(stop.arrival),
    start: momentOf(stop.start),
    departure: momentOf(stop.departure),
    leg: legOf(stop.leg),
    setup: secondsOf(stop.setup),
    waiting: secondsOf(stop.waiting),
    lateness: secondsOf(stop.lateness),
  };
}

function wordsOf(kind: StopKind, input: StopInput): Pick<StopView, "title" | "details" | "parts" | "windows"> {
  const { stop, path, shift, orders, centres, engineers } = input;
  const nameOf = (engineerId: string) => engineers.get(engineerId)?.name || engineerId;
  switch (kind) {
    case "service": {
      const order = known(orders.get(stop.orderId), `${path}.order_id`, stop.orderId);
      const parts = stop.parts.map((use) => {
        const source = {
          [PartSource.UNSPECIFIED]: "",
          [PartSource.ON_HAND]: "on hand",
          [PartSource.LOAN]: `loan from ${nameOf(use.lenderEngineerId)}`,
          [PartSource.CENTRE]: `from ${centres.get(use.operatingCentreId)?.name || use.operatingCentreId}`,
        }[use.source];
        return `${use.quantity} × ${use.sku} ${source}${use.substituteFor && ` (instead of ${use.substituteFor})`}`;
      });
      return {
        title: order.id,
        details: orderDetails(order),
        parts: parts.join("; "),
        windows: order.windows.map(spanOf),
      };
    }
    case "supply": {
      const centre = known(centres.get(stop.operatingCentreId), `${path}.operating_centre_id`, stop.operatingCentreId);
      const taken = [...stop.pickUps.map((part) => `${part.quantity} × ${part.sku}`), ...stop.toolIds];
      return {
        title: centre.name || centre.id,
        details: [centre.place?.address ?? ""].filter(Boolean),
        parts: taken.join("; "),
        windows: centre.openingWindows.map(spanOf),
      };
    }
    case "loan": {
      const { lenderEngineerId = "", borrowerEngineerId = "", parts = [] } = stop.loan ?? {};
      const lends = lenderEngineerId === input.engineerId;
      return {
        title: lends ? `lends to ${nameOf(borrowerEngineerId)}` : `borrows from ${nameOf(lenderEngineerId)}`,
        details: [stop.place?.address ?? ""].filter(Boolean),
        parts: parts.map((part) => `${part.quantity} × ${part.sku}`).join("; "),
        windows: [],
      };
    }
    case "break": {
      const rest = known(shift.breaks[stop.breakIndex], `${path}.break_index`, stop.breakIndex);
      return {
        title: rest.paid ? "paid break" : "break",
        details: [rest.place?.address ?? ""].filter(Boolean),
        parts: "",
        windows: rest.window === undefined ? [] : [spanOf(rest.window)],
      };
    }
  }
}

/** What is known of an order: device, address, labels. */
export function orderDetails(order: Order): string[] {
  return [deviceWords(order), order.place?.address ?? "", labelWords(order)].filter(Boolean);
}

/** A window's ends in ms. */
export function spanOf(window: TimeWindow): Span {
  return [momentOf(window.start), momentOf(window.end)];
}

/** The thing looked up; throws with the field's path and value where there is none. */
export function known<T>(found: T | undefined, path: string, value: string | number): T {
  if (found === undefined)
    throw new Error(
      `${path} ${JSON.stringify(value)} is not in the request: pass the request that this answer was made for`,
    );
  return found;
}

/** A moment in ms, 0 when absent. */
export function momentOf(moment: Timestamp | undefined): number {
  return moment === undefined ? 0 : timestampMs(moment);
}

/** A duration in seconds, 0 when absent. */
export function secondsOf(duration: Duration | undefined): number {
  return duration === undefined ? 0 : durationMs(duration) / 1000;
}

/** A leg in seconds and metres; no leg is no way at all. */
export function legOf(leg: Leg | undefined): LegView {
  return {
    duration: secondsOf(leg?.duration),
    distance: Number(leg?.distanceM ?? 0n),
    line: lineOf(leg),
    instructions: leg?.steps.map(instructionOf) ?? [],
  };
}

/** The words of a step, and how far it goes. */
function instructionOf({ instruction, distanceM }: LegStep): string {
  if (distanceM === 0n) return instruction;
  const metres = Number(distanceM);
  return `${instruction} · ${metres < 1_000 ? `${metres} m` : `${(metres / 1_000).toFixed(1)} km`}`;
}
