// vehicle_mode: the engineer's way of moving is one that gets to the customer. Hard.
import { accessClasses, engineerMode, engineers, orderAccess, orderAccessClass } from "../gen/layout";
import { at } from "../memory/cells";
import { FAILS_VEHICLE } from "./masks";
import { addClass, keepRows, setCell } from "./rows";

let kept: usize = 0;

export function buildVehicleMode(): void {
  kept = keepRows(accessClasses, true, false);
}

/** Adds the mask bits of the order's row. */
export function addVehicleMode(order: i32, masks: usize): void {
  addClass(kept, at(orderAccessClass, order), order, masks, 0, fill);
}

function fill(order: i32, masks: usize, _costs: usize): void {
  const access = at(orderAccess, order);
  for (let engineer = 0; engineer < engineers; engineer++) {
    const reaches = ((access >> at(engineerMode, engineer)) & 1) == 1;
    setCell(masks, engineer, reaches ? 0 : FAILS_VEHICLE);
  }
}
