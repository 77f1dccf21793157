// device_model_experience: repairs of the order's model in 180 days; those of its family count half. Soft.
import {
  deviceClasses,
  engineerExperienceFirst,
  engineerExperienceStated,
  engineers,
  experienceFamily,
  experienceHalf,
  experienceModel,
  experienceRepairs,
  experienceWeight,
  NONE,
  neutralScore,
  orderDeviceClass,
  orderFamily,
  orderModel,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { addClass, keepRows } from "./rows";
import { costOfScore, FULL, half } from "./score";

let kept: usize = 0;

export function buildDeviceExperience(): void {
  kept = keepRows(deviceClasses, false, true);
}

/** Adds the costs of the order's row. */
export function addDeviceExperience(order: i32, costs: usize): void {
  addClass(kept, at(orderDeviceClass, order), order, 0, costs, fill);
}

function fill(order: i32, _masks: usize, costs: usize): void {
  for (let engineer = 0; engineer < engineers; engineer++)
    put(costs, engineer, costOfScore(experienceWeight, score(order, engineer)));
}

function score(order: i32, engineer: i32): i32 {
  if (at(engineerExperienceStated, engineer) == 0) return neutralScore;
  const model = at(orderModel, order);
  const family = at(orderFamily, order);
  let halves: i64 = 0;
  const end = at(engineerExperienceFirst, engineer + 1);
  for (let row = at(engineerExperienceFirst, engineer); row < end; row++) {
    const repairs = <i64>at(experienceRepairs, row);
    if (model != NONE && at(experienceModel, row) == model) halves += 2 * repairs;
    else if (family != NONE && at(experienceFamily, row) == family) halves += repairs;
  }
  return FULL - half(halves, 2 * experienceHalf);
}
