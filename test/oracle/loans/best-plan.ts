// The exact optimum of a tiny request with loans, by enumeration on top of the oracle without them.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PartLoanSchema, type Plan, PlanSchema } from "../../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Measures } from "../../../solver/check/cost.ts";
import { type Facts, factsOf } from "../../../solver/check/facts.ts";
import { priceCost } from "../../../solver/check/policy.ts";
import { bestPlan, less, valuation } from "../brute-force.ts";
import { borrowedKey, type ChosenRoute, planOf } from "../plan-of.ts";
import { skusOf } from "../routes.ts";
import { type Driver, driversOf } from "./drivers.ts";
import { loanSets } from "./loan-sets.ts";
import { detourCost, loanCosts, type TimedTour, timed } from "./measure.ts";
import { type Option, optionsOf } from "./options.ts";
import { fitsVan, pickUps } from "./sources.ts";
import { earlyStarts, type Halt, isPlaceOf, type Loan, servesOrder, type Tour, wayOf } from "./tour.ts";

export interface Best {
  readonly levels: bigint[];
  readonly plan: Plan;
}

/** The best levels of a request, loans allowed. */
export const optimalCost = (request: AssignRequest): bigint[] => bestPlanWithLoans(request).levels;

/**
 * The best plan among `known` and all others, where an order has at most one meeting, which brings one or more of its parts, at any place and any position
 * in both routes. Throws where the request has more than the enumeration knows.
 */
export function bestPlanWithLoans(request: AssignRequest, known: Best = bestPlan(request)): Best {
  const facts = factsOf(request);
  return facts.policy.mode("parts_borrowable") === "off" ? known : new Enumeration(facts, known).run();
}

/** No plan at all, for those who want the enumeration to find everything itself. */
export const nothingKnown = (): Best => ({ levels: [], plan: create(PlanSchema) });

/** One route, or none, for each engineer, and a floor under what it costs with any meetings. */
interface Combination {
  readonly options: readonly (Option | undefined)[];
  readonly levels: readonly number[];
}

class Enumeration {
  readonly #facts: Facts;
  readonly #drivers: readonly Driver[];
  readonly #centreStock: readonly number[];
  readonly #levelsOf: ReturnType<typeof valuation>;
  readonly #handOver: number;
  /** The least that a meeting is charged. */
  readonly #leastCharge: number;
  #best: Best;
  #bestLevels: readonly number[];

  constructor(facts: Facts, known: Best) {
    const { request, clock, policy } = facts;
    this.#facts = facts;
    this.#drivers = driversOf(facts);
    const [centre] = request.operatingCentres;
    this.#centreStock = skusOf(facts).map((sku) => {
      const stock = centre?.stock.find((row) => row.sku === sku);
      return stock?.unlimited ? Number.POSITIVE_INFINITY : (stock?.quantity ?? 0) - (stock?.reserved ?? 0);
    });
    this.#levelsOf = valuation(request);
    this.#handOver = policy.param("parts_borrowable", "hand_over_s") * clock.ticksPerSecond;
    this.#leastCharge = detourCost(facts, policy.param("parts_borrowable", "hand_over_s"));
    this.#best = known;
    this.#bestLevels =
      known.levels.length > 0 ? known.levels.map(Number) : this.#levelsOf({}).map(() => Number.POSITIVE_INFINITY);
  }

  run(): Best {
    for (const { options, levels } of this.#combinations()) {
      if (!this.#isBetter(levels)) break;
      for (const loans of loanSets(this.#facts, options, this.#facts.request.orders.length)) this.#try(options, loans);
    }
    return this.#best;
  }

  #isBetter(levels: readonly number[]): boolean {
    return less(levels, this.#bestLevels);
  }

  /** All combinations of routes that may be better than the best plan known, cheapest first. */
  #combinations(): Combination[] {
    const found: Combination[] = [];
    const choices = this.#drivers.map((driver, row) => optionsOf(this.#facts, driver, row));
    const choose = (options: readonly (Option | undefined)[], mask: number) => {
      if (options.length === choices.length) {
        const levels = this.#floor(
          options.map((option) => option?.tour),
          options,
          0,
        );
        if (this.#isBetter(levels)) found.push({ options, levels });
        return;
      }
      for (const option of [undefined, ...choices[options.length]!])
        if (((option?.mask ?? 0) & mask) === 0) choose([...options, option], mask | (option?.mask ?? 0));
    };
    choose([], 0);
    return found.sort((a, b) => (less(a.levels, b.levels) ? -1 : less(b.levels, a.levels) ? 1 : 0));
  }

  /** A floor under the levels of these tours when so many more meetings are put in; nothing when a tour breaks a limit. */
  #floor(tours: readonly (Tour | undefined)[], options: readonly (Option | undefined)[], more: number): number[] {
    const measures = this.#leftOut(options);
    for (const [row, tour] of tours.entries()) {
      if (!tour) continue;
      const { lengths, leastWorking, fixed } = options[row]!;
      const way = wayOf(tour)!;
      const meetings = tour.halts.filter(({ loan }) => loan).length;
      const working = Math.max(leastWorking, way.travel + lengths + meetings * this.#handOver);
      measures.engineersUsed += 1;
      measures.travelTime += way.travel;
      measures.distance += way.distance;
      measures.workingTime += working;
      measures.softCost += working + fixed + (meetings / 2) * this.#leastCharge;
    }
    measures.softCost += more * this.#leastCharge;
    return this.#levelsOf(measures);
  }

  /** The measures of doing nothing but leaving out the orders that nobody serves. */
  #leftOut(options: readonly (Option | undefined)[]): Record<keyof Measures, number> {
    const { clock, policy, request } = this.#facts;
    const mask = options.reduce((all, option) => all | (option?.mask ?? 0), 0);
    const measures = { unassigned: 0, engineersUsed: 0, distance: 0, travelTime: 0, workingTime: 0, softCost: 0 };
    for (const [row, order] of request.orders.entries()) {
      if (mask & (1 << row)) continue;
      if (order.priceMinor === undefined) measures.unassigned += 1 + order.priority;
      else measures.softCost += priceCost(order.priceMinor, policy, clock.ticksPerSecond);
    }
    return measures;
  }

  /** Puts the meetings of these loans everywhere, if there are units enough. */
  #try(options: readonly (Option | undefined)[], loans: readonly Loan[]): void {
    const taken = this.#sources(options, loans);
    if (taken.length > 0)
      this.#meet(
        options.map((option) => option?.tour),
        { options, loans, taken },
        0,
      );
  }

  /** What everybody may pick up at the centre, by engineer and SKU row; no list when units do not suffice. */
  #sources(options: readonly (Option | undefined)[], loans: readonly Loan[]): number[][][] {
    let lists: number[][][] = [[]];
    for (const option of options) {
      const own = option ? pickUps(option.demand, loans, this.#centreStock) : [[]];
      lists = lists.flatMap((list) => own.map((amounts) => [...list, amounts]));
    }
    return lists.filter((list) =>
      this.#centreStock.every((stock, sku) => list.reduce((sum, amounts) => sum + (amounts[sku] ?? 0), 0) <= stock),
    );
  }

  #meet(tours: readonly (Tour | undefined)[], chosen: Chosen, next: number): void {
    const loan = chosen.loans[next];
    if (!loan) {
      this.#finish(tours as Tour[], chosen);
      return;
    }
    const lender = tours[loan.lender]!;
    const borrower = tours[loan.borrower]!;
    const order = this.#facts.request.orders[loan.orderRow];
    const use = borrower.halts.findIndex(({ visit }) => visit && "order" in visit && visit.order === order);
    for (const spot of spotsOf(lender, borrower)) {
      const halt: Halt = { ...spot, loan, setup: 0, windows: [], grace: 0, length: this.#handOver };
      for (let given = 0; given <= lender.halts.length; given++)
        for (let received = 0; received <= use; received++) {
          const met = [...tours];
          met[loan.lender] = { ...lender, halts: lender.halts.toSpliced(given, 0, halt) };
          met[loan.borrower] = { ...borrower, halts: borrower.halts.toSpliced(received, 0, halt) };
          if (this.#isPossible(met, chosen, next + 1)) this.#meet(met, chosen, next + 1);
        }
    }
  }

  /** Whether the meetings so far are where they may be and in time, and the plan may still become the best one. */
  #isPossible(tours: readonly (Tour | undefined)[], { options, loans }: Chosen, met: number): boolean {
    const used = tours.filter((tour) => tour !== undefined);
    for (const loan of loans.slice(0, met)) {
      const sides = [loan.lender, loan.borrower].map((row) => tours[row]!);
      const isPlace = sides.some((tour, side) =>
        isPlaceOf(
          tour,
          tour.halts.findIndex((halt) => halt.loan === loan),
          side === 0,
        ),
      );
      if (!isPlace) return false;
    }
    return (
      used.every(wayOf) &&
      this.#isBetter(this.#floor(tours, options, loans.length - met)) &&
      earlyStarts(used) !== undefined
    );
  }

  #finish(tours: readonly (Tour | undefined)[], { options, loans, taken }: Chosen): void {
    const used = tours.filter((tour) => tour !== undefined);
    const starts = earlyStarts(used);
    if (!starts) return;
    const measures = this.#leftOut(options);
    const routes: (TimedTour | undefined)[] = [];
    for (const tour of tours) {
      const route = tour && timed(this.#facts, tour, starts);
      if (tour && !route) return;
      routes.push(route);
      if (!route) continue;
      measures.engineersUsed += 1;
      measures.travelTime += route.travel;
      measures.distance += route.distance;
      measures.workingTime += route.working;
      measures.softCost += route.soft;
    }
    measures.softCost += loanCosts(
      this.#facts,
      routes.filter((route) => route !== undefined),
      this.#handOver,
    );
    const levels = this.#levelsOf(measures);
    if (!this.#isBetter(levels)) return;
    const amounts = taken.find((list) => tours.every((tour, row) => !tour || fitsVan(tour, row, list[row]!)));
    if (!amounts) return;
    this.#bestLevels = levels;
    const chosen = routes.flatMap((route, row) => (route ? [this.#chosenRoute(route, amounts[row]!, loans)] : []));
    this.#best = { levels: levels.map(BigInt), plan: planOf(this.#facts, chosen) };
  }

  #chosenRoute({ tour, ...route }: TimedTour, taken: readonly number[], loans: readonly Loan[]): ChosenRoute {
    const { driver, halts } = tour;
    const { orders, engineers } = this.#facts.request;
    const skus = skusOf(this.#facts);
    const messageOf = ({ lender, borrower, skus: rows }: Loan) =>
      create(PartLoanSchema, {
        lenderEngineerId: engineers[lender]!.id,
        borrowerEngineerId: engineers[borrower]!.id,
        parts: rows.map((row) => ({ sku: skus[row]!, quantity: 1 })),
      });
    const steps = halts.map(({ visit, loan, place, row }, index) => ({
      visit: visit ?? { loan: messageOf(loan!) },
      step: route.steps[index]!,
      distance: driver.way(halts[index - 1]?.row ?? driver.startRow, row).distance,
      place,
    }));
    const lenders = new Map(
      loans.flatMap(({ orderRow, lender, skus: rows }) =>
        rows.map((row) => [borrowedKey(orders[orderRow]!.id, skus[row]!), engineers[lender]!.id] as const),
      ),
    );
    const finalLeg = driver.endRow === undefined ? undefined : driver.way(halts.at(-1)!.row, driver.endRow);
    return {
      engineer: driver.engineer,
      shift: driver.shift,
      shiftIndex: 0,
      route: { ...route, steps, finalLeg },
      taken,
      lenders,
    };
  }
}

interface Chosen {
  readonly options: readonly (Option | undefined)[];
  readonly loans: readonly Loan[];
  /** Ways to pick up what is not on hand. */
  readonly taken: number[][][];
}

/** Places where the two may meet, each once. */
function spotsOf(lender: Tour, borrower: Tour): Pick<Halt, "place" | "row">[] {
  const services = [...lender.halts, ...borrower.halts].filter(servesOrder);
  const start = { place: lender.driver.shift.startPlace!, row: lender.driver.startRow };
  return [...new Map([start, ...services].map(({ place, row }) => [row, { place, row }])).values()];
}
