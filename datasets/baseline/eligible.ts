// Who may serve an order at all, whatever the route: skills, hard levels, wishes about persons, refusals, access (docs/plan.md, hard rule 3).
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Day } from "./day.ts";

/** Whether the engineer may serve the order; a policy that switches rules off is not read. */
export function eligible(day: Day, order: Order, engineer: Engineer): boolean {
  return (
    skillsMatch(day, order, engineer) &&
    hardLevelsHeld(order, engineer) &&
    personAccepted(order, engineer.id) &&
    (order.vehicleAccess.length === 0 ||
      order.vehicleAccess.some((mode) => carIfUnspecified(mode) === carIfUnspecified(engineer.vehicleMode)))
  );
}

const carIfUnspecified = (mode: VehicleMode) => (mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode);

function skillsMatch(day: Day, order: Order, engineer: Engineer): boolean {
  if (!order.skills) return true;
  const { allOf, anyOf, noneOf } = order.skills;
  const ends =
    order.windows.length > 0
      ? order.windows.map((window) => day.ticks(window.end))
      : engineer.shifts.map((shift) => day.ticks(shift.time?.end));
  const until = Math.max(...ends);
  const held = new Set(engineer.skills.map((skill) => skill.skillId));
  const valid = new Set(
    engineer.skills
      .filter((skill) => !skill.validUntil || day.ticks(skill.validUntil) >= until)
      .map((skill) => skill.skillId),
  );
  return (
    allOf.every((id) => valid.has(id)) &&
    (anyOf.length === 0 || anyOf.some((id) => valid.has(id))) &&
    !noneOf.some((id) => held.has(id))
  );
}

function hardLevelsHeld(order: Order, engineer: Engineer): boolean {
  return order.proficiencies.every((wanted) => {
    if (!wanted.hard) return true;
    const skill = engineer.skills.find((each) => each.skillId === wanted.skillId);
    return skill !== undefined && (skill.level === 0 || skill.level >= wanted.level);
  });
}

function personAccepted(order: Order, engineerId: string): boolean {
  const wish = order.engineerPreference;
  return (
    !order.declinedEngineerIds.includes(engineerId) &&
    !wish?.excludedEngineerIds.includes(engineerId) &&
    (!wish || wish.requiredEngineerIds.length === 0 || wish.requiredEngineerIds.includes(engineerId))
  );
}
