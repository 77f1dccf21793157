// Rich random requests in which few vans have what is needed, no centre has, everybody lends, and some parts have substitutes.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { StockSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Draws } from "./draws.ts";
import { lendingRequest } from "./lending-request.ts";
import type { Size } from "./rich-request.ts";

export function scarceRequest(draws: Draws, size: Size): AssignRequest {
  const { chance, whole } = draws;
  const request = lendingRequest(draws, size, { broken: false });
  const skus = [...new Set(request.orders.flatMap(({ parts }) => parts.map(({ sku }) => sku)))].sort();
  for (const centre of request.operatingCentres) centre.stock = [];
  for (const engineer of request.engineers) {
    engineer.lending = { $typeName: "shanpai.dispatch.v1.LendingPolicy", mayLend: true, hub: true };
    engineer.stock = skus.filter(() => chance(30)).map((sku) => create(StockSchema, { sku, quantity: whole(6, 14) }));
    if (chance(80)) delete engineer.partCapacity;
    engineer.skills = engineer.skills.map((skill) => ({ ...skill, level: 0 }));
  }
  for (const order of request.orders) {
    order.proficiencies = [];
    delete order.skills;
    delete order.engineerPreference;
    if (chance(60)) order.windows = [];
    for (const part of order.parts)
      if (chance(30)) part.substituteSkus = skus.filter((sku) => sku !== part.sku && chance(60));
  }
  return request;
}
