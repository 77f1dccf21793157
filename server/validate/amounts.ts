// Amounts: a currency where there is money, and sums and prices that the core's integers hold exactly.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { fieldOf, type Path, type Report, show } from "./report.ts";
import { I32_MAX } from "./schema-basics.ts";
import { MAX_TICKS } from "./times.ts";

const DEFAULT_SECONDS_PER_CURRENCY_UNIT = 60;
/** Most millionths of a tick that a tick of work or a metre costs: with them a route's cost fits the core's i64. */
const MOST_MILLIONTHS = 2_000_000_000;

/** Reports amounts without a currency, prices too high in ticks, and sums of loads and parts beyond i32. */
export function checkAmounts(request: AssignRequest, ticksPerSecond: number, report: Report): void {
  const secondsPerUnit = request.policy?.secondsPerCurrencyUnit || DEFAULT_SECONDS_PER_CURRENCY_UNIT;
  let firstAmount: string | undefined;
  const amount = (value: bigint | undefined, path: () => Path) => {
    if (value !== undefined) firstAmount ??= fieldOf(request, path());
  };
  const price = (value: bigint | undefined, path: () => Path) => {
    if (value === undefined) return;
    amount(value, path);
    const ticks = ((Number(value) * secondsPerUnit) / 100) * ticksPerSecond;
    if (ticks > MAX_TICKS)
      report(path(), "OVERFLOW", `must cost at most ${MAX_TICKS} ticks, but ${show(value)} minor units cost ${ticks}`);
  };
  const tariff = (value: bigint, millionths: number, path: () => Path) => {
    if (millionths > MOST_MILLIONTHS)
      report(
        path(),
        "OVERFLOW",
        `must cost at most ${MOST_MILLIONTHS / 1e6} ticks for each tick or metre, but ${show(value)} minor units cost ${millionths / 1e6}`,
      );
  };
  /** Fields without presence: 0 is no amount. */
  const given = (value: bigint) => (value === 0n ? undefined : value);

  request.orders.forEach((order, row) => {
    price(order.priceMinor, () => ["orders", row, "priceMinor"]);
    amount(order.budgetMinor, () => ["orders", row, "budgetMinor"]);
    amount(given(order.trustValueMinor), () => ["orders", row, "trustValueMinor"]);
    price(given(order.visitFeeMinor), () => ["orders", row, "visitFeeMinor"]);
  });
  request.engineers.forEach((engineer, row) => {
    engineer.shifts.forEach((shift, index) => {
      shift.breaks.forEach((pause, at) => {
        price(pause.priceMinor, () => ["engineers", row, "shifts", index, "breaks", at, "priceMinor"]);
      });
    });
    amount(engineer.trustLimitMinor, () => ["engineers", row, "trustLimitMinor"]);
    amount(given(engineer.trustCarriedMinor), () => ["engineers", row, "trustCarriedMinor"]);
    amount(given(engineer.wagePerHourMinor), () => ["engineers", row, "wagePerHourMinor"]);
    amount(given(engineer.costPerKmMinor), () => ["engineers", row, "costPerKmMinor"]);
    const wage = (Number(engineer.wagePerHourMinor) * secondsPerUnit * 1e6) / 360_000;
    tariff(engineer.wagePerHourMinor, wage, () => ["engineers", row, "wagePerHourMinor"]);
    const kilometre = Number(engineer.costPerKmMinor) * secondsPerUnit * ticksPerSecond * 10;
    tariff(engineer.costPerKmMinor, kilometre, () => ["engineers", row, "costPerKmMinor"]);
    amount(given(engineer.workload?.earningsMinor ?? 0n), () => ["engineers", row, "workload", "earningsMinor"]);
    amount(given(engineer.workload?.targetEarningsMinor ?? 0n), () => [
      "engineers",
      row,
      "workload",
      "targetEarningsMinor",
    ]);
  });
  request.operatingCentres.forEach((centre, row) => {
    price(given(centre.pickFeeMinor), () => ["operatingCentres", row, "pickFeeMinor"]);
  });
  if (request.currencyCode === "" && firstAmount !== undefined)
    report(["currencyCode"], "REQUIRED", `is required because ${firstAmount} is given`);

  checkSums(request, report);
}

function checkSums(request: AssignRequest, report: Report): void {
  const loads = new Map<string, number>();
  let parts = 0;
  for (const order of request.orders) {
    for (const load of order.loads) loads.set(load.dimension, (loads.get(load.dimension) ?? 0) + load.amount);
    for (const part of order.parts) parts += part.quantity;
  }
  for (const [dimension, sum] of loads)
    if (sum > I32_MAX)
      report(
        ["orders"],
        "OVERFLOW",
        `loads in dimension ${show(dimension)} must sum to at most ${I32_MAX}, sum to ${sum}`,
      );
  if (parts > MAX_TICKS)
    report(["orders"], "OVERFLOW", `quantities of parts must sum to at most ${MAX_TICKS}, sum to ${parts}`);
  request.engineers.forEach((engineer, row) => {
    const units = engineer.stock.reduce((sum, stock) => sum + stock.quantity, 0);
    if (units > MAX_TICKS)
      report(["engineers", row, "stock"], "OVERFLOW", `must sum to at most ${MAX_TICKS} units, sums to ${units}`);
  });
}
