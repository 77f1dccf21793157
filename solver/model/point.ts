// Points on the earth and the H3 cells that they lie in.
import { getBaseCellNumber, getPentagons, latLngToCell } from "h3-js";

/** A point, degrees north and east. It remembers its cells out of sight: equal points stay equal wherever they are compared or written out. */
export class Point {
  readonly latitude: number;
  readonly longitude: number;
  #cells: Cell[] | undefined;

  constructor(latitude: number, longitude: number) {
    this.latitude = latitude;
    this.longitude = longitude;
  }

  /** The cell of a resolution. */
  cell(resolution: number): Cell {
    this.#cells ??= [];
    for (const known of this.#cells) if (known.resolution === resolution) return known;
    const cell = new Cell(latLngToCell(this.latitude, this.longitude, resolution));
    this.#cells.push(cell);
    return cell;
  }
}

/** The base cells that are pentagons. */
const PENTAGONS: ReadonlySet<number> = new Set(getPentagons(0).map(getBaseCellNumber));

/** The digit whose lowest bit this one is. */
const digitAt = (half: number, bit: number) => (half >>> bit) & 7;

/**
 * A cell with its coordinates on the grid around its base cell, which are those of `cellToLocalIj` from any origin of the same frame.
 * Bits of an index: https://h3geo.org/docs/core-library/h3Indexing
 */
export class Cell {
  /** H3 index. */
  readonly index: string;
  readonly resolution: number;
  /** Base cell and, on a pentagon, the first digit of the path to the cell that is not 0: with it the coordinate system turns. */
  readonly frame: number;
  readonly i: number;
  readonly j: number;

  constructor(index: string) {
    this.index = index;
    // From the top: resolution in 4 bits, base cell in 7, digits 1 to 7 in 3 each; then digits 8 to 15.
    const upper = Number.parseInt(index.slice(1, 9), 16);
    const lower = Number.parseInt(index.slice(9), 16);
    this.resolution = upper >>> 28;
    let i = 0;
    let j = 0;
    let leading = 0;
    for (let level = 1; level <= this.resolution; level++) {
      const digit = level <= 7 ? digitAt(upper, 21 - 3 * level) : digitAt(lower, 45 - 3 * level);
      if (leading === 0) leading = digit;
      // Every finer grid is turned, the odd ones to one side, the even ones to the other.
      const coarseI = i;
      if (level % 2 === 1) {
        i = 2 * i + j;
        j = 3 * j - coarseI;
      } else {
        i = 3 * i - j;
        j = coarseI + 2 * j;
      }
      i += DIGIT_I[digit]!;
      j += DIGIT_J[digit]!;
    }
    this.i = i;
    this.j = j;
    const base = (upper >>> 21) & 127;
    this.frame = 8 * base + (PENTAGONS.has(base) ? leading : 0);
  }
}

/** Steps of the digits of an index along both axes. */
const DIGIT_I = [0, -1, 0, -1, 1, 0, 1];
const DIGIT_J = [0, -1, 1, 0, 0, -1, 1];
