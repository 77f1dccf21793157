// Grid distances between H3 cells, four engineers at once. Cells of one coordinate system lie on a grid with axes 120 degrees apart: so many
// steps are between two as the largest of the two differences and their difference. A class, because only its functions can be asked to be inlined.
import { orders } from "../gen/layout";
import { at } from "../memory/cells";

export class CellSteps {
  /** Steps from the order to one engineer, at most `most`; coordinates of the order lie by system in `cells`, those of engineers in `is` and `js`. */
  @inline static one(cells: usize, frames: usize, is: usize, js: usize, order: i32, engineer: i32, most: i32): i32 {
    const cell = CellSteps.cellOf(cells, frames, order, engineer);
    const di = load<i32>(cell) - at(is, engineer);
    const dj = load<i32>(cell, 4) - at(js, engineer);
    return min(most, max(max(abs(di), abs(dj)), abs(di - dj)));
  }

  /** The same of an engineer and the three behind; `oneFrame`: all are in one system. */
  @inline static four(
    cells: usize,
    frames: usize,
    is: usize,
    js: usize,
    order: i32,
    engineer: i32,
    most: i32,
    oneFrame: bool,
  ): v128 {
    const at4 = (<usize>engineer) << 2;
    let i: v128;
    let j: v128;
    if (oneFrame) {
      i = v128.load_splat<i32>(cells + ((<usize>order) << 3));
      j = v128.load_splat<i32>(cells + ((<usize>order) << 3), 4);
    } else {
      const a = CellSteps.cellOf(cells, frames, order, engineer);
      const b = CellSteps.cellOf(cells, frames, order, engineer + 1);
      const c = CellSteps.cellOf(cells, frames, order, engineer + 2);
      const d = CellSteps.cellOf(cells, frames, order, engineer + 3);
      i = i32x4(load<i32>(a), load<i32>(b), load<i32>(c), load<i32>(d));
      j = i32x4(load<i32>(a, 4), load<i32>(b, 4), load<i32>(c, 4), load<i32>(d, 4));
    }
    const di = i32x4.sub(i, v128.load(is + at4));
    const dj = i32x4.sub(j, v128.load(js + at4));
    const farther = i32x4.max_s(i32x4.abs(di), i32x4.abs(dj));
    return i32x4.min_s(i32x4.splat(most), i32x4.max_s(farther, i32x4.abs(i32x4.sub(di, dj))));
  }

  /** Address of the order's coordinates in the engineer's system; NO_TIME, where it has none, is farther than any. */
  @inline static cellOf(cells: usize, frames: usize, order: i32, engineer: i32): usize {
    return cells + ((<usize>at(frames, engineer) * orders + order) << 3);
  }
}
