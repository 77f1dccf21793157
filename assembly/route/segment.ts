// Segments of a route joined in constant time: least duration with free departure (Savelsbergh 1992; Vidal et al. 2013).
//
// A segment is (duration d, earliest start e, latest start l): started in e..l it takes d, with windows kept and waiting inside d.
// Joining never adds waiting to the latest start: l = min(l1, l2 - delta).

export let segmentD: i32 = 0;
export let segmentE: i32 = 0;
export let segmentL: i32 = 0;

export function setSegment(d: i32, e: i32, l: i32): void {
  segmentD = d;
  segmentE = e;
  segmentL = l;
}

/** Appends segment (d, e, l) behind a leg of `edge` ticks to the current one; false when its latest start is missed. */
export function appendSegment(edge: i32, d: i32, e: i32, l: i32): bool {
  const delta = segmentD + edge;
  if (segmentE + delta > l) return false;
  const wait = max(e - delta - segmentL, 0);
  segmentD = delta + d + wait;
  segmentE = max(e - delta, segmentE) - wait;
  segmentL = min(l - delta, segmentL);
  return true;
}
