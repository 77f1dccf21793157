// Rule 8, one engineer's books of loans: what is lent can be spared, what is borrowed is used.
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { At, Report } from "./finding.ts";
import { Ledger } from "./ledger.ts";

/** One SKU of one hand-over, seen from the lender. */
interface HandOver {
  readonly at: At;
  readonly sku: string;
  /** Units of the own stock left after it. */
  readonly left: number;
  /** Units of the own stock that services used before it. */
  readonly used: number;
}

/** The loans of one engineer over all shifts in time order. */
export class PartLoans {
  readonly #engineer: Engineer;
  readonly #report: Report;
  readonly #handOvers: HandOver[] = [];
  /** Units that services took from the own stock so far, by SKU. */
  readonly #used = new Ledger();
  /** Units borrowed and not used yet, by lender and SKU. */
  readonly #borrowed = new Ledger();
  readonly #borrowedSkus = new Set<string>();

  constructor(engineer: Engineer, report: Report) {
    this.#engineer = engineer;
    this.#report = report;
  }

  /** A hand-over after which the own stock has `left` units of the SKU. */
  lends(sku: string, left: number, at: At): void {
    this.#handOvers.push({ at, sku, left, used: this.#used.of(sku) });
  }

  /** A service takes units from the own stock. */
  usesOwn(sku: string, units: number): void {
    this.#used.add(sku, units);
  }

  borrows(sku: string, units: number, lenderId: string): void {
    this.#borrowed.add(`${lenderId}\n${sku}`, units);
    this.#borrowedSkus.add(sku);
  }

  /** A service uses borrowed units. */
  usesBorrowed(sku: string, units: number, lenderId: string, at: At): void {
    const left = this.#borrowed.add(`${lenderId}\n${sku}`, -units);
    if (left < 0) this.#report("PART_FROM_LOAN", at, `${left + units} of ${sku} left from ${lenderId}`, units);
  }

  /** Reports what can only be said at the end of the plan. */
  close(): void {
    const engineerId = this.#engineer.id;
    for (const { at, sku, left, used } of this.#handOvers) {
      const later = this.#used.of(sku) - used;
      const safety = this.#engineer.stock.find((row) => row.sku === sku)?.safetyStock ?? 0;
      if (left < later + safety) this.#report("LOAN_SPARE", at, `${later + safety} of ${sku} kept`, left);
    }
    for (const sku of new Set(this.#handOvers.map((handOver) => handOver.sku)))
      if (this.#borrowedSkus.has(sku)) this.#report("LOAN_BOTH_WAYS", { engineerId }, `${sku} one way`, "both ways");
    for (const [key, units] of this.#borrowed.entries()) {
      const [lenderId, sku] = key.split("\n");
      if (units > 0)
        this.#report("LOAN_UNUSED", { engineerId }, `all of ${sku} from ${lenderId} used`, `${units} left`);
    }
  }
}
