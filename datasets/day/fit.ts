// What generated days take from real ones: figures computed from recorded pick-ups, service requests and repairs.
import { parse } from "csv-parse/sync";
import type { LadePickUp } from "./lade.ts";

/** Hours of arrival that are fitted, from the first to before the last. */
export const HOURS = [7, 20] as const;
const ZONE_S = 8 * 3600;
const DAY_S = 86_400;

const hourOf = (seconds: number) => Math.floor(((seconds + ZONE_S) % DAY_S) / 3600);
const sameDay = (a: number, b: number) => Math.floor((a + ZONE_S) / DAY_S) === Math.floor((b + ZONE_S) / DAY_S);

/** Parts per thousand of each hour of `HOURS`: the mean of two samples' shares. */
export function arrivalsFit(pickUps: readonly LadePickUp[], requestHours: readonly number[]): number[] {
  const accepted = pickUps
    .filter(({ accepted, windowStart }) => sameDay(accepted, windowStart))
    .map((row) => hourOf(row.accepted));
  const shares = [accepted, requestHours].map((hours) => {
    const inside = hours.filter((hour) => hour >= HOURS[0] && hour < HOURS[1]);
    return range(...HOURS).map((hour) => inside.filter((each) => each === hour).length / inside.length);
  });
  return shares[0]!.map((share, index) => Math.round(500 * (share + shares[1]![index]!)));
}

/** Minutes from an order to the begin of its window, same day: deciles 5 %, 15 % ... 95 %, at least 0. */
export function leadFit(pickUps: readonly LadePickUp[]): number[] {
  const leads = pickUps
    .filter(({ accepted, windowStart }) => sameDay(accepted, windowStart))
    .map(({ accepted, windowStart }) => Math.max(0, Math.round((windowStart - accepted) / 60)));
  return middlesOfTenths(leads);
}

/** First hours of promises and how often each was given. */
export function slotsFit(pickUps: readonly LadePickUp[]): { hour: number; weight: number }[] {
  return [9, 11, 13, 15, 17].map((hour) => ({
    hour,
    weight: pickUps.filter(({ windowStart }) => Math.floor(hourOf(windowStart) / 2) === Math.floor(hour / 2)).length,
  }));
}

/** Longest time between two pick-ups at one customer area that still counts as one visit. */
const SAME_VISIT_MIN = 30;

/**
 * How lengths of service spread, per cent of their mean: middles of tenths. From the times between two pick-ups in a row of one
 * courier in one area of interest, which are the nearest to a service time that the data have.
 */
export function durationsFit(pickUps: readonly LadePickUp[]): number[] {
  const byCourier = new Map<string, LadePickUp[]>();
  for (const row of pickUps) {
    const courier = `${row.region} ${row.courier}`;
    byCourier.set(courier, [...(byCourier.get(courier) ?? []), row]);
  }
  const gaps = [...byCourier.values()].flatMap((rows) => {
    const sorted = rows.toSorted((a, b) => a.pickedUp - b.pickedUp);
    return sorted.slice(1).flatMap((row, index) => {
      const before = sorted[index]!;
      const minutes = (row.pickedUp - before.pickedUp) / 60;
      return row.area === before.area && minutes > 0 && minutes <= SAME_VISIT_MIN ? [minutes] : [];
    });
  });
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return middlesOfTenths(gaps.map((gap) => Math.round((100 * gap) / mean)));
}

/** Hours at which requests of a 311 sample were made. */
export function requestHours(text: string): number[] {
  const rows = parse(text, { columns: true }) as { created: string }[];
  return rows.map(({ created }) => Number(created.slice(11, 13)));
}

/** Duplicates per thousand requests, which is how often a visit is called off. */
export function cancelledFit(text: string): number {
  const rows = parse(text, { columns: true }) as { status: string }[];
  return Math.round((1000 * rows.filter(({ status }) => status.includes("Duplicate")).length) / rows.length);
}

/** Phones brought in by fault: screens, batteries, ports. */
export function phoneFaultsFit(text: string): { screen: number; battery: number; port: number } {
  const rows = parse(text, { columns: true }) as { fault_type: string }[];
  const count = (fault: string) => rows.filter(({ fault_type }) => fault_type === fault).length;
  return { screen: count("Screen"), battery: count("Power/battery"), port: count("USB/charging port") };
}

/** Repairs per thousand that failed because a part could not be had. */
export function partMissingFit(text: string): number {
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  const known = rows.filter(({ repair_status }) => repair_status !== "Unknown");
  const missing = known.filter(({ repair_barrier_if_end_of_life: barrier }) => barrier === "Spare parts not available");
  return Math.round((1000 * missing.length) / known.length);
}

function range(from: number, end: number): number[] {
  return Array.from({ length: end - from }, (_, index) => from + index);
}

/** Ten equally likely values: those at 5 %, 15 % ... 95 % of the sorted ones. */
function middlesOfTenths(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return range(0, 10).map((tenth) => sorted[Math.floor(((tenth + 0.5) / 10) * sorted.length)]!);
}
