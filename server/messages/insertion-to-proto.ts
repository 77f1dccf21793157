// Turns insertions and differences of values into the messages of the contract.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Cost,
  CostSchema,
  type Insertion as InsertionMessage,
  InsertionSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { levelsOf, type Values } from "../../solver/explain/draft.ts";
import type { Place } from "../../solver/explain/places.ts";
import { routeOf, type Trial } from "../../solver/explain/trial.ts";
import { compareIds } from "../../solver/model/ids.ts";
import type { Problem } from "../../solver/model/problem.ts";
import { MEASURES, routeToProto } from "./to-proto.ts";

/** A place that keeps all rules, with the whole route, and what is left of the one that had the order. */
export function insertionToProto(
  request: AssignRequest,
  problem: Problem,
  place: Place,
  left?: Trial | undefined,
): InsertionMessage {
  const { engineer, shift } = place.trial.way;
  return create(InsertionSchema, {
    engineerId: engineer.id,
    shiftIndex: shift.index,
    position: place.position + (shift.head?.stops ?? 0),
    route: routeToProto(request, problem, routeOf(place.trial)),
    ...(left && { left: routeToProto(request, problem, routeOf(left)) }),
  });
}

/** A difference of values; criteria that do not change are left out, the others go by id. */
export function differenceToProto(problem: Problem, change: Values): Cost {
  return create(CostSchema, {
    levels: levelsOf(problem, change).map(BigInt),
    measures: MEASURES.map((measure, at) => ({ measure, value: BigInt(change.measures[at]!) })),
    criteria: [...change.criteria]
      .filter(([, ticks]) => ticks !== 0)
      .map(([criterionId, ticks]) => ({ criterionId, cost: BigInt(ticks) }))
      .sort((a, b) => compareIds(a.criterionId, b.criterionId)),
  });
}
