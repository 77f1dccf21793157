// vehicle_mode: the engineer moves in a way that gets to the order.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../../proto/gen/shanpai/dispatch/v1/place_pb.ts";

const read = (mode: VehicleMode) => (mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode);

/** True when the order names ways to get there and the engineer's is not among them. */
export function vehicleModeExcludes(order: Order, engineer: Engineer): boolean {
  return order.vehicleAccess.length > 0 && !order.vehicleAccess.map(read).includes(read(engineer.vehicleMode));
}
