// Which parts an order is served with: as it asks for them, or with substitutes. Each way to meet all its needs is a variant, the first as asked.
import { orders, orderVariantFirst, variantNeedFirst } from "../gen/layout";
import { allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";

/** True when an order has more than one variant. */
export let variantsOn: bool = false;
/** By order: the variant at hand, and its first row of the need table and the one after its last. */
export let variantOf: usize = 0;
export let needFrom: usize = 0;
export let needTo: usize = 0;

export function buildVariants(): void {
  const words = (<usize>(orders + 1)) << 2;
  variantOf = allocateZeroed(words);
  needFrom = allocateZeroed(words);
  needTo = allocateZeroed(words);
  variantsOn = false;
  for (let order = 0; order < orders; order++) {
    setVariant(order, 0);
    if (variantCount(order) > 1) variantsOn = true;
  }
}

export function variantCount(order: i32): i32 {
  return at(orderVariantFirst, order + 1) - at(orderVariantFirst, order);
}

export function setVariant(order: i32, variant: i32): void {
  const row = at(orderVariantFirst, order) + variant;
  put(variantOf, order, variant);
  put(needFrom, order, at(variantNeedFirst, row));
  put(needTo, order, at(variantNeedFirst, row + 1));
}

/** First row of the need table of all variants of the order, and the one after the last. */
export function variantsFrom(order: i32): i32 {
  return at(variantNeedFirst, at(orderVariantFirst, order));
}

export function variantsEnd(order: i32): i32 {
  return at(variantNeedFirst, at(orderVariantFirst, order + 1));
}
