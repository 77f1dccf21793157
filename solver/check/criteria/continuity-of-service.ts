// continuity_of_service: the engineer of a repair that held comes again; rework goes to the same or to another, senior one.
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { halved } from "../curves.ts";

const NANOS_A_DAY = 86_400_000_000_000n;
const SAME = 1;

export interface ContinuityRules {
  readonly halfDays: number;
  /** 0 none, 1 the same engineer, 2 another, senior one. */
  readonly rework: number;
  readonly seniorLevel: number;
}

const nanosOf = (moment: Timestamp) => moment.seconds * 1_000_000_000n + BigInt(moment.nanos);

/** Whether the rule for rework is kept; undefined when it does not apply. */
function reworkKept(order: Order, engineer: Engineer, rules: ContinuityRules): boolean | undefined {
  const visit = order.previousVisit;
  if (!visit || visit.engineerId === "" || !visit.rework || rules.rework === 0) return undefined;
  const same = visit.engineerId === engineer.id;
  return rules.rework === SAME ? same : !same && isSenior(order, engineer, rules.seniorLevel);
}

function isSenior(order: Order, engineer: Engineer, least: number): boolean {
  const asked = new Set([
    ...(order.skills?.allOf ?? []),
    ...(order.skills?.anyOf ?? []),
    ...order.proficiencies.map((need) => need.skillId),
  ]);
  return engineer.skills.some(({ skillId, level }) => (asked.size === 0 || asked.has(skillId)) && level >= least);
}

/** True when rework may not go to the engineer. */
export function continuityOfServiceExcludes(order: Order, engineer: Engineer, rules: ContinuityRules): boolean {
  return reworkKept(order, engineer, rules) === false;
}

/** Score 0 to 10000; undefined when nobody should rather come than others. */
export function continuityOfServiceScore(
  order: Order,
  engineer: Engineer,
  now: Timestamp,
  rules: ContinuityRules,
): number | undefined {
  const kept = reworkKept(order, engineer, rules);
  if (kept !== undefined) return kept ? 10_000 : 0;
  const visit = order.previousVisit;
  if (!visit || visit.engineerId === "" || !visit.held || !visit.finishedAt) return undefined;
  if (visit.engineerId !== engineer.id) return 0;
  const since = nanosOf(now) - nanosOf(visit.finishedAt);
  return halved(since < 0n ? 0 : Number(since / NANOS_A_DAY), rules.halfDays);
}
