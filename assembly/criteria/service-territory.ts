// service_territory: the order lies in the engineer's own territory; neighbours help out where the policy lets them. Hard or soft.
import {
  engineers,
  engineerTerritory,
  FOREIGN_TERRITORY,
  NEIGHBOUR_TERRITORY,
  neutralScore,
  OWN_TERRITORY,
  orderTerritoryClass,
  territories,
  territoryClasses,
  territoryHalf,
  territoryMode,
  territoryReach,
  territoryWeight,
  UNASKED_TERRITORY,
  UNKNOWN_TERRITORY,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { FAILS_TERRITORY } from "./masks";
import { addClass, keepRows, setCell } from "./rows";
import { costOfScore, FULL, half } from "./score";

const ONLY_OWN: i32 = 1;

/** Of the order at hand, by territory: mask bits and cost. */
let bits: usize = 0;
let prices: usize = 0;
let kept: usize = 0;

export function buildTerritory(): void {
  bits = allocate((<usize>territories) << 2);
  prices = allocate((<usize>territories) << 2);
  kept = keepRows(territoryClasses, true, true);
}

/** Adds mask bits and costs of the order's row. */
export function addTerritory(order: i32, masks: usize, costs: usize): void {
  addClass(kept, at(orderTerritoryClass, order), order, masks, costs, fill);
}

function fill(order: i32, masks: usize, costs: usize): void {
  for (let territory = 0; territory < territories; territory++) {
    const reach = at(territoryReach, order * territories + territory);
    put(bits, territory, ruledOut(reach) ? FAILS_TERRITORY : 0);
    put(prices, territory, costOfScore(territoryWeight, score(reach)));
  }
  for (let engineer = 0; engineer < engineers; engineer++) {
    const territory = at(engineerTerritory, engineer);
    setCell(masks, engineer, at(bits, territory));
    put(costs, engineer, at(prices, territory));
  }
}

function ruledOut(reach: i32): bool {
  if (territoryMode == 0) return false;
  return reach == FOREIGN_TERRITORY || (territoryMode == ONLY_OWN && (reach >= 0 || reach == NEIGHBOUR_TERRITORY));
}

function score(reach: i32): i32 {
  if (reach == OWN_TERRITORY || reach == UNASKED_TERRITORY) return FULL;
  if (reach == FOREIGN_TERRITORY) return 0;
  if (reach == UNKNOWN_TERRITORY) return neutralScore;
  return (reach == NEIGHBOUR_TERRITORY ? neutralScore : half(reach, territoryHalf)) / 2;
}
