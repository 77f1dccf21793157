// brand_certification: the maker's certificate is valid through the order's last window. Hard under the maker's warranty, else soft.
// Business reason: a device that a stranger opened loses its warranty.
import { EXPIRING_SCORE } from "../gen/curves";
import {
  brandClasses,
  brandHard,
  brands,
  brandWeight,
  engineerBrandFresh,
  engineerBrandUntil,
  engineerLastShift,
  engineers,
  NO_TIME,
  orderBrand,
  orderBrandClass,
  orderLastWindow,
  orderWarranty,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { FAILS_BRAND } from "./masks";
import { addClass, keepRows, setCell } from "./rows";
import { costOfScore, FULL } from "./score";

let kept: usize = 0;

export function buildBrandCertification(): void {
  kept = keepRows(brandClasses, true, true);
}

/** Adds mask bits and costs of the order's row. */
export function addBrandCertification(order: i32, masks: usize, costs: usize): void {
  addClass(kept, at(orderBrandClass, order), order, masks, costs, fill);
}

function fill(order: i32, masks: usize, costs: usize): void {
  const insists = brandHard == 1 || (brandHard == 0 && at(orderWarranty, order) == 1);
  for (let engineer = 0; engineer < engineers; engineer++) {
    const held = score(order, engineer);
    setCell(masks, engineer, insists && held == 0 ? FAILS_BRAND : 0);
    put(costs, engineer, costOfScore(brandWeight, held));
  }
}

function score(order: i32, engineer: i32): i32 {
  const lastWindow = at(orderLastWindow, order);
  const needed = lastWindow != NO_TIME ? lastWindow : at(engineerLastShift, engineer);
  const cell = engineer * brands + at(orderBrand, order);
  if (at(engineerBrandUntil, cell) < needed) return 0;
  return at(engineerBrandFresh, cell) < needed ? EXPIRING_SCORE : FULL;
}
