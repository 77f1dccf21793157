// A day in which a loan pays: the centre has the part, a colleague on the way has it sooner.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { between, minutes } from "../city/clock.ts";
import { engineer, needs, order, place, request } from "./pieces.ts";

/**
 * Everything lies on one meridian. e1 starts in the south and must put a pump in at o2; e2 works at o1 in the house next to it, with two
 * pumps in the van. The centre with pumps is in the far north. Without the loan e1 drives there and back.
 */
export function loanPays(): AssignRequest {
  const washer = ["washing_machine", "door_lock", "washer_repair"] as const;
  const pump = ["washing_machine", "drain_pump", "washer_pump"] as const;
  const lane = (latitude: number, address: string) => place(latitude, 120.16, address);
  const home = { e1: lane(30.2, "Binjiang, Camphor Lane 1"), e2: lane(30.23, "Qianjiang, Plum Lane 3") };
  return request("loan-pays", {
    orders: [
      order("o1", lane(30.25, "Wulin, Willow Lane 12"), [between(9, 10)], washer, 60),
      order("o2", lane(30.251, "Wulin, Willow Lane 19"), [between(9, 13)], pump, 60, needs("pump-drain-40w")),
    ],
    engineers: [
      engineer("e1", home.e1, [9, 17], ["washer_pump"], VehicleMode.CAR),
      engineer("e2", home.e2, [8.5, 17], ["washer_repair"], VehicleMode.CAR, {
        stock: [{ sku: "pump-drain-40w", quantity: 2 }],
        lending: { mayLend: true },
      }),
    ],
    operatingCentres: [
      {
        id: "c1",
        place: lane(30.35, "Gongshu, Depot Road 9"),
        openingWindows: [between(8, 20)],
        stock: [{ sku: "pump-drain-40w", quantity: 10 }],
        pickDuration: minutes(10),
      },
    ],
  });
}
