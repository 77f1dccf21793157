// Folds the pair criteria once into a mask of failing criteria and a pair cost for every order and engineer.
import {
  engineers,
  orders,
  preferenceWeight,
  proficiencyWeight,
  skillHard,
  ticksPerSecond,
  vehicleHard,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { put } from "../memory/cells";
import { engineerPreference, preferenceExclusions } from "./engineer-preference";
import { EXCLUDED, proficiencyLevel } from "./proficiency-level";
import { skillMatch } from "./skill-match";
import { vehicleMode } from "./vehicle-mode";

export const FAILS_SKILL: i32 = 1;
export const FAILS_PROFICIENCY: i32 = 2;
export const FAILS_PREFERENCE: i32 = 4;
export const FAILS_ACCEPTANCE: i32 = 8;
export const FAILS_VEHICLE: i32 = 16;

/** u8: orders * engineers, row-major by order: bits of failing criteria, 0 = eligible. */
export let pairMask: usize = 0;
/** orders * engineers: ticks of soft cost. */
export let pairCost: usize = 0;

/** Equivalent ticks of a score: floor((W * (10000 - s) + 5000) / 10000) * ticksPerSecond. */
function costOfScore(weightS: i32, score: i32): i32 {
  return <i32>(((<i64>weightS * (10000 - score) + 5000) / 10000) * ticksPerSecond);
}

/** Computes mask and cost of every pair. */
export function foldPairs(): void {
  const cells = <usize>orders * <usize>engineers;
  pairMask = allocate(cells);
  pairCost = allocate(cells << 2);
  for (let order = 0; order < orders; order++) {
    for (let engineer = 0; engineer < engineers; engineer++) {
      let mask = 0;
      if (skillHard == 1 && !skillMatch(order, engineer)) mask |= FAILS_SKILL;
      const level = proficiencyLevel(order, engineer);
      if (level == EXCLUDED) mask |= FAILS_PROFICIENCY;
      const exclusions = preferenceExclusions(order, engineer);
      if ((exclusions & 1) != 0) mask |= FAILS_PREFERENCE;
      if ((exclusions & 2) != 0) mask |= FAILS_ACCEPTANCE;
      if (vehicleHard == 1 && !vehicleMode(order, engineer)) mask |= FAILS_VEHICLE;
      let cost = 0;
      if (level >= 0) cost += costOfScore(proficiencyWeight, level);
      const preference = engineerPreference(order, engineer);
      if (preference >= 0) cost += costOfScore(preferenceWeight, preference);
      store<u8>(pairMask + <usize>(order * engineers + engineer), mask);
      put(pairCost, order * engineers + engineer, cost);
    }
  }
}

/** Bits of failing criteria of the pair at `order * engineers + engineer`. */
export function maskAt(pair: i32): i32 {
  return load<u8>(pairMask + <usize>pair);
}

export function eligible(order: i32, engineer: i32): bool {
  return maskAt(order * engineers + engineer) == 0;
}
