// Bounds of any request against the plans found for it.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, CriterionSettingSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { boundFromNothing, compareLevels } from "../bound-from-nothing.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

const TERMS = new Set([
  "route_cluster_fit",
  "sla_response",
  "order_priority",
  "workload_fairness",
  "trust_limit",
  "service_cost",
  "plan_stability",
]);

/** Without the terms of routes that no proof prices. */
function quietTerms(request: AssignRequest): void {
  request.policy!.criteria = [
    ...request.policy!.criteria.filter(({ id }) => !TERMS.has(id)),
    ...[...TERMS].map((id) => create(CriterionSettingSchema, { id, mode: CriterionMode.OFF })),
  ];
}

test("no bound is above a plan found", async () => {
  let bounds = 0;
  await forRequests(
    (draws) => richRequest(draws, { orders: 14, engineers: 5, centres: 2 }),
    150,
    1,
    async (request) => {
      request.onInvalidOrder = 0;
      for (const order of request.orders) delete order.latenessGrace;
      quietTerms(request);
      const { bound, levels } = await boundFromNothing(request, (found) => found, 2_000);
      if (!bound) return;
      bounds++;
      expect(compareLevels(bound, levels), `${bound} against ${levels}`).toBeLessThanOrEqual(0);
    },
  );
  expect(bounds).toBeGreaterThan(75);
}, 120_000);
