// A day with more work than hours.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { between } from "../city/clock.ts";
import { engineer, type OrderInit, order, place, request } from "./pieces.ts";

/**
 * Eighteen hours of service for three mornings of four hours: priorities decide who waits, prices which optional order is worth the way.
 * Any engineer may serve any order at any time, so that nothing else decides.
 */
export function overloaded(): AssignRequest {
  const job = ["fridge", "not_cooling", "fridge_repair"] as const;
  // In turn over the grid, so that the kinds are mixed.
  const kinds: OrderInit[] = [
    { priority: 40 },
    { priority: 10 },
    {},
    { priority: 40 },
    {},
    { priceMinor: 3000n },
    { priority: 40 },
    { priority: 10 },
    { priceMinor: 6000n },
  ];
  const morning = (id: string, home: ReturnType<typeof place>) =>
    engineer(id, home, [8, 12], ["fridge_repair"], VehicleMode.MOTORBIKE);
  return request("overloaded", {
    orders: Array.from({ length: 18 }, (_, index) => {
      // Six columns by three rows, about 1.4 km by 1.1 km apart.
      const latitude = (3026000 + 1000 * Math.floor(index / 6)) / 1e5;
      const longitude = (12014000 + 1500 * (index % 6)) / 1e5;
      const where = place(latitude, longitude, `Grid Lane ${index + 1}`);
      const id = `o${`${index + 1}`.padStart(2, "0")}`;
      return order(id, where, [between(8, 12)], job, 60, kinds[index % kinds.length]);
    }),
    engineers: [
      morning("e1", place(30.262, 120.145, "Grid west")),
      morning("e2", place(30.278, 120.18, "Grid middle")),
      morning("e3", place(30.268, 120.21, "Grid east")),
    ],
  });
}
