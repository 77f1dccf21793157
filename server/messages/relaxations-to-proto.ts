// The nearest relaxations of an order left out, as messages.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Relaxation, Relaxation_Kind, RelaxationSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Draft } from "../../solver/explain/draft.ts";
import { type Relaxation as Found, type RelaxationKind, relaxations } from "../../solver/explain/relax.ts";
import { relaxationWords } from "../../solver/explain/relaxation-words.ts";
import type { ProblemEngineer, ProblemOrder } from "../../solver/model/problem.ts";
import { insertionToProto } from "./insertion-to-proto.ts";
import { languageOf, nameOf } from "./language.ts";
import { Clock } from "./request-clock.ts";

/** Kinds whose amount is a length of time. */
const TIMES: ReadonlySet<RelaxationKind> = new Set([
  "WINDOW_END",
  "WINDOW_START",
  "LATENESS_GRACE",
  "SHIFT_START",
  "SHIFT_END",
  "OVERTIME",
  "MAX_LEG",
  "MAX_TRAVEL",
  "MAX_WORKING",
]);

/** Of each kind the smallest change after which one of `engineers` can serve the order, by kind. `draft` must not serve it. */
export function relaxationsOf(
  request: AssignRequest,
  draft: Draft,
  order: ProblemOrder,
  engineers: readonly ProblemEngineer[],
  poll: () => void,
): Relaxation[] {
  const clock = new Clock(request);
  const { windows } = request.orders.find(({ id }) => id === order.id)!;
  const spans = windows.map(({ start, end }) => ({ start: clock.at(start!), end: clock.at(end!) }));
  return relaxations(draft, order, { engineers, windows: spans, poll }).map((found) =>
    toProto(request, draft, found, clock),
  );
}

function toProto(request: AssignRequest, draft: Draft, found: Found, clock: Clock): Relaxation {
  const { problem } = draft.context;
  const { kind, amount, window = 0, subject = "", centreId = "", engineer, insertion } = found;
  const tps = problem.ticksPerSecond;
  const seconds = Math.floor(amount / tps);
  const isTime = TIMES.has(kind);
  const start = insertion.route.stops[insertion.position]!.start;
  const name = nameOf(request, engineer.id);
  return create(RelaxationSchema, {
    kind: Relaxation_Kind[kind],
    ...(isTime && {
      duration: { seconds: BigInt(seconds), nanos: Math.round(((amount - seconds * tps) * 1e9) / tps) },
    }),
    amount: isTime ? 0n : BigInt(amount),
    windowIndex: window,
    subjectId: subject,
    operatingCentreId: centreId,
    witness: insertionToProto(request, problem, insertion),
    message: relaxationWords(problem, found, name, wallTime(request.timeZone, clock, start))[languageOf(request)],
  });
}

/** A tick after `now` as the clocks in the zone show it, hours and minutes. */
function wallTime(timeZone: string, { epochTicks, ticksPerSecond }: Clock, tick: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return format.format(((epochTicks + tick) * 1000) / ticksPerSecond);
}
