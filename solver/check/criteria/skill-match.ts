// skill_match: the engineer holds every skill the order asks for, valid to the end of its last window.
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { compareMoments } from "../clock.ts";

const latest = (moments: (Timestamp | undefined)[]): Timestamp | undefined =>
  moments.reduce((best, moment) => (!best || (moment && compareMoments(moment, best) > 0) ? moment : best), undefined);

/** True when the order's skill condition rules the engineer out. */
export function skillMatchExcludes(order: Order, engineer: Engineer): boolean {
  const asked = order.skills;
  if (!asked) return false;
  const until =
    order.windows.length > 0
      ? latest(order.windows.map((window) => window.end))
      : latest(engineer.shifts.map((shift) => shift.time?.end));
  const held = new Set(engineer.skills.map((skill) => skill.skillId));
  const valid = new Set(
    engineer.skills
      .filter(({ validUntil }) => !validUntil || !until || compareMoments(validUntil, until) >= 0)
      .map((skill) => skill.skillId),
  );
  return (
    !asked.allOf.every((id) => valid.has(id)) ||
    (asked.anyOf.length > 0 && !asked.anyOf.some((id) => valid.has(id))) ||
    asked.noneOf.some((id) => held.has(id))
  );
}
