// A day that is half done: a current plan at 13:00 with every kind of lock.
import { clone, create, type MessageInitShape } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { TimeWindowSchema, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  PartSource,
  PlanSchema,
  Stop_Kind,
  Stop_Lock,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { dayOf } from "../baseline/day.ts";
import { scheduleRoute } from "../baseline/schedule.ts";
import { at, between, minutes } from "../city/clock.ts";
import { DEPOT, engineer, has, needs, order, place, request } from "./pieces.ts";

/**
 * Now it is 13:00. e1 has lunched and is at work at o03, with o04 fixed next; e2 is at lunch and has promised o08 for half past two exactly;
 * e3 has just begun and must keep o10, for which a part lies in the centre. Orders o12 and o13 came after the plan was made.
 */
export function midDayLocks(): AssignRequest {
  const washer = ["washing_machine", "door_lock", "washer_repair"] as const;
  const phone = ["phone", "battery_weak", "phone_repair"] as const;
  const heater = ["water_heater", "heating_element", "heater_repair"] as const;
  const lunch = { window: between(11.5, 13), duration: minutes(45) };
  const supper = { window: between(16.5, 18.5), duration: minutes(30) };
  const home = {
    e1: place(30.276, 120.15, "Wulin"),
    e2: place(30.24, 120.21, "Qianjiang"),
    e3: place(30.32, 120.16, "Gongshu"),
  };
  const shift = (hours: ReturnType<typeof between>, where: ReturnType<typeof place>, pause: typeof lunch) => ({
    shifts: [{ time: hours, startPlace: where, endPlace: where, breaks: [pause] }],
  });
  const day = request("mid-day-locks", {
    orders: [
      order("o01", place(30.271, 120.161, "Wulin, Willow Lane 30"), [between(8, 10)], washer, 60),
      order("o02", place(30.284, 120.169, "Wulin, Plum Lane 4"), [between(10, 12)], washer, 60),
      order("o03", place(30.279, 120.142, "Wulin, Lotus Lane 19"), [between(12.75, 14.75)], washer, 60),
      order("o04", place(30.293, 120.133, "Gongshu, Maple Lane 6"), [between(14, 16)], washer, 45),
      order("o05", place(30.3, 120.127, "Gongshu, Heron Lane 51"), [between(14, 17)], washer, 45),
      order("o06", place(30.268, 120.152, "Wulin, Bamboo Lane 13"), [between(15, 17)], washer, 30),
      order("o07", place(30.247, 120.202, "Qianjiang, Ginkgo Lane 9"), [between(10, 12)], phone, 40),
      order("o08", place(30.236, 120.215, "Qianjiang, Teahouse Lane 2"), [between(14, 16)], phone, 40),
      order("o09", place(30.225, 120.206, "Binjiang, Camphor Lane 18"), [between(15, 18)], phone, 40),
      order(
        "o10",
        place(30.309, 120.172, "Gongshu, Osmanthus Lane 5"),
        [between(14, 17)],
        heater,
        60,
        needs("element-2kw"),
      ),
      order(
        "o11",
        place(30.302, 120.158, "Gongshu, Willow Lane 88"),
        [between(16, 18)],
        heater,
        60,
        needs("element-2kw"),
      ),
      order("o12", place(30.252, 120.195, "Qianjiang, Plum Lane 60"), [between(14, 16), between(17, 18)], phone, 30, {
        createdAt: at(12, 50),
      }),
      order("o13", place(30.29, 120.15, "Wulin, Ginkgo Lane 27"), [between(14, 18)], washer, 45, {
        createdAt: at(12, 55),
      }),
    ],
    engineers: [
      engineer("e1", home.e1, [8, 17.5], ["washer_repair"], VehicleMode.CAR, shift(between(8, 17.5), home.e1, lunch)),
      engineer("e2", home.e2, [9, 18], ["phone_repair"], VehicleMode.E_BIKE, shift(between(9, 18.5), home.e2, lunch)),
      engineer("e3", home.e3, [12, 20.5], ["heater_repair", "washer_repair"], VehicleMode.CAR, {
        ...shift(between(12, 20.5), home.e3, supper),
        ...has("element-2kw"),
      }),
    ],
    operatingCentres: [
      {
        id: "c1",
        place: DEPOT,
        openingWindows: [between(8, 20)],
        stock: [{ sku: "element-2kw", quantity: 3 }],
        pickDuration: minutes(10),
      },
    ],
  });
  day.currentPlan = morningPlan(day);
  day.now = create(TimestampSchema, at(13));
  return day;
}

const { DONE, STARTED, SEQUENCE, TIME, ENGINEER, NONE } = Stop_Lock;

/** The plan made at 08:00, with the locks of 13:00. */
function morningPlan(request: AssignRequest) {
  const service = (orderId: string, lock: Stop_Lock) => ({ kind: Stop_Kind.SERVICE, orderId, lock });
  const pause = (lock: Stop_Lock) => ({ kind: Stop_Kind.BREAK, breakIndex: 0, lock });
  const element = { sku: "element-2kw", quantity: 1 };
  const fromCentre = { ...element, source: PartSource.CENTRE, operatingCentreId: "c1" };
  const onHand = { ...element, source: PartSource.ON_HAND };
  const stops: MessageInitShape<typeof StopSchema>[][] = [
    [
      service("o01", DONE),
      service("o02", DONE),
      pause(DONE),
      service("o03", STARTED),
      service("o04", SEQUENCE),
      service("o05", NONE),
      service("o06", NONE),
    ],
    [service("o07", DONE), pause(STARTED), service("o08", TIME), service("o09", NONE)],
    [
      { kind: Stop_Kind.SUPPLY, operatingCentreId: "c1", pickUps: [element], lock: NONE },
      { ...service("o10", ENGINEER), parts: [fromCentre] },
      pause(NONE),
      { ...service("o11", NONE), parts: [onHand] },
    ],
  ];
  // The promise of half past two, as a window of one moment.
  const promised = clone(AssignRequestSchema, request);
  promised.orders.find(({ id }) => id === "o08")!.windows = [create(TimeWindowSchema, between(14.5, 14.5))];
  const day = dayOf(promised);
  return create(PlanSchema, {
    routes: request.engineers.map(
      (engineer, index) =>
        scheduleRoute(
          day,
          engineer,
          0,
          stops[index]!.map((stop) => create(StopSchema, stop)),
        )!,
    ),
  });
}
