// Who lends parts in a generated city.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { CriterionMode, PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** `consent`: whoever consents; `hubs`: of these, who carries much; `none`: nobody. */
export const LENDERS = ["consent", "hubs", "none"] as const;
export type Lenders = (typeof LENDERS)[number];

/** One in this many of a trade is a hub. */
const TRADE_PER_HUB = 5;

/** Sets who lends; `consent` leaves the day as it is. */
export function setLenders(request: AssignRequest, lenders: Lenders): void {
  if (lenders === "consent") return;
  const id = "parts_borrowable";
  if (lenders === "none") {
    request.policy = create(PolicySchema, { criteria: [{ id, mode: CriterionMode.OFF }] });
    return;
  }
  const hubs = new Set(hubsOf(request.engineers));
  for (const engineer of request.engineers) engineer.lending!.hub = hubs.has(engineer);
  request.policy = create(PolicySchema, { criteria: [{ id, params: { hubs_only: 1 } }] });
}

/** Of each centre and trade the fifth, rounded up, with most units to lend among those who consent. */
function hubsOf(engineers: readonly Engineer[]): Engineer[] {
  const groups = new Map<string, Engineer[]>();
  for (const engineer of engineers) {
    const key = `${engineer.operatingCentreId} ${engineer.labels.trade}`;
    groups.set(key, [...(groups.get(key) ?? []), engineer]);
  }
  return [...groups.values()].flatMap((group) =>
    group
      .filter(({ lending }) => lending?.mayLend)
      // Equal ones stay in the order of their ids.
      .sort((a, b) => spareUnits(b) - spareUnits(a))
      .slice(0, Math.ceil(group.length / TRADE_PER_HUB)),
  );
}

const spareUnits = ({ stock }: Engineer) =>
  stock.reduce((sum, { quantity, reserved, safetyStock }) => sum + Math.max(0, quantity - reserved - safetyStock), 0);
