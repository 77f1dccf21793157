// Random requests in which most engineers may serve most orders and most orders can be served, so that orders compete for routes.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Draws } from "./draws.ts";
import { richRequest, type Size } from "./rich-request.ts";

/** As richRequest, with fewer reasons to leave an order out and no broken ones. */
export function openRequest(draws: Draws, size: Size): AssignRequest {
  const request = richRequest(draws, size, { broken: false });
  for (const order of request.orders) openOrder(order, draws);
  for (const engineer of request.engineers) openEngineer(engineer, draws);
  return request;
}

function openOrder(order: Order, { chance }: Draws): void {
  if (chance(60)) order.windows = [];
  if (chance(60)) order.parts = [];
  if (chance(70)) order.toolIds = [];
  if (chance(10)) return;
  order.operatingCentreId = "";
  order.declinedEngineerIds = [];
  order.vehicleAccess = [];
  order.proficiencies = [];
  delete order.skills;
  delete order.engineerPreference;
  delete order.previousVisit;
  if (order.device) order.device.manufacturerWarranty = false;
}

function openEngineer(engineer: Engineer, { chance }: Draws): void {
  if (chance(85)) engineer.operatingCentreId = "";
  if (chance(60)) delete engineer.maxLegDuration;
  for (const shift of engineer.shifts) {
    if (chance(60)) shift.breaks = [];
    if (chance(50)) delete shift.endPlace;
  }
}
