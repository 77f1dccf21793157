// What the vans of a generated centre carry, and how much of it at another level of stock.
import { create } from "@bufbuild/protobuf";
import { type Engineer, StockSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { JOBS, type Job, SCARCE_SKU } from "./catalogue.ts";
import type { Random } from "./random.ts";

/** Percent of the SKUs of the trade that a van carries, but for the scarce one. */
export const USUAL_VAN_STOCK = 60;

/** Draws a van's stock. Vans are never full: a good third of the parts must be fetched. */
export function drawStock(random: Random, jobs: readonly Job[]) {
  return skusOf(jobs)
    .filter((sku) => random.chance(sku === SCARCE_SKU ? 8 : USUAL_VAN_STOCK))
    .map((sku) => {
      const quantity = random.int(1, 3);
      return {
        sku,
        quantity,
        reserved: quantity > 1 && random.chance(8) ? 1 : 0,
        safetyStock: quantity > 1 && random.chance(10) ? 1 : 0,
      };
    });
}

/**
 * Brings a van to `percent` of the SKUs of its trade: below the usual level some are taken out, above it some are put in, the scarce one
 * never. What a van has at one level it has at every higher one, so that days of one seed can be compared.
 */
export function restock(random: Random, engineer: Engineer, percent: number): void {
  const held = new Map(engineer.stock.map((stock) => [stock.sku, stock]));
  const jobs = JOBS.filter((job) => engineer.skills.some(({ skillId }) => skillId === job.skill));
  engineer.stock = skusOf(jobs).flatMap((sku) => {
    // Drawn whether needed or not, so that every level sees the same luck.
    const luck = random.int(0, 9_999);
    const quantity = random.int(1, 3);
    const stock = held.get(sku);
    if (stock !== undefined) return luck * USUAL_VAN_STOCK < 10_000 * percent ? [stock] : [];
    const missing = 100 - USUAL_VAN_STOCK;
    const added = sku !== SCARCE_SKU && luck * missing < 10_000 * (percent - USUAL_VAN_STOCK);
    return added ? [create(StockSchema, { sku, quantity })] : [];
  });
}

function skusOf(jobs: readonly Job[]): string[] {
  return [...new Set(jobs.flatMap((job) => [...job.skus, ...(job.substitute ? [job.substitute] : [])]))];
}
