// Folds the pair criteria once into a mask of failing criteria and a pair cost for every order and engineer.
//
// One row of all engineers at a time, criterion by criterion: what depends on the engineer alone is one row for the whole request, what
// depends on the order's class is computed once for the class, and only the rest is computed pair by pair.
import { engineers, keptCost, keptEngineer, keptOrder, keptPairs, orders } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { acceptanceExclusions } from "./acceptance-rate";
import { addBrandCertification, buildBrandCertification } from "./brand-certification";
import { addContinuity } from "./continuity-of-service";
import { addCustomerAttributes, buildCustomerAttributes } from "./customer-attribute-preference";
import { addDeviceExperience, buildDeviceExperience } from "./device-model-experience";
import { addEngineerPreference } from "./engineer-preference";
import { addEngineerRow, buildEngineerRows } from "./engineer-rows";
import { addFirstTimeFix, buildFirstTimeFix } from "./first-time-fix-rate";
import { addProximity, buildProximity } from "./h3-proximity";
import { addPlanStability } from "./plan-stability";
import { addProficiency, buildProficiency } from "./proficiency-level";
import { budgetExclusions } from "./service-cost";
import { addTerritory, buildTerritory } from "./service-territory";
import { addSkillMatch, buildSkillMatch } from "./skill-match";
import { trustExclusions } from "./trust-limit";
import { addVehicleMode, buildVehicleMode } from "./vehicle-mode";

/** u16: orders * engineers, row-major by order: bits of failing criteria, 0 = eligible. */
export let pairMask: usize = 0;
/** orders * engineers: ticks of soft cost. */
export let pairCost: usize = 0;

/** Computes mask and cost of every pair. */
export function foldPairs(): void {
  const cells = <usize>orders * <usize>engineers;
  pairMask = allocate(cells << 1);
  pairCost = allocate(cells << 2);
  memory.fill(pairMask, 0, cells << 1);
  buildEngineerRows();
  buildProximity();
  buildTerritory();
  buildSkillMatch();
  buildProficiency();
  buildDeviceExperience();
  buildBrandCertification();
  buildCustomerAttributes();
  buildFirstTimeFix();
  buildVehicleMode();
  let masks = pairMask;
  let costs = pairCost;
  for (let order = 0; order < orders; order++) {
    addEngineerRow(order, costs);
    addProximity(order, costs);
    addTerritory(order, masks, costs);
    addSkillMatch(order, masks);
    addProficiency(order, masks, costs);
    addDeviceExperience(order, costs);
    addBrandCertification(order, masks, costs);
    addEngineerPreference(order, masks, costs);
    addCustomerAttributes(order, costs);
    addContinuity(order, masks, costs);
    addFirstTimeFix(order, costs);
    acceptanceExclusions(order, masks);
    addVehicleMode(order, masks);
    trustExclusions(order, masks);
    budgetExclusions(order, masks);
    addPlanStability(order, masks, costs);
    masks += (<usize>engineers) << 1;
    costs += (<usize>engineers) << 2;
  }
  for (let row = 0; row < keptPairs; row++) {
    const pair = at(keptOrder, row) * engineers + at(keptEngineer, row);
    store<u16>(pairMask + ((<usize>pair) << 1), 0);
    put(pairCost, pair, at(keptCost, row));
  }
}

/** Bits of failing criteria of the pair at `order * engineers + engineer`. */
export function maskAt(pair: i32): i32 {
  return load<u16>(pairMask + ((<usize>pair) << 1));
}

export function eligible(order: i32, engineer: i32): bool {
  return maskAt(order * engineers + engineer) == 0;
}
