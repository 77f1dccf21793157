import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  arrivalsFit,
  cancelledFit,
  durationsFit,
  leadFit,
  partMissingFit,
  phoneFaultsFit,
  requestHours,
  slotsFit,
} from "./fit.ts";
import * as fitted from "./fitted.ts";
import { type LadePickUp, parseLade } from "./lade.ts";

const HEAD =
  "order_id,region_id,city,courier_id,accept_time,time_window_start,time_window_end,lng,lat,aoi_id,aoi_type,pickup_time";
const row = (id: number, courier: number, accepted: string, from: string, pickedUp: string, area = 1) =>
  `${id},1,X,${courier},05-01 ${accepted}:00,05-01 ${from}:00,05-01 20:00:00,120.1,30.2,${area},14,05-01 ${pickedUp}:00`;
const pickUps = (...rows: string[]): LadePickUp[] => parseLade([HEAD, ...rows].join("\n"));

test("arrivals are the mean of two samples' shares", () => {
  // Half of the pick-ups at 8 and at 9, all requests at 9: 250 and 750; the one at 22 lies outside.
  const fit = arrivalsFit(
    pickUps(row(1, 1, "08:10", "11:00", "11:10"), row(2, 1, "09:10", "11:00", "11:20")),
    [9, 9, 22],
  );
  expect(fit.slice(0, 4)).toEqual([0, 250, 750, 0]);
  expect(fit).toHaveLength(13);
});

test("leads, slots and lengths are counted by hand", () => {
  const rows = pickUps(
    row(1, 1, "08:00", "09:00", "09:10"),
    row(2, 1, "08:30", "09:00", "09:20"),
    // Another courier in the same area, and the same courier elsewhere: no length of service.
    row(3, 2, "10:00", "11:00", "09:25"),
    row(4, 1, "10:00", "11:00", "09:30", 2),
    row(5, 1, "10:00", "11:00", "10:00", 2),
  );
  // 60, 30, 60, 60, 60.
  expect(leadFit(rows)).toEqual([30, 30, 60, 60, 60, 60, 60, 60, 60, 60]);
  expect(slotsFit(rows).map(({ weight }) => weight)).toEqual([2, 3, 0, 0, 0]);
  // 10 and 30 minutes: half and one and a half of their mean.
  expect(durationsFit(rows)).toEqual([50, 50, 50, 50, 50, 150, 150, 150, 150, 150]);
});

test("duplicates, faults and missing parts are counted", () => {
  expect(cancelledFit("status\nClosed\nClosed (Duplicate)\n")).toBe(500);
  expect(requestHours("created\n2010-01-01 07:30:00\n")).toEqual([7]);
  expect(phoneFaultsFit("fault_type\nScreen\nScreen\nPower/battery\nOther\n")).toEqual({
    screen: 2,
    battery: 1,
    port: 0,
  });
  const repairs =
    "repair_status,repair_barrier_if_end_of_life\nFixed,\nEnd of life,Spare parts not available\nUnknown,\nFixed,\nFixed,\n";
  expect(partMissingFit(repairs)).toBe(250);
});

// The sources, where somebody has brought them: docs/datasets.md.
const data = process.env.SHANPAI_DATA;
if (!data) console.warn("SHANPAI_DATA is not set: the figures of generated days are not compared with their sources");
describe.skipIf(!data)("figures of generated days", () => {
  const read = (file: string) => readFileSync(join(data ?? "", file), "utf8");

  test("are those of the sources", () => {
    const rows = ["hangzhou", "shanghai"].flatMap((city) => parseLade(read(`lade_pickup/${city}.csv`)));
    expect(arrivalsFit(rows, requestHours(read("service_311/sf311_sample.csv")))).toEqual(fitted.ARRIVALS);
    expect(leadFit(rows)).toEqual(fitted.LEADS);
    expect(slotsFit(rows)).toEqual(fitted.SLOTS);
    expect(durationsFit(rows)).toEqual(fitted.DURATIONS);
    expect(cancelledFit(read("service_311/baltimore311_sample.csv"))).toBe(fitted.CANCELLED);
    expect(phoneFaultsFit(read("openrepair/quests/mobifix.csv"))).toEqual(fitted.PHONE_FAULTS);
    expect(partMissingFit(read("openrepair/partners/RepairCafeWales_202507.csv"))).toBe(fitted.PART_MISSING);
  });
});
