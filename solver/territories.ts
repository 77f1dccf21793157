// Whose territory an order lies in, and how far outside a neighbour's.
import { cellToLatLng, getResolution } from "h3-js";
import {
  FOREIGN_TERRITORY,
  NEIGHBOUR_TERRITORY,
  OWN_TERRITORY,
  UNASKED_TERRITORY,
  UNKNOWN_TERRITORY,
} from "./layout.ts";
import type { EngineerInputs, OrderInputs } from "./model/criteria-inputs.ts";
import type { Point } from "./model/point.ts";
import type { ProblemCentre } from "./model/problem.ts";
import { greatCircleMetres, type UnitVector, unitVector } from "./travel/great-circle.ts";

/** Cells of a centre and its neighbours, whichever of the two says so. */
interface CentreTerritory {
  readonly cells: ReadonlySet<string>;
  readonly neighbourIds: ReadonlySet<string>;
}
export type CentreTerritories = ReadonlyMap<string, CentreTerritory>;

const ofCentres = new WeakMap<readonly ProblemCentre[], CentreTerritories>();

/** By id of the centre; of a list asked for again it is remembered. */
export function centreTerritories(centres: readonly ProblemCentre[]): CentreTerritories {
  let territories = ofCentres.get(centres);
  if (!territories) {
    territories = mapTerritories(centres);
    ofCentres.set(centres, territories);
  }
  return territories;
}

function mapTerritories(centres: readonly ProblemCentre[]): CentreTerritories {
  const neighbours = new Map(centres.map(({ id, neighbourIds }) => [id, new Set(neighbourIds)]));
  for (const { id, neighbourIds } of centres) for (const other of neighbourIds) neighbours.get(other)?.add(id);
  return new Map(
    centres.map(({ id, territoryCells }) => [
      id,
      { cells: new Set(territoryCells), neighbourIds: neighbours.get(id)! },
    ]),
  );
}

/** What one or several engineers cover. */
export interface Territory {
  readonly centreId: string;
  /** Cells of the engineer alone; empty: the centre's count. */
  readonly ownCells: ReadonlySet<string>;
}

/** Engineers with equal keys cover the same. */
export function territoryKey({ centreId, territoryCells }: EngineerInputs): string {
  return `${centreId} ${territoryCells.join()}`;
}

const ofEngineers = new WeakMap<EngineerInputs, Territory>();

const NO_CELLS: ReadonlySet<string> = new Set();

/** The territory of an engineer; where there are cells it is remembered as well. */
export function territoryOf(inputs: EngineerInputs): Territory {
  const { centreId, territoryCells } = inputs;
  if (territoryCells.length === 0) return { centreId, ownCells: NO_CELLS };
  let territory = ofEngineers.get(inputs);
  if (!territory) {
    territory = { centreId, ownCells: new Set(territoryCells) };
    ofEngineers.set(inputs, territory);
  }
  return territory;
}

const NOWHERE: CentreTerritory = { cells: NO_CELLS, neighbourIds: new Set() };

/** Metres that the order lies outside as a neighbour's, or one of the constants of layout.ts. */
export function territoryReach(territory: Territory, order: OrderInputs, centres: CentreTerritories): number {
  const { centreId, ownCells } = territory;
  const { cells: centreCells, neighbourIds } = centres.get(centreId) ?? NOWHERE;
  const { point } = order;
  if (ownCells.size > 0 && point) {
    if (covers(ownCells, point)) return OWN_TERRITORY;
  } else if (order.centreId !== "" && centreId !== "") {
    if (order.centreId === centreId) return OWN_TERRITORY;
  } else if (centreCells.size > 0 && point) {
    if (covers(centreCells, point)) return OWN_TERRITORY;
  } else return order.centreId === "" ? UNASKED_TERRITORY : UNKNOWN_TERRITORY;
  const near = (id: string) => id === centreId || neighbourIds.has(id);
  const beside =
    order.centreId !== ""
      ? near(order.centreId)
      : [centreId, ...neighbourIds].some((id) => point && covers((centres.get(id) ?? NOWHERE).cells, point));
  if (!beside) return FOREIGN_TERRITORY;
  const cells = ownCells.size > 0 ? ownCells : centreCells;
  return cells.size > 0 && point ? metresOutside(cells, point) : NEIGHBOUR_TERRITORY;
}

function covers(cells: ReadonlySet<string>, point: Point): boolean {
  const [first] = cells;
  return first !== undefined && cells.has(point.cell(getResolution(first)).index);
}

const centreVectors = new WeakMap<ReadonlySet<string>, UnitVector[]>();

/** Metres from a point to the middle of the nearest cell. */
function metresOutside(cells: ReadonlySet<string>, point: Point): number {
  let vectors = centreVectors.get(cells);
  if (vectors === undefined) {
    vectors = [...cells].map((cell) => unitVector(...cellToLatLng(cell)));
    centreVectors.set(cells, vectors);
  }
  const here = unitVector(point.latitude, point.longitude);
  return Math.floor(Math.min(...vectors.map((vector) => greatCircleMetres(here, vector))) + 0.5);
}
