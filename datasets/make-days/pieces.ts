// Short forms of orders, engineers and places for days made by hand.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order, OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { at, between, minutes } from "../city/clock.ts";

// Plain objects only: a message spread into another is not a plain object any more.
export type OrderInit = Exclude<MessageInitShape<typeof OrderSchema>, Order>;
export type EngineerInit = Exclude<MessageInitShape<typeof EngineerSchema>, Engineer>;

/** A place by degrees north and east. */
export function place(latitude: number, longitude: number, address: string) {
  return { position: { case: "geo" as const, value: { latitude, longitude } }, address };
}

/** The operating centre of the hand-made days. */
export const DEPOT = place(30.288, 120.19, "Genshan, Depot Road 1");

/** An order for one skill with `[category, fault, skill]`, set-up of 5 minutes, placed at 07:00. */
export function order(
  id: string,
  where: ReturnType<typeof place>,
  windows: ReturnType<typeof between>[],
  [category, fault, skill]: readonly [string, string, string],
  serviceMinutes: number,
  more: OrderInit = {},
): OrderInit {
  return {
    id,
    place: where,
    windows,
    serviceDuration: minutes(serviceMinutes),
    setupDuration: minutes(5),
    device: { category, fault },
    skills: { allOf: [skill] },
    createdAt: at(7),
    ...more,
  };
}

/** An engineer with one shift, in hours, from home to home; every skill at level 6. */
export function engineer(
  id: string,
  home: ReturnType<typeof place>,
  [from, to]: readonly [number, number],
  skills: readonly string[],
  vehicleMode: VehicleMode,
  more: EngineerInit = {},
): EngineerInit {
  return {
    id,
    shifts: [{ time: between(from, to), startPlace: home, endPlace: home }],
    vehicleMode,
    skills: skills.map((skillId) => ({ skillId, level: 6 })),
    ...more,
  };
}

/** One unit of a part. */
export const needs = (sku: string) => ({ parts: [{ sku, quantity: 1 }] });
/** A van with one unit of each SKU. */
export const has = (...skus: string[]) => ({ stock: skus.map((sku) => ({ sku, quantity: 1 })) });

/** A request of the day at 08:00 with great-circle travel. */
export function request(
  id: string,
  parts: Exclude<MessageInitShape<typeof AssignRequestSchema>, AssignRequest>,
): AssignRequest {
  return create(AssignRequestSchema, {
    requestId: id,
    now: at(8),
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
    travel: { source: { case: "greatCircle", value: {} } },
    ...parts,
  });
}
