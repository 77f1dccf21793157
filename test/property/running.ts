// The request of a day under way: a plan, a later moment, what has happened until then, and random locks on what has not.
import { clone, create } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { StockSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import {
  type Plan,
  PlanSchema,
  type Route,
  type Stop,
  Stop_Kind,
  Stop_Lock,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Draws } from "./draws.ts";

const after = (a: Timestamp, b: Timestamp) => a.seconds > b.seconds || (a.seconds === b.seconds && a.nanos > b.nanos);

/**
 * The request at some moment of `plan`, stops until then DONE or STARTED and their parts gone from the stock, and locks on some of
 * the others. At that moment nobody is on the way or waiting: every route stands at a stop, has not begun or is over, so that the
 * rest of the plan, locks and all, can still be carried out as it is.
 */
export function underWay(request: AssignRequest, plan: Plan, draws: Draws): AssignRequest {
  const later = clone(AssignRequestSchema, request);
  later.currentPlan = clone(PlanSchema, plan);
  later.currentPlan.unassigned = [];
  const moments = plan.routes.flatMap((route) => route.stops.flatMap((stop) => [stop.start!, stop.departure!]));
  const quiet = moments.filter((moment) => plan.routes.every((route) => settledAt(route, moment) !== undefined));
  if (quiet.length > 0 && draws.chance(70)) later.now = clone(TimestampSchema, draws.one(quiet));
  for (const route of later.currentPlan.routes) {
    const settled = after(later.now!, request.now!) ? settledAt(route, later.now!)! : 0;
    for (const [index, stop] of route.stops.slice(0, settled).entries()) {
      const going = index === settled - 1 && !after(later.now!, stop.departure!) && draws.chance(80);
      stop.lock = going ? Stop_Lock.STARTED : Stop_Lock.DONE;
      carryOut(later, route.engineerId, stop);
    }
    lockRest(route, settled, draws);
  }
  return later;
}

/** Stops begun at `moment`; undefined while somebody is on the way. */
function settledAt(route: Route, moment: Timestamp): number | undefined {
  const begun = route.stops.filter((stop) => !after(stop.start!, moment)).length;
  const last = route.stops[begun - 1];
  if (!last) return after(moment, route.departure!) ? undefined : 0;
  // Who leaves at this very moment has not left yet. A day that is over is only quiet without a way home.
  return after(moment, last.departure!) && (begun < route.stops.length || route.finalLeg) ? undefined : begun;
}

/** What the stop moved is in the request's stock: the van's, the centre's, and the tools taken on. */
function carryOut(request: AssignRequest, engineerId: string, stop: Stop): void {
  const engineer = request.engineers.find(({ id }) => id === engineerId)!;
  const centre = request.operatingCentres.find(({ id }) => id === stop.operatingCentreId);
  const move = (list: Stock[], sku: string, units: number) => {
    let row = list.find((stock) => stock.sku === sku);
    if (!row) {
      row = create(StockSchema, { sku });
      list.push(row);
    }
    if (!row.unlimited) row.quantity += units;
  };
  for (const { sku, quantity } of stop.pickUps) {
    move(engineer.stock, sku, quantity);
    move(centre!.stock, sku, -quantity);
  }
  for (const { sku, quantity } of stop.parts) move(engineer.stock, sku, -quantity);
  const sign = stop.loan?.borrowerEngineerId === engineerId ? 1 : -1;
  for (const { sku, quantity } of stop.loan?.parts ?? []) move(engineer.stock, sku, sign * quantity);
  for (const tool of stop.toolIds) if (!engineer.toolIds.includes(tool)) engineer.toolIds.push(tool);
}

/** SEQUENCE or TIME on a first part of the rest that ends with a service, ENGINEER on some services after it. */
function lockRest(route: Route, settled: number, { whole, chance }: Draws): void {
  const rest = route.stops.slice(settled);
  const most = chance(60) ? whole(0, rest.length) : 0;
  const chained = rest.slice(0, most).findLastIndex((stop) => stop.kind === Stop_Kind.SERVICE) + 1;
  for (const [index, stop] of rest.entries()) {
    const isService = stop.kind === Stop_Kind.SERVICE;
    if (index < chained) stop.lock = isService && chance(30) ? Stop_Lock.TIME : Stop_Lock.SEQUENCE;
    else if (isService && chance(30)) stop.lock = Stop_Lock.ENGINEER;
  }
}
