// vehicle_mode: the engineer's way of moving is one that gets to the customer. Hard.
import { engineerMode, orderAccess } from "../gen/layout";
import { at } from "../memory/cells";

/** True when the mode of `engineer` is among those that reach `order`. */
export function vehicleMode(order: i32, engineer: i32): bool {
  return ((at(orderAccess, order) >> at(engineerMode, engineer)) & 1) == 1;
}
