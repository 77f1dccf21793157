// brand_certification: a certificate of the device's maker that is valid through the order's last window.
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { EXPIRING_SCORE } from "../../criteria.ts";
import { compareMoments } from "../clock.ts";

const DAY_S = 86_400n;

/** Score 0 to 10000; undefined when the order names no maker. */
export function brandCertificationScore(order: Order, engineer: Engineer, expiringDays: number): number | undefined {
  const brand = order.device?.brand ?? "";
  if (brand === "") return undefined;
  const ends = (order.windows.length > 0 ? order.windows : engineer.shifts.map((shift) => shift.time!)).map(
    (window) => window.end!,
  );
  const last = ends.reduce((a, b) => (compareMoments(b, a) > 0 ? b : a));
  const soon = { ...last, seconds: last.seconds + BigInt(expiringDays) * DAY_S };
  const through = (moment: Timestamp) =>
    engineer.brandCertificates.some(
      (held) => held.brand === brand && (!held.validUntil || compareMoments(held.validUntil, moment) >= 0),
    );
  if (!through(last)) return 0;
  return through(soon) ? 10_000 : EXPIRING_SCORE;
}

/** True when the engineer may not open the device: it is under warranty, or every maker insists. */
export function brandCertificationExcludes(order: Order, engineer: Engineer, everyBrand: boolean): boolean {
  const insists = everyBrand || (order.device?.manufacturerWarranty ?? false);
  return insists && brandCertificationScore(order, engineer, 0) === 0;
}
