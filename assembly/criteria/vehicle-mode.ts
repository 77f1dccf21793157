// vehicle_mode: the engineer's way of moving is one that gets to the customer. Hard.
import { accessClasses, engineerMode, engineers, NONE, orderAccess, orderAccessClass } from "../gen/layout";
import { at } from "../memory/cells";
import { FAILS_VEHICLE } from "./masks";
import { classMask, classMasks, KEPT_CLASSES, orRow, setCell } from "./rows";

let masksOf: usize = 0;
let made: i32 = 0;

export function buildVehicleMode(): void {
  masksOf = classMasks(accessClasses);
  made = 0;
}

/** Adds the mask bits of the order's row. */
export function addVehicleMode(order: i32, masks: usize): void {
  const index = at(orderAccessClass, order);
  if (index == NONE) return;
  const row = classMask(masksOf, index);
  if (index >= made || index >= KEPT_CLASSES) {
    made = max(made, index + 1);
    const access = at(orderAccess, order);
    for (let engineer = 0; engineer < engineers; engineer++) {
      const reaches = ((access >> at(engineerMode, engineer)) & 1) == 1;
      setCell(row, engineer, reaches ? 0 : FAILS_VEHICLE);
    }
  }
  orRow(masks, row);
}
