// The ledger of the current plan: its parts are those of its orders and centres, and locked stops can have what they need.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Route, type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Ids } from "./ids.ts";
import { type Path, type Report, show } from "./report.ts";

const settled = ({ lock }: Stop) => lock === Stop_Lock.STARTED || lock === Stop_Lock.DONE;
const inSequence = ({ lock }: Stop) => lock === Stop_Lock.SEQUENCE || lock === Stop_Lock.TIME;

/**
 * Reports parts of stops to come that nobody asks for or that name no centre or engineer, and locked stops whose parts are not there. What stops
 * that are not locked take is booked anew, so it may be more than there is: stock changes during a day. So do locked stops where the plan is
 * a running one, INSERT and REOPTIMIZE.
 */
export function checkLedger(request: AssignRequest, ids: Ids, report: Report): void {
  if (!request.currentPlan) return;
  const orders = new Map(request.orders.map((order) => [order.id, order]));
  const centres = new Map(request.operatingCentres.map((centre) => [centre.id, centre]));
  request.currentPlan.routes.forEach((route, row) => {
    route.stops.forEach((stop, at) => {
      if (!settled(stop)) checkSkus(stop, orders, centres, ids, ["currentPlan", "routes", row, "stops", at], report);
    });
  });
  // A running plan that has lost its parts is a plan after an event: the orders that it cannot serve any more are released.
  const { mode } = request.search ?? {};
  if (mode === SearchOptions_Mode.INSERT || mode === SearchOptions_Mode.REOPTIMIZE) return;
  for (const engineer of request.engineers) checkHeads(request, engineer, orders, centres, report);
}

function checkSkus(
  stop: Stop,
  orders: ReadonlyMap<string, Order>,
  centres: ReadonlyMap<string, OperatingCentre>,
  ids: Ids,
  path: Path,
  report: Report,
): void {
  const order = stop.kind === Stop_Kind.SERVICE ? orders.get(stop.orderId) : undefined;
  const asked = new Set(order?.parts.flatMap(({ sku, substituteSkus }) => [sku, ...substituteSkus]));
  stop.parts.forEach(({ sku, operatingCentreId, lenderEngineerId }, at) => {
    // An empty SKU of the order is reported there, and may be meant.
    if (order && sku !== "" && !asked.has("") && !asked.has(sku))
      report(
        [...path, "parts", at, "sku"],
        "UNKNOWN_SKU",
        `is no part that order ${show(order.id)} asks for: ${show(sku)}`,
      );
    if (operatingCentreId !== "" && !ids.centres.has(operatingCentreId))
      report(
        [...path, "parts", at, "operatingCentreId"],
        "UNKNOWN_CENTRE",
        `names no operating centre of the request: ${show(operatingCentreId)}`,
      );
    if (lenderEngineerId !== "" && !ids.engineers.has(lenderEngineerId))
      report(
        [...path, "parts", at, "lenderEngineerId"],
        "UNKNOWN_ENGINEER",
        `names no engineer of the request: ${show(lenderEngineerId)}`,
      );
  });
  const centre = stop.kind === Stop_Kind.SUPPLY ? centres.get(stop.operatingCentreId) : undefined;
  const stocked = new Set(centre?.stock.map(({ sku }) => sku));
  stop.pickUps.forEach(({ sku }, at) => {
    if (centre && sku !== "" && !stocked.has(sku))
      report([...path, "pickUps", at, "sku"], "UNKNOWN_SKU", `is not in the stock of ${show(centre.id)}: ${show(sku)}`);
  });
}

const unitsOf = (stock: readonly Stock[], sku: string) => {
  const row = stock.find((candidate) => candidate.sku === sku);
  if (!row) return 0;
  return row.unlimited ? Number.POSITIVE_INFINITY : row.quantity - row.reserved;
};

/** Locked stops come one after the other: their parts are in the van, or at the centre of a supply stop between them. */
function checkHeads(
  request: AssignRequest,
  engineer: Engineer,
  orders: ReadonlyMap<string, Order>,
  centres: ReadonlyMap<string, OperatingCentre>,
  report: Report,
): void {
  const taken = new Map<string, number>();
  const routes = [...(request.currentPlan?.routes ?? []).entries()].filter(
    ([, route]) => route.engineerId === engineer.id,
  );
  for (const [row, route] of routes) {
    const head = lockedHead(route);
    // Meetings hand parts over, too: what they give is checked where they are planned.
    if (head.some(({ stop }) => stop.kind === Stop_Kind.LOAN)) return;
    for (const { stop, at } of head) {
      const order = stop.kind === Stop_Kind.SERVICE ? orders.get(stop.orderId) : undefined;
      for (const { sku, quantity, substituteSkus } of order?.parts ?? []) {
        const before = head.filter((other) => other.at < at && other.stop.kind === Stop_Kind.SUPPLY);
        const there = (id: string) =>
          unitsOf(engineer.stock, id) +
          before.reduce((sum, { stop }) => sum + unitsOf(centres.get(stop.operatingCentreId)?.stock ?? [], id), 0);
        const left = there(sku) - (taken.get(sku) ?? 0);
        taken.set(sku, (taken.get(sku) ?? 0) + quantity);
        if (quantity <= left || substituteSkus.length > 0) continue;
        report(
          ["currentPlan", "routes", row, "stops", at, "orderId"],
          "LEDGER",
          `is locked and needs ${quantity} of ${show(sku)}, but there are ${Math.max(0, left)} for it in the van and at the supply stops before it`,
        );
      }
    }
  }
}

/** Stops to come up to the last one locked in its place. */
function lockedHead({ stops }: Route): { stop: Stop; at: number }[] {
  const last = stops.findLastIndex(inSequence);
  return stops.flatMap((stop, at) => (at <= last && !settled(stop) ? [{ stop, at }] : []));
}
