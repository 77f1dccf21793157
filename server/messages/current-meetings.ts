// Meetings of the current plan that are still to come, each with the order that it is for.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PartSource, type Route, type Stop, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { GivenMeeting, ProblemOrder } from "../../solver/model/problem.ts";
import { variantsOf, variantUsed } from "../../solver/model/variants.ts";
import type { Travel } from "../../solver/travel/travel.ts";
import { underWay } from "./current-plan-from-proto.ts";
import { partsFromProto } from "./from-proto.ts";

export interface CurrentMeetings {
  /** By LOAN stop to come; those that are missing cannot be kept. */
  readonly meetings: ReadonlyMap<Stop, GivenMeeting>;
  /** By SERVICE stop to come: the way the order's needs are met. */
  readonly variants: ReadonlyMap<Stop, number>;
  /** Orders that were to borrow at meetings that cannot be kept. */
  readonly lost: ReadonlySet<string>;
}

interface Side {
  readonly route: Route;
  readonly stop: Stop;
}

const NOTHING_PLANNED: CurrentMeetings = { meetings: new Map(), variants: new Map(), lost: new Set() };

/** Pairs the LOAN stops of the current plan as docs/plan.md, "Loans", says, settled ones counted. */
export function currentMeetings(request: AssignRequest, travel: Travel): CurrentMeetings {
  const planned = request.currentPlan?.routes ?? [];
  if (planned.length === 0) return NOTHING_PLANNED;
  const orders = new Map(request.orders.map((order) => [order.id, { parts: partsFromProto(order) }]));
  const variants = new Map<Stop, number>();
  for (const { stops } of planned)
    for (const stop of stops) {
      const order = stop.kind === Stop_Kind.SERVICE ? orders.get(stop.orderId) : undefined;
      if (order) variants.set(stop, variantUsed(order, stop.parts));
    }
  const routes = [...planned].sort((a, b) => startOf(request, a) - startOf(request, b));
  const sides = routes.flatMap((route) =>
    route.stops.flatMap((stop): Side[] => (stop.kind === Stop_Kind.LOAN && stop.loan ? [{ route, stop }] : [])),
  );
  const meetings = new Map<Stop, GivenMeeting>();
  const taken = new Set<string>();
  const borrowers = new Map<string, Side[]>();
  for (const side of sides)
    if (isBorrower(side)) borrowers.set(pairOf(side), [...(borrowers.get(pairOf(side)) ?? []), side]);
  for (const lender of sides) {
    if (isBorrower(lender)) continue;
    const borrower = borrowers.get(pairOf(lender))?.shift();
    if (!borrower || underWay(lender.stop) || underWay(borrower.stop)) continue;
    const meeting = meetingOf(orders, variants, travel, lender, borrower, taken);
    if (!meeting) continue;
    taken.add(meeting.orderId);
    meetings.set(lender.stop, meeting).set(borrower.stop, meeting);
  }
  return { meetings, variants, lost: lostOrders(routes, sides, meetings) };
}

const isBorrower = ({ route, stop }: Side) => stop.loan!.borrowerEngineerId === route.engineerId;
const pairOf = ({ stop }: Side) => JSON.stringify([stop.loan!.lenderEngineerId, stop.loan!.borrowerEngineerId]);

function startOf({ engineers }: AssignRequest, { engineerId, shiftIndex }: Route): number {
  return Number(engineers.find(({ id }) => id === engineerId)?.shifts[shiftIndex]?.time?.start?.seconds ?? 0n);
}

/** The meeting of two stops that tell the same, if it brings one order of the borrower's all units of its SKUs. */
function meetingOf(
  orders: ReadonlyMap<string, Pick<ProblemOrder, "parts">>,
  variants: ReadonlyMap<Stop, number>,
  travel: Travel,
  lender: Side,
  borrower: Side,
  taken: ReadonlySet<string>,
): GivenMeeting | undefined {
  const { place } = lender.stop;
  const { lenderEngineerId, borrowerEngineerId } = lender.stop.loan!;
  const units = unitsOf(lender.stop.loan!.parts);
  const skus = [...units.keys()];
  const placeRow = place && travel.row(place);
  if (placeRow === undefined || skus.length === 0 || !borrower.stop.place) return undefined;
  if (travel.row(borrower.stop.place) !== placeRow || !areSame(units, unitsOf(borrower.stop.loan!.parts)))
    return undefined;
  const later = borrower.route.stops.slice(borrower.route.stops.indexOf(borrower.stop) + 1);
  const fitting = later.filter((stop) => {
    const order = orders.get(stop.orderId);
    if (stop.kind !== Stop_Kind.SERVICE || !order || taken.has(stop.orderId)) return false;
    const needed = variantsOf(order)[variants.get(stop)!]!;
    return skus.every((sku) => needed.find(({ id }) => id === sku)?.quantity === units.get(sku));
  });
  const service = fitting.find((stop) => borrowsFrom(stop, lenderEngineerId)) ?? fitting[0];
  return (
    service && {
      lenderId: lenderEngineerId,
      borrowerId: borrowerEngineerId,
      orderId: service.orderId,
      skus,
      variant: variants.get(service)!,
      placeRow,
    }
  );
}

function unitsOf(parts: readonly { readonly sku: string; readonly quantity: number }[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of parts) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

const areSame = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) =>
  a.size === b.size && [...a].every(([sku, units]) => b.get(sku) === units);

const borrowsFrom = ({ parts }: Stop, lenderId: string) =>
  parts.some(({ source, lenderEngineerId }) => source === PartSource.LOAN && lenderEngineerId === lenderId);

/** Orders to come that borrow from somebody whom they neither meet nor have met. */
function lostOrders(
  routes: readonly Route[],
  sides: readonly Side[],
  meetings: ReadonlyMap<Stop, GivenMeeting>,
): Set<string> {
  const met = new Set(sides.filter(({ stop }) => underWay(stop)).map(pairOf));
  const kept = new Set([...meetings.values()].map(({ orderId, lenderId }) => JSON.stringify([orderId, lenderId])));
  const lost = new Set<string>();
  for (const { engineerId, stops } of routes)
    for (const stop of stops)
      for (const { source, lenderEngineerId } of stop.parts) {
        if (stop.kind !== Stop_Kind.SERVICE || underWay(stop) || source !== PartSource.LOAN) continue;
        if (kept.has(JSON.stringify([stop.orderId, lenderEngineerId]))) continue;
        if (!met.has(JSON.stringify([lenderEngineerId, engineerId]))) lost.add(stop.orderId);
      }
  return lost;
}
