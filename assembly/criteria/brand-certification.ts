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
  NONE,
  orderBrand,
  orderBrandClass,
  orderLastWindow,
  orderWarranty,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { FAILS_BRAND } from "./masks";
import { addRow, classMask, classMasks, classRow, classRows, KEPT_CLASSES, orRow, setCell } from "./rows";
import { costOfScore, FULL } from "./score";

let masksOf: usize = 0;
let costsOf: usize = 0;
let made: i32 = 0;

export function buildBrandCertification(): void {
  masksOf = classMasks(brandClasses);
  costsOf = classRows(brandClasses);
  made = 0;
}

/** Adds mask bits and costs of the order's row. */
export function addBrandCertification(order: i32, masks: usize, costs: usize): void {
  const index = at(orderBrandClass, order);
  if (index == NONE) return;
  const classMasksRow = classMask(masksOf, index);
  const classCosts = classRow(costsOf, index);
  if (index >= made || index >= KEPT_CLASSES) {
    made = max(made, index + 1);
    const insists = brandHard == 1 || (brandHard == 0 && at(orderWarranty, order) == 1);
    for (let engineer = 0; engineer < engineers; engineer++) {
      const held = score(order, engineer);
      setCell(classMasksRow, engineer, insists && held == 0 ? FAILS_BRAND : 0);
      put(classCosts, engineer, costOfScore(brandWeight, held));
    }
  }
  orRow(masks, classMasksRow);
  addRow(costs, classCosts);
}

function score(order: i32, engineer: i32): i32 {
  const lastWindow = at(orderLastWindow, order);
  const needed = lastWindow != NO_TIME ? lastWindow : at(engineerLastShift, engineer);
  const cell = engineer * brands + at(orderBrand, order);
  if (at(engineerBrandUntil, cell) < needed) return 0;
  return at(engineerBrandFresh, cell) < needed ? EXPIRING_SCORE : FULL;
}
