// A day over gRPC whose morning plan has a loan: an order comes in, the day is searched again, places are asked for.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { DAYS } from "../../datasets/days.ts";
import {
  AssignRequestSchema,
  type AssignResponse,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { start } from "./servers.ts";

const search = (mode: SearchOptions_Mode) => create(SearchOptionsSchema, { mode, iterations: 300n, seed: 1n });

const meetingsOf = ({ plan }: AssignResponse) =>
  plan!.routes.flatMap(({ engineerId, stops }) =>
    stops.filter(({ kind }) => kind === Stop_Kind.LOAN).map(({ start }) => `${engineerId} ${start!.seconds}`),
  );

test("a planner whose morning plan has a loan inserts an order, searches again and asks for recommendations", async () => {
  const { client } = await start();
  const day = DAYS["loan-pays"]!();
  day.requestId = "";
  day.search = search(SearchOptions_Mode.ROUTE);
  const morning = await client.assign(day);
  expect(meetingsOf(morning).length).toBe(2);

  const later = clone(AssignRequestSchema, day);
  later.currentPlan = morning.plan!;
  // The same fault in the next house: the van of e1 has no pump for it either.
  later.orders.push({ ...clone(AssignRequestSchema, day).orders[1]!, id: "o3" });
  for (const mode of [SearchOptions_Mode.INSERT, SearchOptions_Mode.REOPTIMIZE]) {
    later.search = search(mode);
    const response = await client.assign(later);
    expect(checkResponse(later, response)).toEqual([]);
    expect(response.plan!.unassigned).toEqual([]);
    if (mode === SearchOptions_Mode.INSERT) expect(meetingsOf(response).length).toBe(4);
    expect(response.running!.releasedOrderIds).toEqual([]);
  }
  const { recommendations } = await client.recommend(
    create(RecommendRequestSchema, { request: later, orderId: "o3", withRoutes: true }),
  );
  const [best] = recommendations;
  expect(best!.engineerId).toBe("e1");
  expect(best!.parts.map(({ lenderEngineerId }) => lenderEngineerId)).toEqual(["e2"]);
  // The lender's route changes, too.
  expect(best!.routes.map(({ engineerId }) => engineerId)).toEqual(["e1", "e2"]);
});
