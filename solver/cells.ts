// H3 cells of orders and engineers on grids where their distance is arithmetic.
//
// Coordinates of `cellToLocalIj` depend only on the frame of their origin: model/point.ts. So all engineers of one frame share one
// coordinate system, and the difference of coordinates is exactly H3's gridDistance.
import { cellToLocalIj, getHexagonEdgeLengthAvg, gridDistance, UNITS } from "h3-js";
import type { Cell, Point } from "./model/point.ts";
import { greatCircleMetres, unitVector } from "./travel/great-circle.ts";

interface Coordinates {
  readonly i: number;
  readonly j: number;
}

/** Coordinates of cells in the systems of the engineers, and the pairs that no system holds. */
export interface CellGrid {
  readonly frames: number;
  /** By frame and order: i and j, or undefined. */
  readonly orders: readonly (readonly (Coordinates | undefined)[])[];
  readonly engineers: readonly ({ readonly frame: number } & Coordinates)[];
  /** Rows by order: pairs without coordinates that are nearer than `worst`. */
  readonly pairs: readonly (readonly { readonly engineer: number; readonly steps: number }[])[];
}

/** The grid of no points. */
export const NO_CELLS: CellGrid = { frames: 0, orders: [], engineers: [], pairs: [] };

/** Grid distance between the cells of two points; by great circle where H3 knows none. */
export function cellSteps(a: Point, b: Point, resolution: number): number {
  const [from, to] = [a.cell(resolution), b.cell(resolution)];
  if (from.frame === to.frame) return stepsBetween(from, to);
  try {
    return gridDistance(from.index, to.index);
  } catch {
    return stepsByMetres(a, b, resolution);
  }
}

/** Steps between two cells of one frame: its axes are 120 degrees apart. */
function stepsBetween(from: Coordinates, to: Coordinates): number {
  const i = from.i - to.i;
  const j = from.j - to.j;
  return Math.max(Math.abs(i), Math.abs(j), Math.abs(i - j));
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
  const frames = new Map<number, number>();
  const origins: Cell[] = [];
  const engineerRows = engineers.map((point) => {
    const cell = point.cell(resolution);
    let frame = frames.get(cell.frame);
    if (frame === undefined) {
      frame = origins.push(cell) - 1;
      frames.set(cell.frame, frame);
    }
    return { frame, i: cell.i, j: cell.j };
  });
  const orderCells = orders.map((point) => point.cell(resolution));
  let isComplete = true;
  const coordinates = origins.map((origin) => {
    const strange = new Map<string, Coordinates | undefined>();
    return orderCells.map((cell) => {
      if (cell.frame === origin.frame) return cell;
      if (!strange.has(cell.index)) strange.set(cell.index, localIj(origin.index, cell.index));
      const found = strange.get(cell.index);
      if (found === undefined) isComplete = false;
      return found;
    });
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

function localIj(origin: string, cell: string): Coordinates | undefined {
  try {
    return cellToLocalIj(origin, cell);
  } catch {
    return undefined;
  }
}
