// Random requests without parts, most of whose routes and orders the core evaluates in constant time: one window, no breaks, few limits.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Engineer, EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { Measure, ObjectiveSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Draws } from "./draws.ts";
import { richRequest, type Size } from "./rich-request.ts";

/** A request that validation accepts; half of the time all engineers are alike. */
export function plainRequest(draws: Draws, size: Size): AssignRequest {
  const { chance, one } = draws;
  const request = richRequest(draws, size, { broken: false });
  // Some measures know no time, so that routes are compared by their way alone.
  const last = one([Measure.DISTANCE, Measure.DISTANCE, Measure.TRAVEL_TIME, Measure.WORKING_TIME, Measure.SOFT_COST]);
  const measures = [Measure.UNASSIGNED, ...(chance(40) ? [Measure.ENGINEERS_USED] : []), last];
  request.objective = create(ObjectiveSchema, { levels: measures.map((measure) => ({ terms: [{ measure }] })) });
  const rich = one([0, 0, 10, 50]);
  const setups = chance(40);
  for (const order of request.orders) simplifyOrder(order, draws, rich, setups);
  for (const engineer of request.engineers) simplifyEngineer(engineer, draws, rich);
  if (chance(50)) {
    const [first] = request.engineers;
    request.engineers = request.engineers.map(({ id }) => create(EngineerSchema, { ...first!, id }));
  }
  return request;
}

function simplifyOrder(order: Order, { chance }: Draws, rich: number, setups: boolean): void {
  order.parts = [];
  order.toolIds = [];
  if (!setups) delete order.setupDuration;
  if (chance(80)) delete order.priceMinor;
  if (!chance(rich)) {
    order.windows.splice(1);
    delete order.latenessGrace;
  }
  if (chance(20)) return;
  delete order.skills;
  delete order.engineerPreference;
  order.proficiencies = [];
  order.declinedEngineerIds = [];
  order.vehicleAccess = [];
}

function simplifyEngineer(engineer: Engineer, { chance }: Draws, rich: number): void {
  if (chance(70)) engineer.shifts.splice(1);
  if (!chance(rich)) {
    delete engineer.maxLegDuration;
    for (const shift of engineer.shifts) {
      shift.breaks = [];
      delete shift.maxTravelDuration;
      delete shift.maxDistanceM;
      delete shift.maxWorkingDuration;
    }
  }
  if (chance(30)) return;
  delete engineer.maxOrders;
  for (const shift of engineer.shifts) delete shift.maxOrders;
}
