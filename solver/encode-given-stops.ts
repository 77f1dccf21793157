// Columns of the stops that the current plan gives: those that stay at the head of their routes, and those the search begins with.
import type { EncodedColumns } from "./columns.ts";
import type { Route } from "./encode.ts";
import type { MatrixSets } from "./encode-matrices.ts";
import { NONE } from "./layout.ts";
import type { GivenMeeting, GivenStop, Problem } from "./model/problem.ts";
import { variantsOf } from "./model/variants.ts";
import { idRows, type Rows } from "./names.ts";

const [ORDER, SUPPLY, BREAK, BORROW, LEND] = [0, 1, 2, 3, 4] as const;

/** A stop as the core reads it. */
interface StopRow {
  readonly route: number;
  readonly kind: number;
  /** NONE where the problem has no such order or break: it is broken or past. */
  readonly row: number;
  readonly needs: number;
  readonly place: number;
}

export function encodeGivenStops(
  problem: Problem,
  routes: readonly Route[],
  sets: MatrixSets,
  loansOn: boolean,
  column: EncodedColumns,
): void {
  const context = { problem, routes, sets, loansOn, firstBreaks: column.routeBreakFirst };
  const chain = stopRows(context, ["chain", "tied"]);
  column.chainRoute = chain.map(({ route }) => route);
  column.chainKind = chain.map(({ kind }) => kind);
  column.chainRow = chain.map(({ row }) => row);
  column.chainNeeds = chain.map(({ needs }) => needs);
  column.chainPlace = chain.map(({ place }) => place);
  const warm = stopRows(context, ["warm"]).filter(({ row }) => row !== NONE);
  column.warmRoute = warm.map(({ route }) => route);
  column.warmKind = warm.map(({ kind }) => kind);
  column.warmRow = warm.map(({ row }) => row);
  column.warmNeeds = warm.map(({ needs }) => needs);
  column.warmPlace = warm.map(({ place }) => place);
}

interface Context {
  readonly problem: Problem;
  readonly routes: readonly Route[];
  readonly sets: MatrixSets;
  readonly loansOn: boolean;
  readonly firstBreaks: ArrayLike<number>;
}

/** The stops in these lists, route by route. */
function stopRows(context: Context, lists: readonly ("chain" | "tied" | "warm")[]): StopRow[] {
  const { routes } = context;
  if (!routes.some(({ shift }) => lists.some((list) => shift[list].length > 0))) return [];
  const orderRows = idRows(context.problem.orders);
  const centreRows = idRows(context.problem.centres);
  return routes.flatMap(({ shift }, route) =>
    lists.flatMap((list) => shift[list].map((stop) => stopRow(context, route, stop, orderRows, centreRows))),
  );
}

function stopRow(context: Context, route: number, stop: GivenStop, orderRows: Rows, centreRows: Rows): StopRow {
  const other = { route, needs: 0, place: NONE };
  switch (stop.kind) {
    case "order":
      return { ...other, kind: ORDER, row: orderRows.get(stop.orderId) ?? NONE, needs: stop.variant };
    case "supply":
      return { ...other, kind: SUPPLY, row: centreRows.get(stop.centreId)! };
    case "loan":
      if (!context.loansOn) return { ...other, kind: BORROW, row: NONE };
      return meetingRow(context, route, stop.lends, stop.meeting, orderRows);
    case "break": {
      const row = context.routes[route]!.shift.breaks.findIndex((pause) => pause.index === stop.breakIndex);
      return { ...other, kind: BREAK, row: row < 0 ? NONE : context.firstBreaks[route]! + row };
    }
  }
}

function meetingRow(
  { problem, routes, sets }: Context,
  route: number,
  lends: boolean,
  { orderId, skus, variant, placeRow }: GivenMeeting,
  orderRows: Rows,
): StopRow {
  const row = orderRows.get(orderId) ?? NONE;
  const needs = (row < 0 ? [] : variantsOf(problem.orders[row]!)[variant]!).reduce(
    (bits, { id }, need) => bits | (skus.includes(id) ? 1 << need : 0),
    0,
  );
  const place = sets.places[sets.setOf(routes[route]!)]!.indexOf(placeRow);
  return { route, kind: lends ? LEND : BORROW, row: place < 0 || needs === 0 ? NONE : row, needs, place };
}
