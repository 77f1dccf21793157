// Distances of a plan, for problems whose search does without them: the core then has no distances of its own.
import { BORROW, BORROWER_START, LEND, ORDER_ROW, ROUTE_WORDS, STOP_WORDS } from "./decode.ts";
import type { EncodedProblem } from "./encode.ts";
import type { Problem } from "./model/problem.ts";

/** Writes the distances of all legs and routes into the words of a plan (assembly/route/plan.ts) and returns their sum. */
export function writeDistances(
  { travel, orders, centres }: Problem,
  encoded: EncodedProblem,
  words: Int32Array,
): number {
  let total = 0;
  const starts = startsOf(encoded, words);
  for (let from = 0; from < words.length; ) {
    const { engineer, shift } = encoded.routes[words[from]!]!;
    const end = from + ROUTE_WORDS + STOP_WORDS * words[from + 1]!;
    let place = shift.startRow;
    let sum = shift.head?.distance ?? 0;
    const go = (to: number | undefined) => {
      if (to === undefined || to === place) return 0;
      const metres = Math.max(0, travel.distance(engineer.mode, place, to));
      place = to;
      sum += metres;
      return metres;
    };
    for (let stop = from + ROUTE_WORDS; stop < end; stop += STOP_WORDS) {
      const kind = words[stop]!;
      const row = kind === 0 ? words[stop + 1]! & ORDER_ROW : words[stop + 1]!;
      if (kind === BORROW || kind === LEND) words[stop + 5] = go(orders[words[stop + 6]!]?.placeRow ?? starts.get(row));
      else words[stop + 5] = go([orders, centres, encoded.breaks][kind]![row]!.placeRow);
    }
    words[from + 9] = go(shift.endRow);
    words[from + 6] = sum;
    total += sum;
    from = end;
  }
  return total;
}

/** Where the route starts at whose start a meeting is, by the row of the order that it is for. */
function startsOf(encoded: EncodedProblem, words: Int32Array): Map<number, number> {
  const starts = new Map<number, number>();
  for (let from = 0; from < words.length; ) {
    const end = from + ROUTE_WORDS + STOP_WORDS * words[from + 1]!;
    for (let stop = from + ROUTE_WORDS; stop < end; stop += STOP_WORDS)
      if (words[stop] === (words[stop + 6] === BORROWER_START ? BORROW : LEND))
        starts.set(words[stop + 1]!, encoded.routes[words[from]!]!.shift.startRow);
    from = end;
  }
  return starts;
}
