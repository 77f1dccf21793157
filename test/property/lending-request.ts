// Rich random requests in which engineers lend and many vans and centres lack the parts.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { LendingPolicySchema, StockSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { CriterionSettingSchema, PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Draws } from "./draws.ts";
import { richRequest, type Size } from "./rich-request.ts";

export function lendingRequest(
  draws: Draws,
  size: Size,
  options: Parameters<typeof richRequest>[2] = {},
): AssignRequest {
  const { chance, one, whole } = draws;
  const request = richRequest(draws, size, options);
  const skus = [...new Set(request.orders.flatMap(({ parts }) => parts.map(({ sku }) => sku)))].filter(Boolean).sort();
  for (const engineer of request.engineers) {
    engineer.lending = create(LendingPolicySchema, { mayLend: chance(85), hub: chance(40) });
    engineer.stock = skus.flatMap((sku) =>
      chance(40)
        ? [create(StockSchema, { sku, quantity: whole(2, 9), safetyStock: chance(30) ? 1 : 0, reserved: whole(0, 1) })]
        : [],
    );
  }
  for (const centre of request.operatingCentres) centre.stock = centre.stock.filter(() => chance(25));
  request.policy ??= create(PolicySchema);
  request.policy.criteria = request.policy.criteria.filter(({ id }) => id !== "parts_borrowable");
  request.policy.criteria.push(
    create(CriterionSettingSchema, {
      id: "parts_borrowable",
      weightS: whole(0, 600),
      params: { hand_over_s: one([1, 60, 180]), half_s: whole(60, 1800), hubs_only: chance(10) ? 1 : 0 },
    }),
  );
  return request;
}
