// What an answer says of the running plan, and that it is not worse than that.
import { create } from "@bufbuild/protobuf";
import type { AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Plan,
  PlanSchema,
  type Route,
  RouteSchema,
  type Stop,
  Stop_Kind,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { type Allowances, keepsRunning, type RunningRoute } from "./allowances.ts";
import { compareIds, invalidOrderIds } from "./bookkeeping.ts";
import { type PlanCost, planCost } from "./cost.ts";
import { isOver, nameOf } from "./current.ts";
import { type Facts, readRoutes } from "./facts.ts";
import { findings, type Report } from "./finding.ts";
import { retimeBy } from "./retime.ts";

/** Reports a running plan that is said to be another than it is, an answer that is worse, and for INSERT stops that it moved. */
export function checkRunning(facts: Facts, plan: Plan, cost: PlanCost, response: AssignResponse, report: Report): void {
  const { running } = response;
  const { allowances } = facts;
  if (!allowances || !running) {
    if (keepsRunning(facts.request) !== (running !== undefined))
      report("RUNNING_MISSING", {}, `${keepsRunning(facts.request)}`, `${running !== undefined}`);
    return;
  }
  const released = new Set(running.releasedOrderIds);
  const given = new Map(assignedIn(facts.request.currentPlan?.routes ?? []));
  for (const orderId of released)
    if (!given.has(orderId)) report("RUNNING_RELEASED", { orderId }, "an order of the running plan", "another");
  const key = (row: { code: string; orderId?: string; engineerId?: string; stopIndex?: number | undefined }) =>
    [row.code, row.orderId ?? "", row.engineerId ?? "", row.stopIndex ?? ""].join(" ");
  const expected = allowances.met.map(key).sort();
  const got = running.inherited.map(key).sort();
  if (expected.join() !== got.join()) report("RUNNING_INHERITED", {}, expected.join(), got.join());

  for (const { code, orderId } of allowances.met)
    if (code === "LOCK_ENGINEER" && !released.has(orderId ?? ""))
      report("RUNNING_RELEASED", { orderId: orderId ?? "" }, "a locked order that is left out", "not released");

  const routes = [...allowances.running.values()];
  const stays = routes.flatMap(({ stops }) => stops).every(({ orderId }) => !released.has(orderId));
  // What a supply stop is for and whether it is needed is the search's business.
  if (stays && !routes.some(({ stops }) => stops.some(({ kind }) => kind === Stop_Kind.SUPPLY))) {
    const levels = runningLevels(facts, allowances, plan);
    if (levels.join() !== running.levels.join()) report("RUNNING_LEVELS", {}, levels.join(), running.levels.join());
  }
  const isLocked = [...released].some((orderId) => allowances.keepers.has(orderId));
  const isInsertion = facts.request.search?.mode === SearchOptions_Mode.INSERT;
  if (!isInsertion && !isLocked && isWorse(cost.levels, running.levels))
    report("RUNNING_WORSE", {}, `at most ${running.levels.join()}`, cost.levels.join());
  if (isInsertion) checkStays(allowances, plan, released, report);
  checkChanges(given, new Map(assignedIn(plan.routes)), response, report);
}

function isWorse(levels: readonly bigint[], than: readonly bigint[]): boolean {
  const first = levels.findIndex((value, level) => value !== than[level]);
  return first >= 0 && levels[first]! > than[first]!;
}

/** Levels of the running plan at `now`, broken orders not counted. */
function runningLevels(facts: Facts, allowances: Allowances, answer: Plan): bigint[] {
  const { request, clock } = facts;
  const over = (request.currentPlan?.routes ?? []).filter((route) => isOver(request, route, clock));
  const broken = invalidOrderIds(answer);
  const { timed } = retimeBy(
    facts,
    create(PlanSchema, {
      routes: [...over, ...[...allowances.running.values()].map(nakedRoute)],
      unassigned: answer.unassigned.filter(({ orderId }) => broken.has(orderId)),
    }),
  );
  return planCost(facts, timed, readRoutes(facts, timed, findings().report)).levels;
}

function nakedRoute({ current, engineer, shiftIndex, settled, stops }: RunningRoute): Route {
  const rest = stops.map(({ kind, orderId, operatingCentreId, breakIndex, lock, loan, place }) =>
    create(StopSchema, {
      kind,
      orderId,
      operatingCentreId,
      breakIndex,
      lock,
      ...(kind === Stop_Kind.LOAN && loan && place && { loan, place }),
    }),
  );
  return create(RouteSchema, {
    engineerId: engineer.id,
    shiftIndex,
    stops: [...settled, ...rest],
    ...(settled.length > 0 && current.departure && { departure: current.departure }),
  });
}

/** Reports services, breaks and meetings of the running plan that are not in their route in their order. */
function checkStays({ running, loans }: Allowances, plan: Plan, released: ReadonlySet<string>, report: Report): void {
  for (const { engineer, shiftIndex, settled, stops } of running.values()) {
    // Without an order the route is empty: its breaks go, too.
    const orders = stops.filter(({ kind }) => kind === Stop_Kind.SERVICE);
    if (settled.length === 0 && orders.every(({ orderId }) => released.has(orderId))) continue;
    const route = plan.routes.find((one) => one.engineerId === engineer.id && one.shiftIndex === shiftIndex);
    const now = route?.stops.map(nameOf) ?? [];
    let from = 0;
    for (const stop of stops) {
      if (stop.kind === Stop_Kind.SUPPLY || released.has(loans.get(stop) ?? stop.orderId)) continue;
      const place = now.indexOf(nameOf(stop), from);
      if (place < 0) report("RUNNING_MOVED", { engineerId: engineer.id }, nameOf(stop), `not after stop ${from - 1}`);
      else from = place + 1;
    }
  }
}

interface Place {
  readonly engineerId: string;
  readonly shiftIndex: number;
  readonly start?: Stop["start"];
}

function assignedIn(routes: readonly Route[]): [string, Place][] {
  return routes.flatMap(({ engineerId, shiftIndex, stops }) =>
    stops
      .filter(({ kind }) => kind === Stop_Kind.SERVICE)
      .map(({ orderId, start }): [string, Place] => [orderId, { engineerId, shiftIndex, start }]),
  );
}

function checkChanges(
  before: ReadonlyMap<string, Place>,
  after: ReadonlyMap<string, Place>,
  response: AssignResponse,
  report: Report,
): void {
  const placeText = (place: Place | undefined) =>
    place ? `${place.shiftIndex} of ${place.engineerId} at ${place.start?.seconds}.${place.start?.nanos}` : "nowhere";
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort(compareIds);
  const expected = ids.flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was && is && !was.start && was.engineerId === is.engineerId && was.shiftIndex === is.shiftIndex) return [];
    return placeText(was) === placeText(is) ? [] : [`${id}: ${placeText(was)} -> ${placeText(is)}`];
  });
  const got = (response.running?.changes ?? []).map(
    (row) => `${row.orderId}: ${placeText(row.before)} -> ${placeText(row.after)}`,
  );
  if (expected.join() !== got.join()) report("RUNNING_CHANGES", {}, expected.join("; "), got.join("; "));
}
