// Geometry and steps for the legs of a plan, from the road engine that knows the way.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { LatLngSchema, type Place, type VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type Leg,
  LegStepSchema,
  type Plan,
  type Route,
  Stop_Lock,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Point, RoadStep, RoadWay } from "./engine.ts";
import { instructionOf, languageOf } from "./instructions.ts";

/** A leg that somebody has yet to travel. */
export interface LegToTravel {
  readonly leg: Leg;
  readonly mode: VehicleMode;
  readonly from: Point;
  readonly to: Point;
  /** Name of the place it leads to; empty: it has none. */
  readonly destination: string;
}

const pointOf = (place: Place | undefined): Point | undefined =>
  place?.position.case === "geo" ? place.position.value : undefined;
const samePlace = (a: Point, b: Point) => a.latitude === b.latitude && a.longitude === b.longitude;
const isPast = (lock: Stop_Lock) => lock === Stop_Lock.STARTED || lock === Stop_Lock.DONE;

/** Legs of a plan from one place to another, but for those of stops under way and those of great circle. */
export function legsToTravel(request: AssignRequest, plan: Plan): LegToTravel[] {
  const engineers = new Map(request.engineers.map((engineer) => [engineer.id, engineer]));
  return plan.routes.flatMap((route) => legsOf(route, engineers.get(route.engineerId)!));
}

function legsOf(route: Route, engineer: Engineer): LegToTravel[] {
  const shift = engineer.shifts[route.shiftIndex]!;
  const found: LegToTravel[] = [];
  let before = pointOf(shift.startPlace);
  const go = (leg: Leg | undefined, place: Place | undefined, destination: string) => {
    const to = pointOf(place);
    if (leg && before && to && !samePlace(before, to) && !leg.greatCircle)
      found.push({ leg, mode: engineer.vehicleMode, from: before, to, destination });
    before = to ?? before;
  };
  for (const { lock, place, leg, orderId, operatingCentreId } of route.stops)
    if (isPast(lock)) before = pointOf(place) ?? before;
    else go(leg, place, orderId || operatingCentreId);
  // A route that is over keeps its last leg, too.
  if (route.stops.some(({ lock }) => !isPast(lock))) go(route.finalLeg, shift.endPlace, shift.endPlace?.address ?? "");
  return found;
}

/** Writes a way into its leg: geometry, the engine's own time and distance, and steps in `language`; empty: no steps. */
export function describeLeg({ leg, destination }: LegToTravel, way: RoadWay, language: string): void {
  leg.geometry = way.geometry;
  leg.roadDuration = durationOf(way.seconds);
  leg.roadDistanceM = BigInt(Math.round(way.metres));
  if (language === "") return;
  const code = languageOf(language);
  leg.steps = way.steps.map((step: RoadStep) => {
    const [longitude, latitude] = step.maneuver.location;
    return create(LegStepSchema, {
      instruction: instructionOf(step, code, destination),
      maneuver: step.maneuver.type,
      roadName: step.name,
      duration: durationOf(step.duration),
      distanceM: BigInt(Math.round(step.distance)),
      position: create(LatLngSchema, { latitude, longitude }),
    });
  });
}

/** A duration in whole milliseconds. */
function durationOf(seconds: number) {
  const ms = Math.round(seconds * 1000);
  return {
    $typeName: "google.protobuf.Duration" as const,
    seconds: BigInt(Math.floor(ms / 1000)),
    nanos: (ms % 1000) * 1_000_000,
  };
}
