// The order of ids: by their UTF-8 bytes, so that the same request in any order gives the same plan.

/** Negative, 0 or positive, by the UTF-8 bytes of two well-formed texts. */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-16 code units in the order of UTF-8: surrogates, which stand for U+10000 and above, come after U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
