// parts_borrowable: the detour that it takes until the missing parts are in the engineer's hands.
import type { PlannedRoute, PlannedStop } from "../../decode.ts";
import type { Problem, ProblemOrder, ProblemShift } from "../../model/problem.ts";
import { detourCost, detourSeconds, type Side } from "../detour.ts";
import { notAsked, type Verdict } from "../verdict.ts";

type Loan = Extract<PlannedStop, { kind: "loan" }>;

/** A stop of a meeting in the route of one of the two. */
interface Found {
  readonly route: PlannedRoute;
  readonly stop: Loan;
}

/** The verdict for an order in `route`, which is one of the plan's `routes`. */
export function partsBorrowable(
  problem: Problem,
  order: ProblemOrder,
  route: PlannedRoute,
  routes: readonly PlannedRoute[],
): Verdict {
  const pair = { problem, order, engineer: route.engineer };
  const visit = route.stops.find((stop) => stop.kind === "order" && stop.orderId === order.id);
  if (visit?.kind !== "order" || visit.parts.every(({ lenderId }) => lenderId === undefined))
    return notAsked(pair, () => ({ en: "No loan is needed.", zh: "无需借件。" }));
  const meeting = meetingFor(order, route, routes);
  // The loans of a plan that was given name no order.
  if (meeting === undefined)
    return notAsked(pair, () => ({
      en: "Parts are borrowed; the meetings of a given plan are not told apart by order.",
      zh: "备件为借用；给定计划中的交接不按工单区分。",
    }));
  const { lender, borrower } = meeting;
  const { params } = problem.policy.criteria.get("parts_borrowable")!;
  const tps = problem.ticksPerSecond;
  const waiting = lender.stop.start - lender.stop.arrival;
  const ticks = lender.stop.departure - lender.stop.start + waiting;
  const detourS = detourSeconds(problem, sideOf(problem, lender), sideOf(problem, borrower), ticks);
  const { score, ticks: costTicks } = detourCost(problem, detourS);
  const lenderId = lender.route.engineer.id;
  const parts = lender.stop.loan.parts.map(({ sku, quantity }) => `${quantity} x ${sku}`).join(", ");
  const { placeOrderId, startOf } = lender.stop.loan;
  const atBorrower = startOf?.engineerId === borrower.route.engineer.id;
  const start = atBorrower
    ? { en: "the borrower's start", zh: "借入人起点" }
    : { en: "the lender's start", zh: "出借人起点" };
  return {
    status: "evaluated",
    score,
    costTicks,
    inputs: () => ({
      lender: lenderId,
      parts,
      place: placeOrderId ?? `start of ${startOf?.engineerId}`,
      detour_s: `${detourS}`,
      lender_delay_s: `${Math.floor(waiting / tps)}`,
      hand_over_s: `${params.hand_over_s}`,
    }),
    sentence: () => ({
      en: `Borrows ${parts} from ${lenderId} at ${placeOrderId ?? start.en}: ${detourS} s of detour for both.`,
      zh: `在${placeOrderId === undefined ? start.zh : ` ${placeOrderId} 处`}向 ${lenderId} 借 ${parts}，双方共绕行 ${detourS} 秒。`,
    }),
  };
}

/** The meeting that the order's borrowed parts come from. */
function meetingFor(order: ProblemOrder, route: PlannedRoute, routes: readonly PlannedRoute[]) {
  const loans = (of: PlannedRoute) =>
    of.stops.flatMap((stop) => (stop.kind === "loan" && stop.orderId === order.id ? [{ route: of, stop }] : []));
  const [borrower] = loans(route).filter(({ stop }) => stop.loan.borrowerId === route.engineer.id);
  const [lender] = routes.flatMap(loans).filter(({ route: of, stop }) => stop.loan.lenderId === of.engineer.id);
  return borrower && lender && { borrower, lender };
}

/** The stops of a route as the detour wants them. */
function sideOf(problem: Problem, { route, stop }: Found): Side {
  const { engineer, shift, stops } = route;
  const rows = stops.map((other) => rowOf(problem, other, shift));
  return { engineer, shift, rows, isLoan: (index) => stops[index]!.kind === "loan", index: stops.indexOf(stop) };
}

/** Travel row of a stop; undefined: where the stop before is. */
function rowOf({ orders, centres }: Problem, stop: PlannedStop, shift: ProblemShift): number | undefined {
  const orderRow = (id: string) => orders.find((order) => order.id === id)!.placeRow;
  switch (stop.kind) {
    case "order":
      return orderRow(stop.orderId);
    case "supply":
      return centres.find(({ id }) => id === stop.centreId)!.placeRow;
    case "break":
      return shift.breaks.find(({ index }) => index === stop.breakIndex)!.placeRow;
    case "loan":
      return stop.loan.placeRow;
  }
}
