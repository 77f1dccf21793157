// The order of ids: by their UTF-8 bytes, so that the same request in any order gives the same plan.

/** Negative, 0 or positive, by the UTF-8 bytes of two well-formed texts. */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

const NO_IDS: readonly string[] = [];

/** The different ids in their order. */
export function sortedIds(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return NO_IDS;
  // Most lists are short, and most others are in order already.
  for (let at = 1; at < ids.length; at++)
    if (compareIds(ids[at - 1]!, ids[at]!) >= 0) return [...new Set(ids)].sort(compareIds);
  return ids.slice();
}

/** Brings the list into the order of its ids and returns it. */
export function sortById<T extends { readonly id: string }>(list: T[]): T[] {
  for (let at = 1; at < list.length; at++)
    if (compareIds(list[at - 1]!.id, list[at]!.id) > 0) return list.sort((a, b) => compareIds(a.id, b.id));
  return list;
}

/** UTF-16 code units in the order of UTF-8: surrogates, which stand for U+10000 and above, come after U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
