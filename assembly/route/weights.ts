// The search's scalar cost: one weight for each measure, the levels of the objective scaled so that a level outweighs those after it.
import { searchWeight } from "../gen/layout";
import { at } from "../memory/cells";

export const UNASSIGNED: i32 = 0;
export const ENGINEERS_USED: i32 = 1;
export const DISTANCE: i32 = 2;
export const TRAVEL_TIME: i32 = 3;
export const WORKING_TIME: i32 = 4;
export const SOFT_COST: i32 = 5;
export const MEASURES: i32 = 6;

export let distanceWeight: i64 = 0;
export let travelWeight: i64 = 0;
/** Of a tick of working time, through WORKING_TIME and SOFT_COST. */
export let workWeight: i64 = 0;
export let softWeight: i64 = 0;
export let engineerWeight: i64 = 0;
/** Scalar cost of one unit of UNASSIGNED; set once alone costs are known. */
export let unassignedWeight: i64 = 0;

export function bindWeights(): void {
  engineerWeight = at(searchWeight, ENGINEERS_USED);
  distanceWeight = at(searchWeight, DISTANCE);
  travelWeight = at(searchWeight, TRAVEL_TIME);
  softWeight = at(searchWeight, SOFT_COST);
  workWeight = at(searchWeight, WORKING_TIME) + softWeight;
}

export function setUnassignedWeight(weight: i64): void {
  unassignedWeight = weight;
}
