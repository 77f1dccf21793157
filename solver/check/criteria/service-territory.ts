// service_territory: the order lies in the engineer's territory, in a neighbour's, or somewhere else.
import { cellToLatLng, getResolution } from "h3-js";
import type { Engineer, OperatingCentre } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { halved } from "../curves.ts";
import { cellAt, metresApart, onEarth } from "../places.ts";

export type Centres = ReadonlyMap<string, OperatingCentre>;
/** Metres outside, as a neighbour's; undefined where they are not known. */
type Belonging = "own" | "foreign" | "unknown" | "unasked" | { readonly outside: number | undefined };

function inside(cells: readonly string[], order: Order): boolean {
  const point = onEarth(order.place);
  return point !== undefined && cells.length > 0 && cells.includes(cellAt(point, getResolution(cells[0]!)));
}

function belonging(order: Order, engineer: Engineer, centres: Centres): Belonging {
  const home = engineer.operatingCentreId;
  const centreCells = centres.get(home)?.territoryCells ?? [];
  const point = onEarth(order.place);
  const byOwnCells = engineer.territoryCells.length > 0 && point !== undefined;
  const byCentres = order.operatingCentreId !== "" && home !== "";
  const byCentreCells = centreCells.length > 0 && point !== undefined;
  if (!byOwnCells && !byCentres && !byCentreCells) return order.operatingCentreId === "" ? "unasked" : "unknown";
  const own = byOwnCells
    ? inside(engineer.territoryCells, order)
    : byCentres
      ? order.operatingCentreId === home
      : inside(centreCells, order);
  if (own) return "own";
  const isNear = (id: string) =>
    id === home ||
    (centres.get(home)?.neighbourCentreIds.includes(id) ?? false) ||
    (centres.get(id)?.neighbourCentreIds.includes(home) ?? false);
  const near =
    order.operatingCentreId !== ""
      ? isNear(order.operatingCentreId)
      : [...centres.values()].some(({ id, territoryCells }) => isNear(id) && inside(territoryCells, order));
  if (!near) return "foreign";
  const cells = engineer.territoryCells.length > 0 ? engineer.territoryCells : centreCells;
  if (!point || cells.length === 0) return { outside: undefined };
  const metres = cells.map((cell) => {
    const [latitude, longitude] = cellToLatLng(cell);
    return metresApart(point, { latitude, longitude });
  });
  return { outside: Math.floor(Math.min(...metres) + 0.5) };
}

/** True when a hard territory keeps the engineer from the order. */
export function serviceTerritoryExcludes(
  order: Order,
  engineer: Engineer,
  centres: Centres,
  overflow: boolean,
): boolean {
  const where = belonging(order, engineer, centres);
  return where === "foreign" || (typeof where === "object" && !overflow);
}

/** Score 0 to 10000; undefined when neither side belongs anywhere. */
export function serviceTerritoryScore(
  order: Order,
  engineer: Engineer,
  centres: Centres,
  halfMetres: number,
  neutralScore: number,
): number | undefined {
  const where = belonging(order, engineer, centres);
  if (where === "unasked") return undefined;
  if (where === "own") return 10_000;
  if (where === "foreign") return 0;
  if (where === "unknown") return neutralScore;
  return Math.floor((where.outside === undefined ? neutralScore : halved(where.outside, halfMetres)) / 2);
}
