// A day that needs a loan of a part between two engineers.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { between, minutes } from "../city/clock.ts";
import { DEPOT, engineer, has, needs, order, place, request } from "./pieces.ts";

type Job = readonly [category: string, fault: string, skill: string];

/** The same device and skill, but a job without a part. */
const filterOf = ([category, , skill]: Job): Job => [category, "filter_clogged", skill];

/**
 * The only control board of the city lies in the van of e2, who may not open an air conditioner; e1 may, but has none, and neither has
 * the centre. Without loans order o5 has reason NO_PART.
 */
export function loanNeeded(): AssignRequest {
  const aircon = ["air_conditioner", "control_board", "aircon_repair"] as const;
  const washer = ["washing_machine", "drain_pump", "washer_repair"] as const;
  const phone = ["phone", "screen_broken", "phone_repair"] as const;
  return request("loan-needed", {
    orders: [
      order("o1", place(30.272, 120.158, "Wulin, Willow Lane 8"), [between(9, 11)], filterOf(aircon), 60),
      order(
        "o2",
        place(30.281, 120.171, "Wulin, Maple Lane 21"),
        [between(10, 12)],
        washer,
        60,
        needs("pump-drain-40w"),
      ),
      order(
        "o3",
        place(30.262, 120.188, "Qianjiang, Lotus Lane 3"),
        [between(9, 11)],
        phone,
        40,
        needs("screen-lumo-5"),
      ),
      order("o4", place(30.315, 120.146, "Gongshu, Plum Lane 40"), [between(13, 15)], filterOf(aircon), 75),
      order(
        "o5",
        place(30.269, 120.165, "Wulin, Heron Lane 12"),
        [between(13, 16)],
        aircon,
        60,
        needs("board-control-a"),
      ),
      order(
        "o6",
        place(30.297, 120.181, "Genshan, Camphor Lane 5"),
        [between(14, 16)],
        washer,
        60,
        needs("pump-drain-40w"),
      ),
      order(
        "o7",
        place(30.249, 120.204, "Qianjiang, Ginkgo Lane 77"),
        [between(14, 16)],
        phone,
        40,
        needs("screen-lumo-5"),
      ),
      order("o8", place(30.328, 120.139, "Gongshu, Bamboo Lane 2"), [between(15, 17)], washer, 45),
    ],
    engineers: [
      engineer("e1", place(30.31, 120.15, "Gongshu"), [8.5, 17.5], ["aircon_repair"], VehicleMode.CAR),
      engineer("e2", place(30.29, 120.185, "Genshan"), [8.5, 17.5], ["washer_repair"], VehicleMode.CAR, {
        ...has("pump-drain-40w", "board-control-a"),
        lending: { mayLend: true },
      }),
      engineer(
        "e3",
        place(30.255, 120.21, "Qianjiang"),
        [9, 18],
        ["phone_repair"],
        VehicleMode.E_BIKE,
        has("screen-lumo-5"),
      ),
    ],
    operatingCentres: [
      {
        id: "c1",
        place: DEPOT,
        openingWindows: [between(8, 20)],
        stock: [
          { sku: "pump-drain-40w", quantity: 4 },
          { sku: "screen-lumo-5", quantity: 4 },
          { sku: "board-control-a", quantity: 0 },
        ],
        pickDuration: minutes(10),
      },
    ],
  });
}
