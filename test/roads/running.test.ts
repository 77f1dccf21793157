// Loans, running plans, recommendations and evaluations by road, over the whole service.
import { create, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  EvaluateRequestSchema,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { LendingPolicySchema, StockSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { EngineerPreferenceSchema, PartRequirementSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { connect, type DispatchClient } from "../../server/client.ts";
import { readConfig } from "../../server/config.ts";
import { startServer } from "../../server/main.ts";
import { createRoadDesk, type RoadDesk } from "../../server/roads/road-desk.ts";
import { ROAD_DEFAULTS } from "../../server/roads/road-setup.ts";
import type { RoadPurpose } from "../../server/roads/road-task.ts";
import { checkResponse } from "../../solver/check/check.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { townRequest, townTiles } from "./town.ts";

const inProcess = { source: { case: "valhalla" as const, value: {} } };
let client: DispatchClient;
let desk: RoadDesk;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  const tiles = await townTiles();
  // The service has the tiles as its own travel: requests name none.
  const settings = {
    port: 0,
    warmUpMs: 0,
    drainMs: 500,
    logLevel: "silent",
    travel: `valhalla:${tiles}`,
    workers: 1,
  } as const;
  const server = await startServer(readConfig(settings));
  client = connect(`127.0.0.1:${server.port}`);
  desk = createRoadDesk({ ...ROAD_DEFAULTS, valhallaTiles: tiles });
  open.push(desk, server, client);
});

afterAll(async () => {
  for (const one of open.reverse()) await one.close();
});

async function tablesOf(request: AssignRequest, purpose: RoadPurpose = "assign"): Promise<RoadTables> {
  const patience = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
  const asked = toBinary(AssignRequestSchema, named(request));
  return (await desk.travel(asked, patience, purpose))!.tables;
}

const named = (request: AssignRequest): AssignRequest => ({
  ...request,
  travel: townRequest({ travel: inProcess }).travel!,
});

const only = (engineerId: string) => create(EngineerPreferenceSchema, { requiredEngineerIds: [engineerId] });

describe("by road", () => {
  test("engineers lend parts at places where they may serve nobody", async () => {
    const request = townRequest();
    const [lender, borrower] = request.engineers;
    lender!.stock = [create(StockSchema, { sku: "valve", quantity: 6 })];
    lender!.lending = create(LendingPolicySchema, { mayLend: true });
    // Nobody serves what the other one may serve.
    request.engineers = [lender!, borrower!];
    for (const [index, order] of request.orders.entries()) {
      order.engineerPreference = only(index % 2 === 0 ? lender!.id : borrower!.id);
      if (index % 4 === 1) order.parts = [create(PartRequirementSchema, { sku: "valve", quantity: 1 })];
    }
    const response = await client.assign(request);
    const stops = response.plan!.routes.flatMap((route) => route.stops);
    expect(stops.filter(({ kind }) => kind === Stop_Kind.LOAN).length).toBeGreaterThan(0);
    expect(response.plan!.unassigned).toEqual([]);
    expect(response.provenance!.travelSource).toBe("valhalla");
    expect(checkResponse(named(request), response, await tablesOf(request))).toEqual([]);

    const evaluation = await client.evaluate(create(EvaluateRequestSchema, { request, plan: response.plan! }));
    expect(evaluation.findings).toEqual([]);
    expect(evaluation.cost!.levels).toEqual(response.cost!.levels);
    expect(evaluation.travelReport!.engine).toContain("Valhalla");
  });

  test("a new order goes into the running plan, and a changed day is planned again", async () => {
    const request = townRequest();
    const later = request.orders.splice(9);
    const { plan } = await client.assign(request);
    request.orders.push(...later);
    request.currentPlan = plan!;
    request.now!.seconds += 3_600n;
    for (const mode of [SearchOptions_Mode.INSERT, SearchOptions_Mode.REOPTIMIZE]) {
      request.search!.mode = mode;
      const response = await client.assign(request);
      expect(response.plan!.unassigned).toEqual([]);
      expect(checkResponse(named(request), response, await tablesOf(request))).toEqual([]);
      const again = await client.assign(request);
      expect(again.travelReport!.calls).toBe(0);
      expect(again.plan).toEqual(response.plan);
    }
  });

  test("a recommendation is the insertion at the road's times, whatever the mode of the request", async () => {
    const request = townRequest();
    const order = request.orders.pop()!;
    const { plan } = await client.assign(request);
    request.orders.push(order);
    request.currentPlan = plan!;
    request.search!.mode = SearchOptions_Mode.MATCH;
    const { recommendations, travelReport } = await client.recommend(
      create(RecommendRequestSchema, { request, orderId: order.id }),
    );
    expect(recommendations.length).toBeGreaterThan(1);
    expect(travelReport!.engine).toContain("Valhalla");
    request.search!.mode = SearchOptions_Mode.INSERT;
    const inserted = await client.assign(request);
    const best = recommendations[0]!;
    expect(inserted.assignments.find(({ orderId }) => orderId === order.id)).toMatchObject({
      engineerId: best.engineerId,
      start: best.start,
    });
  });

  test("an evaluation reads neither the mode nor validate_only of its request", async () => {
    const request = townRequest();
    const { plan } = await client.assign(request);
    const asked = { ...request, validateOnly: true };
    const { valid } = await client.evaluate(create(EvaluateRequestSchema, { request: asked, plan: plan! }));
    expect(valid).toBe(true);
  });
});
