// Minor units of the currency, which need more than 32 bits: two words of a column.
import { at } from "../memory/cells";

/** No amount is stated. */
export const NO_MONEY: i64 = -1;

/** Minor units at `row` of a column of high and low words, NO_MONEY or below where there are none. */
export function moneyAt(column: usize, row: i32): i64 {
  const high = at(column, 2 * row);
  return high < 0 ? <i64>high : ((<i64>high) << 24) | <i64>at(column, 2 * row + 1);
}
