// Turns insertions and differences of values into the messages of the contract.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Cost,
  CostSchema,
  type Insertion as InsertionMessage,
  InsertionSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { levelsOf, type Removal, type Values } from "../../solver/explain/draft.ts";
import type { Place } from "../../solver/explain/places.ts";
import { routeOf, type Trial } from "../../solver/explain/trial.ts";
import { keyOf } from "../../solver/explain/way.ts";
import { compareIds } from "../../solver/model/ids.ts";
import type { Problem } from "../../solver/model/problem.ts";
import { MEASURES, routeToProto } from "./to-proto.ts";

/** A place that keeps all rules, with the whole route, what is left of the one that had the order, and others that change. */
export function insertionToProto(
  request: AssignRequest,
  problem: Problem,
  place: Place,
  removal?: Removal,
): InsertionMessage {
  const { engineer, shift } = place.trial.way;
  // What the insertion says of a route is later than what the removal says.
  const trials = [...(removal?.changed ?? []), ...place.trial.others, place.trial];
  const routes = new Map(trials.map((trial) => [keyOf(trial.way.engineer, trial.way.shift), trial]));
  const take = ({ way }: Trial) => {
    const key = keyOf(way.engineer, way.shift);
    const route = routeToProto(request, problem, routeOf(routes.get(key)!));
    routes.delete(key);
    return route;
  };
  const route = take(place.trial);
  const left = removal?.left && take(removal.left);
  return create(InsertionSchema, {
    engineerId: engineer.id,
    shiftIndex: shift.index,
    position: place.position + (shift.head?.stops ?? 0),
    route,
    ...(left && { left }),
    others: [...routes.values()]
      .map((trial) => routeToProto(request, problem, routeOf(trial)))
      .sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex),
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
