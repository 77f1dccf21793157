import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { UnassignedReason_Code as Code, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainstHard } from "./alive-in-days.ts";
import { planned } from "./route-criterion.ts";

const ID = "tool_availability";
const needing = (...toolIds: string[]) => ({ o: { place: point(100, 0), toolIds } });
const carrying = (...toolIds: string[]) => ({ e: { toolIds } });
/** A centre 40 off the way to the order that has a ladder; a pick-up takes 10. */
const centre = (request: AssignRequest) => {
  const place = point(0, 40);
  request.operatingCentres = [
    create(OperatingCentreSchema, { id: "c", place, toolIds: ["ladder"], pickDuration: lasts(10) }),
  ];
};

test("by hand: a tool is carried, or fetched at a centre before service", async () => {
  const own = await planned(ID, needing("ladder"), carrying("ladder", "saw"), {}, centre);
  expect(own.row("o")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  expect(own.start("o")).toBe(100);
  const fetched = await planned(ID, needing("ladder"), { e: {} }, {}, centre);
  const [supply, service] = fetched.response.plan!.routes[0]!.stops;
  expect([supply!.kind, supply!.toolIds, service!.orderId]).toEqual([Stop_Kind.SUPPLY, ["ladder"], "o"]);
  // 40 there, 10 for the pick-up, and the way of 107.7 on, rounded.
  expect(fetched.start("o")).toBe(158);
  expect(fetched.row("o").status).toBe("evaluated");
});

test("by hand: a tool that nobody has rules out, unless the criterion is off", async () => {
  const { routes, response } = await planned(ID, needing("crane"), carrying("ladder"), {}, centre);
  expect(routes).toEqual({});
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_PART);
  const off = await planned(ID, needing("crane"), carrying("ladder"), { mode: CriterionMode.OFF }, centre);
  expect([off.routes, off.row("o").status]).toEqual([{ e: ["o"] }, "off"]);
});

test("missing: an order that needs no tool is not evaluated; tools that are not stated are not carried", async () => {
  const none = await planned(ID, needing(), { e: {} });
  expect(none.row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect((await planned(ID, needing("ladder"), { e: {} })).routes).toEqual({});
});

test("monotone: one more tool never leaves an order out, nor begins it later", async () => {
  const tools = ["ladder", "saw", "pump"];
  let gained = false;
  await fc.assert(
    fc.asyncProperty(fc.subarray(tools, { minLength: 1 }), fc.shuffledSubarray(tools), async (needed, held) => {
      let before = Number.POSITIVE_INFINITY;
      for (let count = 0; count <= held.length; count++) {
        const plan = await planned(ID, needing(...needed), carrying(...held.slice(0, count)), {}, centre);
        const start = plan.routes.e ? plan.start("o") : Number.POSITIVE_INFINITY;
        expect(start).toBeLessThanOrEqual(before);
        gained ||= start < before && count > 0;
        before = start;
      }
    }),
    { numRuns: 25, seed: 7 },
  );
  expect(gained).toBe(true);
});

test("alive: on a day hard, against off, changes who comes or when", () =>
  expectAliveInDays(offAgainstHard(ID, "TOOL_MISSING")));
