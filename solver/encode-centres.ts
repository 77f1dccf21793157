// Columns of the operating centres.
import { asI32, type EncodedColumns } from "./columns.ts";
import type { MatrixSets } from "./encode-matrices.ts";
import { UNLIMITED } from "./layout.ts";
import type { ProblemCentre } from "./model/problem.ts";
import type { Names } from "./names.ts";

export function encodeCentres(
  centres: readonly ProblemCentre[],
  sets: MatrixSets,
  { skus, tools }: Names,
  column: EncodedColumns,
): void {
  const count = skus.size + tools.size;
  const items = new Int32Array(centres.length * count);
  for (let centre = 0; centre < centres.length; centre++) {
    const { stock, toolIds } = centres[centre]!;
    const first = centre * count;
    for (const [id, quantity] of stock) {
      const sku = skus.get(id);
      if (sku !== undefined) items[first + sku] = asI32(Math.min(quantity, UNLIMITED), "centreItem");
    }
    for (const id of toolIds) {
      const tool = tools.get(id);
      if (tool !== undefined) items[first + skus.size + tool] = UNLIMITED;
    }
  }
  column.centreRow = centres.map((centre) => sets.siteRow(0, centre.placeRow));
  column.centrePick = centres.map((centre) => centre.pickTicks);
  column.centreItem = items;
}
