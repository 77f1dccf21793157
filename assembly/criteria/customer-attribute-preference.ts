// customer_attribute_preference: the engineer speaks a language of the customer's, and is of the gender asked for where that may be asked.
// Soft, and off by default: it is data about people.
import { OTHER_LANGUAGE_SCORE } from "../gen/curves";
import {
  attributeClasses,
  attributeWeight,
  engineerGender,
  engineerSpeaks,
  engineers,
  languageNeed,
  languages,
  NONE,
  neutralScore,
  orderAttributeClass,
  orderGender,
  orderLanguageFirst,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { addClass, keepRows } from "./rows";
import { costOfScore, FULL } from "./score";

let kept: usize = 0;

export function buildCustomerAttributes(): void {
  kept = keepRows(attributeClasses, false, true);
}

/** Adds the costs of the order's row. */
export function addCustomerAttributes(order: i32, costs: usize): void {
  addClass(kept, at(orderAttributeClass, order), order, 0, costs, fill);
}

function fill(order: i32, _masks: usize, costs: usize): void {
  for (let engineer = 0; engineer < engineers; engineer++)
    put(costs, engineer, costOfScore(attributeWeight, min(language(order, engineer), gender(order, engineer))));
}

function language(order: i32, engineer: i32): i32 {
  let score = FULL;
  const end = at(orderLanguageFirst, order + 1);
  for (let row = at(orderLanguageFirst, order); row < end; row++) {
    const speaks = at(engineerSpeaks, engineer * languages + at(languageNeed, row));
    if (speaks == 1) return FULL;
    score = speaks < 0 ? neutralScore : OTHER_LANGUAGE_SCORE;
  }
  return score;
}

function gender(order: i32, engineer: i32): i32 {
  const wanted = at(orderGender, order);
  if (wanted == NONE) return FULL;
  const stated = at(engineerGender, engineer);
  if (stated == NONE) return neutralScore;
  return stated == wanted ? FULL : 0;
}
