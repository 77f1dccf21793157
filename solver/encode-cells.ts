// Columns of H3 cells: of h3_proximity, and of the candidates.
import { candidatesOf } from "./candidates.ts";
import { type CellGrid, cellGrid, NO_CELLS } from "./cells.ts";
import type { EncodedColumns } from "./columns.ts";
import type { Scalars } from "./gen/layout.ts";
import { NO_TIME } from "./layout.ts";
import type { Point } from "./model/point.ts";
import type { Problem } from "./model/problem.ts";

/** Rings of cells around an order; engineers farther away are alike. */
const NEAR_RINGS = 255;

/** Fills the columns and the scalars of h3_proximity. */
export function encodeCells(problem: Problem, column: EncodedColumns, scalars: Scalars): void {
  const { orders, engineers, policy } = problem;
  const { mode, weightS, params } = policy.criteria.get("h3_proximity")!;
  const cellWeight = mode === "off" ? 0 : weightS;
  const cellWorst = params.worst_cells!;
  const points = cellWeight > 0 ? pointsOf(problem) : undefined;
  const grid = points ? cellGrid(points.orders, points.homes, params.resolution!, cellWorst) : NO_CELLS;
  const first = encodePairs(grid, "cellPair", column);
  column.orderCell = coordinatesOf(grid);
  column.orderCellPairFirst = points ? first : orders.map(() => 0).concat(0);
  column.engineerCellFrame = engineers.map((_, row) => grid.engineers[row]?.frame ?? 0);
  column.engineerCellI = engineers.map((_, row) => grid.engineers[row]?.i ?? 0);
  column.engineerCellJ = engineers.map((_, row) => grid.engineers[row]?.j ?? 0);
  scalars.cellWeight = cellWeight;
  scalars.cellWorst = cellWorst;
  scalars.cellFrames = grid.frames;
  scalars.cellPairs = column.cellPairEngineer.length;
}

/** Fills the columns and the scalars of the candidates. */
export function encodeCandidates(problem: Problem, column: EncodedColumns, scalars: Scalars): void {
  const wanted = candidatesOf(problem);
  const points = wanted && pointsOf(problem);
  const grid = points ? cellGrid(points.orders, points.homes, wanted.resolution, NEAR_RINGS) : NO_CELLS;
  const first = encodePairs(grid, "nearPair", column);
  column.nearOrderCell = coordinatesOf(grid);
  column.nearPairFirst = grid.frames > 0 ? first : [];
  column.nearEngineerFrame = grid.engineers.map(({ frame }) => frame);
  column.nearEngineerI = grid.engineers.map(({ i }) => i);
  column.nearEngineerJ = grid.engineers.map(({ j }) => j);
  scalars.candidateEngineers = wanted?.engineers ?? 0;
  scalars.everyRoute = problem.candidates.allPairs ? 1 : 0;
  scalars.nearFrames = grid.frames;
  scalars.nearPairs = column.nearPairEngineer.length;
  scalars.nearRings = NEAR_RINGS;
  scalars.metric = problem.travel.source === "great_circle" ? 1 : 0;
  scalars.mostSoftTicks = mostSoftTicks(problem);
}

/** Where orders are and engineers start; undefined where one of them is nowhere on the earth. */
function pointsOf({ orders, engineers }: Problem): { orders: Point[]; homes: Point[] } | undefined {
  const points = { orders: [] as Point[], homes: [] as Point[] };
  for (const { inputs } of orders) {
    if (!inputs.point) return undefined;
    points.orders.push(inputs.point);
  }
  for (const { inputs } of engineers) {
    if (!inputs.home) return undefined;
    points.homes.push(inputs.home);
  }
  return points;
}

/** Fills the table of pairs without coordinates; returns its first rows by order. */
function encodePairs(grid: CellGrid, table: "cellPair" | "nearPair", column: EncodedColumns): number[] {
  const first = [0];
  const engineers: number[] = [];
  const steps: number[] = [];
  for (const list of grid.pairs) {
    for (const pair of list) {
      engineers.push(pair.engineer);
      steps.push(pair.steps);
    }
    first.push(engineers.length);
  }
  column[`${table}Engineer`] = engineers;
  column[`${table}Steps`] = steps;
  return first;
}

/** By system and order. */
function coordinatesOf(grid: CellGrid): Int32Array {
  const coordinates = new Int32Array(grid.frames * 2 * (grid.orders[0]?.length ?? 0));
  let at = 0;
  for (const frame of grid.orders)
    for (const cell of frame) {
      coordinates[at++] = cell ? cell.i : NO_TIME;
      coordinates[at++] = cell ? cell.j : NO_TIME;
    }
  return coordinates;
}

/** Twice all weights, because customers with a tier double the one of stars. */
function mostSoftTicks({ policy, ticksPerSecond }: Problem): number {
  let weights = 0;
  for (const { mode, weightS } of policy.criteria.values()) if (mode !== "off") weights += weightS;
  const ticks = 2 * weights * ticksPerSecond;
  return ticks < 2 ** 31 ? ticks : -1;
}
