// What an assignment costs, and what its dual proves, by the definitions alone.
import type { Assigned, Round } from "./assign-in-core.ts";

/** Pairs, rows left out and columns left out together. Throws where the assignment is none. */
export function costOf({ costs, columns, rowOut, columnOut }: Round, { columnOf }: Pick<Assigned, "columnOf">): bigint {
  const taken = new Set<number>();
  let sum = 0n;
  for (const [row, column] of columnOf.entries()) {
    if (column < 0) {
      sum += rowOut[row]!;
      continue;
    }
    const cost = costs[row]![column];
    if (cost === undefined || column >= columns || taken.has(column)) throw new Error(`row ${row} has ${column}`);
    taken.add(column);
    sum += cost;
  }
  return columnOut.reduce((total, out, column) => (taken.has(column) ? total : total + out), sum);
}

/** The sum of duals, which no assignment can cost less than. Throws where they are not feasible. */
export function boundOf({ costs, rowOut, columnOut }: Round, { rowDual, columnDual }: Assigned): bigint {
  for (const [row, listed] of costs.entries()) {
    if (rowDual[row]! > rowOut[row]!) throw new Error(`row ${row} is cheaper left out`);
    for (const [column, cost] of listed.entries())
      if (cost !== undefined && cost < rowDual[row]! + columnDual[column]!)
        throw new Error(`reduced cost of ${row}, ${column}`);
  }
  for (const [column, out] of columnOut.entries())
    if (columnDual[column]! > out) throw new Error(`column ${column} is cheaper left out`);
  return [...rowDual, ...columnDual].reduce((sum, value) => sum + value, 0n);
}
