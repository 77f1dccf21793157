// Columns of the engineers: limits, skills, stock, tools, capacities.
import { asI32, type EncodedColumns } from "./columns.ts";
import { clip, NEVER, NO_LIMIT, NO_TIME, UNLIMITED } from "./layout.ts";
import type { ProblemEngineer } from "./model/problem.ts";
import type { Names, Rows } from "./names.ts";

export function encodeEngineers(engineers: readonly ProblemEngineer[], names: Names, column: EncodedColumns): void {
  column.engineerMode = engineers.map((engineer) => engineer.mode);
  column.engineerLastShift = engineers.map((engineer) => clip(engineer.lastShiftEnd));
  column.engineerMaxOrders = engineers.map(ordersLeft);
  column.engineerMaxLeg = engineers.map(({ maxLegTicks }) => (maxLegTicks === undefined ? NEVER : clip(maxLegTicks)));
  column.engineerPartCapacity = engineers.map(({ partCapacity }) => Math.min(partCapacity ?? UNLIMITED, UNLIMITED));
  column.engineerLends = engineers.map(({ lends }) => (lends ? 1 : 0));
  encodeSkills(engineers, names.skills, column);
  encodeItems(engineers, names, column);
  encodeCapacities(engineers, names.dims, column);
}

function ordersLeft({ maxOrders, shifts }: ProblemEngineer): number {
  if (maxOrders === undefined) return NO_LIMIT;
  let left = maxOrders;
  for (const { head } of shifts) if (head) left -= head.orders.length;
  return left;
}

// What engineers have is looked up among the few names that orders use, not the other way round.

function encodeSkills(engineers: readonly ProblemEngineer[], rows: Rows, column: EncodedColumns): void {
  const until = new Int32Array(engineers.length * rows.size).fill(NO_TIME);
  const levels = new Int32Array(engineers.length * rows.size);
  for (let engineer = 0; engineer < engineers.length; engineer++) {
    const first = engineer * rows.size;
    for (const [id, { level, validUntil }] of engineers[engineer]!.skills) {
      const skill = rows.get(id);
      if (skill === undefined) continue;
      until[first + skill] = validUntil === undefined ? NEVER : clip(validUntil);
      levels[first + skill] = asI32(level, "engineerSkillLevel");
    }
  }
  column.engineerSkillUntil = until;
  column.engineerSkillLevel = levels;
}

function encodeItems(engineers: readonly ProblemEngineer[], { skus, tools }: Names, column: EncodedColumns): void {
  const items = skus.size + tools.size;
  const held = new Int32Array(engineers.length * items);
  const safety = new Int32Array(engineers.length * items);
  const units: number[] = [];
  for (let engineer = 0; engineer < engineers.length; engineer++) {
    const { stock, safetyStock, toolIds } = engineers[engineer]!;
    const first = engineer * items;
    let sum = 0;
    for (const [id, quantity] of stock) {
      sum += quantity;
      const sku = skus.get(id);
      if (sku !== undefined) held[first + sku] = asI32(quantity, "engineerItem");
    }
    for (const [id, quantity] of safetyStock) {
      const sku = skus.get(id);
      if (sku !== undefined) safety[first + sku] = asI32(quantity, "engineerSafety");
    }
    for (const id of toolIds) {
      const tool = tools.get(id);
      if (tool !== undefined) held[first + skus.size + tool] = UNLIMITED;
    }
    units.push(sum);
  }
  column.engineerStockUnits = units;
  column.engineerItem = held;
  column.engineerSafety = safety;
}

function encodeCapacities(engineers: readonly ProblemEngineer[], dims: Rows, column: EncodedColumns): void {
  const capacities = new Int32Array(engineers.length * dims.size);
  for (let engineer = 0; engineer < engineers.length; engineer++)
    for (const [id, amount] of engineers[engineer]!.capacities) {
      const dimension = dims.get(id);
      if (dimension !== undefined) capacities[engineer * dims.size + dimension] = asI32(amount, "engineerCapacity");
    }
  column.engineerCapacity = capacities;
}
