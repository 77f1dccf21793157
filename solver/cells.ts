// H3 cells of orders and engineers on grids where their distance is arithmetic.
//
// Coordinates of `cellToLocalIj` depend only on the base cell of their origin (and, on a pentagon, on its leading digit). So all
// engineers of one base cell share one coordinate system, and the difference of coordinates is exactly H3's gridDistance.
import {
  cellToLocalIj,
  cellToParent,
  getBaseCellNumber,
  getHexagonEdgeLengthAvg,
  gridDistance,
  isPentagon,
  latLngToCell,
  UNITS,
} from "h3-js";
import type { Point } from "./model/criteria-inputs.ts";
import { greatCircleMetres, unitVector } from "./travel/great-circle.ts";

/** Coordinates of cells in the systems of the engineers, and the pairs that no system holds. */
export interface CellGrid {
  readonly frames: number;
  /** By frame and order: i and j, or undefined. */
  readonly orders: readonly (readonly ({ readonly i: number; readonly j: number } | undefined)[])[];
  readonly engineers: readonly { readonly frame: number; readonly i: number; readonly j: number }[];
  /** Rows by order: pairs without coordinates that are nearer than `worst`. */
  readonly pairs: readonly (readonly { readonly engineer: number; readonly steps: number }[])[];
}

/** The grid of no points. */
export const NO_CELLS: CellGrid = { frames: 0, orders: [], engineers: [], pairs: [] };

const cellsOf = new WeakMap<Point, string[]>();

/** Cell of a point; asked again, it is remembered. */
export function cellOf(point: Point, resolution: number): string {
  let cells = cellsOf.get(point);
  if (cells === undefined) {
    cells = [];
    cellsOf.set(point, cells);
  }
  cells[resolution] ??= latLngToCell(point.latitude, point.longitude, resolution);
  return cells[resolution];
}

/** Grid distance between the cells of two points; by great circle where H3 knows none. */
export function cellSteps(a: Point, b: Point, resolution: number): number {
  try {
    return gridDistance(cellOf(a, resolution), cellOf(b, resolution));
  } catch {
    return stepsByMetres(a, b, resolution);
  }
}

/** Neighbouring cells are the square root of 3 edges apart. */
function stepsByMetres(a: Point, b: Point, resolution: number): number {
  const apart = Math.sqrt(3) * getHexagonEdgeLengthAvg(resolution, UNITS.m);
  return Math.floor(greatCircleMetres(vector(a), vector(b)) / apart + 0.5);
}

const vector = ({ latitude, longitude }: Point) => unitVector(latitude, longitude);

/** Grid coordinates of all points; `worst` is the distance from which on it does not matter. */
export function cellGrid(
  orders: readonly Point[],
  engineers: readonly Point[],
  resolution: number,
  worst: number,
): CellGrid {
  const orderCells = orders.map((point) => cellOf(point, resolution));
  const frameRows = new Map<string, number>();
  const origins: string[] = [];
  const engineerRows = engineers.map((point) => {
    const cell = cellOf(point, resolution);
    const key = frameKey(cell);
    let frame = frameRows.get(key);
    if (frame === undefined) {
      frame = origins.push(cell) - 1;
      frameRows.set(key, frame);
    }
    const own = localIj(cell, cell);
    return { frame, i: own?.i ?? 0, j: own?.j ?? 0 };
  });
  const different = [...new Set(orderCells)];
  const numbers = new Map(different.map((cell, number) => [cell, number]));
  let isComplete = true;
  const coordinates = origins.map((origin) => {
    const found = different.map((cell) => localIj(origin, cell));
    if (found.includes(undefined)) isComplete = false;
    return orderCells.map((cell) => found[numbers.get(cell)!]);
  });
  const pairs = orders.map((order, row) =>
    isComplete || coordinates.every((frame) => frame[row] !== undefined)
      ? []
      : engineers.flatMap((engineer, index) => {
          if (coordinates[engineerRows[index]!.frame]![row] !== undefined) return [];
          const steps = cellSteps(engineer, order, resolution);
          return steps < worst ? [{ engineer: index, steps }] : [];
        }),
  );
  return { frames: origins.length, orders: coordinates, engineers: engineerRows, pairs };
}

function localIj(origin: string, cell: string): { i: number; j: number } | undefined {
  try {
    return cellToLocalIj(origin, cell);
  } catch {
    return undefined;
  }
}

/** By number of a base cell whether it is one of the 12 pentagons. */
const pentagons = new Map<number, boolean>();

/** Equal for cells whose coordinate systems are the same. */
function frameKey(cell: string): string {
  const base = getBaseCellNumber(cell);
  let pentagon = pentagons.get(base);
  if (pentagon === undefined) {
    pentagon = isPentagon(cellToParent(cell, 0));
    pentagons.set(base, pentagon);
  }
  return pentagon ? `${base}/${leadingDigit(cell)}` : `${base}`;
}

/** First digit of the cell's path that is not 0: bits 42 to 44 of the index hold the first, the next are below it. */
function leadingDigit(cell: string): number {
  const index = BigInt(`0x${cell}`);
  for (let shift = 42n; shift >= 0n; shift -= 3n) {
    const digit = Number((index >> shift) & 7n);
    if (digit !== 0) return digit;
  }
  return 0;
}
