// Who serves an order and when, in words.
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Format } from "./format.ts";
import { momentOf } from "./stop-view.ts";

/** A visit as far as it is known. */
export interface SpokenVisit {
  readonly engineerId: string;
  readonly shiftIndex: number;
  /** Index in the route, from 0. */
  readonly position?: number;
  readonly start?: Timestamp | undefined;
}

/** `e7 #2 10:30`; nobody: `left out`. */
export function visitWords(visit: SpokenVisit | undefined, format: Format): string {
  if (!visit) return "left out";
  const shift = visit.shiftIndex > 0 ? ` shift ${visit.shiftIndex + 1}` : "";
  const place = visit.position === undefined ? "" : ` #${visit.position + 1}`;
  const start = visit.start ? ` ${format.clock(momentOf(visit.start))}` : "";
  return `${visit.engineerId}${shift}${place}${start}`;
}
