// The current plan: it speaks of things of this request, visits each order once, and its locks can hold.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Route, type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Ids } from "./ids.ts";
import { type Path, type Report, show } from "./report.ts";

/** Reports unknown ids and indices, orders and routes that occur twice, and impossible locks. */
export function checkCurrentPlan(request: AssignRequest, ids: Ids, report: Report): void {
  const plan = request.currentPlan;
  if (!plan) return;
  const engineers = new Map(request.engineers.map((engineer) => [engineer.id, engineer]));
  const seenRoutes = new Set<string>();
  const seenOrders = new Set<string>();
  const order = (id: string, path: Path) => {
    if (id === "") report(path, "REQUIRED", "must not be empty");
    else if (!ids.orders.has(id)) report(path, "UNKNOWN_ORDER", `names no order of the request: ${show(id)}`);
    else if (seenOrders.has(id)) report(path, "DUPLICATE", `${show(id)} occurs twice in the plan`);
    seenOrders.add(id);
  };

  plan.routes.forEach((route, row) => {
    const path = ["currentPlan", "routes", row];
    const engineer = engineers.get(route.engineerId);
    const shift = engineer?.shifts[route.shiftIndex];
    if (!engineer && route.engineerId !== "")
      report(
        [...path, "engineerId"],
        "UNKNOWN_ENGINEER",
        `names no engineer of the request: ${show(route.engineerId)}`,
      );
    else if (engineer && !shift)
      report(
        [...path, "shiftIndex"],
        "UNKNOWN_SHIFT",
        `must be less than the engineer's ${engineer.shifts.length} shifts, is ${route.shiftIndex}`,
      );
    const key = JSON.stringify([route.engineerId, route.shiftIndex]);
    if (seenRoutes.has(key)) report(path, "DUPLICATE", `${show(route.engineerId)} has another route for this shift`);
    seenRoutes.add(key);

    route.stops.forEach((stop, at) => {
      const stopPath = [...path, "stops", at];
      if (stop.kind === Stop_Kind.SERVICE) order(stop.orderId, [...stopPath, "orderId"]);
      checkStop(stop, shift, ids, stopPath, report);
    });
    checkLocks(route, path, report);
  });
  plan.unassigned.forEach((row, at) => {
    if (row.orderId !== "") order(row.orderId, ["currentPlan", "unassigned", at, "orderId"]);
  });
}

function checkStop(stop: Stop, shift: Shift | undefined, ids: Ids, path: Path, report: Report): void {
  if (stop.kind === Stop_Kind.SUPPLY && !ids.centres.has(stop.operatingCentreId))
    report(
      [...path, "operatingCentreId"],
      "UNKNOWN_CENTRE",
      `names no operating centre of the request: ${show(stop.operatingCentreId)}`,
    );
  if (stop.kind === Stop_Kind.BREAK && shift && stop.breakIndex >= shift.breaks.length)
    report(
      [...path, "breakIndex"],
      "UNKNOWN_BREAK",
      `must be less than the shift's ${shift.breaks.length} breaks, is ${stop.breakIndex}`,
    );
  if (stop.kind === Stop_Kind.LOAN)
    for (const side of ["lenderEngineerId", "borrowerEngineerId"] as const) {
      const id = stop.loan?.[side] ?? "";
      if (!ids.engineers.has(id))
        report([...path, "loan", side], "UNKNOWN_ENGINEER", `names no engineer of the request: ${show(id)}`);
    }
  const settled = stop.lock === Stop_Lock.STARTED || stop.lock === Stop_Lock.DONE;
  if (!stop.start && (settled || stop.lock === Stop_Lock.TIME))
    report([...path, "start"], "REQUIRED", `is required with lock ${Stop_Lock[stop.lock]}`);
  if (stop.lock === Stop_Lock.TIME && stop.kind !== Stop_Kind.SERVICE)
    report([...path, "lock"], "LOCK_ORDER", "TIME is for SERVICE stops; use SEQUENCE");
  if (!stop.departure && settled)
    report([...path, "departure"], "REQUIRED", `is required with lock ${Stop_Lock[stop.lock]}`);
}

/** Done stops, then at most one started stop, then the locked sequence, then the rest; a break is had once. */
function checkLocks(route: Route, path: Path, report: Report): void {
  let highest = 0;
  const seenBreaks = new Set<number>();
  route.stops.forEach((stop, at) => {
    if (stop.kind === Stop_Kind.BREAK) {
      if (seenBreaks.has(stop.breakIndex))
        report([...path, "stops", at, "breakIndex"], "DUPLICATE", `break ${stop.breakIndex} occurs twice in the route`);
      seenBreaks.add(stop.breakIndex);
    }
    const place = LOCK_PLACE[stop.lock] ?? 3;
    if (place < highest || (place === 1 && highest === 1))
      report(
        [...path, "stops", at, "lock"],
        "LOCK_ORDER",
        `${Stop_Lock[stop.lock]} must not come here: a route has DONE stops, one STARTED, SEQUENCE or TIME, then the others`,
      );
    highest = Math.max(highest, place);
  });
  const last = route.stops.findLastIndex((stop) => LOCK_PLACE[stop.lock] === 2);
  if (last >= 0 && route.stops[last]!.kind !== Stop_Kind.SERVICE)
    report(
      [...path, "stops", last, "lock"],
      "LOCK_ORDER",
      "the last stop locked in SEQUENCE or TIME must be a SERVICE stop: breaks and supply stops are kept for the sake of one",
    );
}

/** Where a lock stands in a route. */
const LOCK_PLACE: Readonly<Record<Stop_Lock, number>> = {
  [Stop_Lock.DONE]: 0,
  [Stop_Lock.STARTED]: 1,
  [Stop_Lock.SEQUENCE]: 2,
  [Stop_Lock.TIME]: 2,
  [Stop_Lock.UNSPECIFIED]: 3,
  [Stop_Lock.NONE]: 3,
  [Stop_Lock.ENGINEER]: 3,
};
