// Pieces of random problems whose engineers lend: meetings inside a piece go with it, and the plan keeps every rule and never gets worse.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Plan,
  PlanSchema,
  Stop_Kind,
  Stop_Lock,
  UnassignedReason_Code,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { prepare } from "../../server/answer/assign.ts";
import { routeToProto } from "../../server/messages/to-proto.ts";
import { check } from "../../solver/check/check.ts";
import { costOf } from "../../solver/check/cost.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { decodePlan } from "../../solver/decode.ts";
import { createPieces } from "../../solver/decompose.ts";
import { encodeProblem } from "../../solver/encode.ts";
import { writeDistances } from "../../solver/plan-distances.ts";
import { compareLevels } from "../bound-from-nothing.ts";
import { drawsFromSeed } from "./draws.ts";
import { underWay } from "./running.ts";
import { scarceRequest } from "./scarce-request.ts";

const RUNS = 120;
const SIZE = { orders: 60, engineers: 16, centres: 2 };
const PIECE_ORDERS = 12;
const PIECES = 8;
const NEVER_STOPS = { stopped: () => false };
const wasm = await loadCoreModule();

const meetings = ({ routes }: Plan) =>
  routes.flatMap(({ engineerId, stops }) =>
    stops.flatMap(({ kind, lock, loan }) =>
      kind === Stop_Kind.LOAN && lock < Stop_Lock.STARTED && loan!.lenderEngineerId === engineerId ? [loan!] : [],
    ),
  );

/** The plan after a short search, and after some pieces of it; undefined where locks forbid any plan. */
function solveByPieces(request: AssignRequest, iterations: number) {
  const { problem } = prepare(request, NEVER_STOPS);
  const encoded = encodeProblem(problem);
  const core = createCore(wasm);
  core.load(encoded.columns, () => false);
  const { exports } = core;
  const planNow = () => {
    exports.loadBest();
    exports.writePlan();
    const planWords = core.int32s(exports.planWords.value, exports.planLength.value);
    if (encoded.columns.distance.length === 0) writeDistances(problem, encoded, planWords);
    const absent = core.int32s(exports.absent.value, exports.absentCount.value).sort();
    return create(PlanSchema, {
      routes: decodePlan(problem, { planWords }).map((route) => routeToProto(request, problem, route)),
      unassigned: [...absent].map((row) => ({
        orderId: problem.orders[row]!.id,
        reasons: [{ code: UnassignedReason_Code.NOT_PROVED }],
      })),
    });
  };
  if (exports.startPlan(1n) !== 0) return undefined;
  exports.firstPlan();
  exports.runSearch(iterations, BigInt(iterations), 0, 1);
  const before = planNow();
  const pieces = createPieces(core, core.sibling(), problem, encoded, () => false, PIECE_ORDERS);
  let better = 0;
  for (let piece = 0; piece < PIECES; piece++)
    if (pieces.next((part) => part.exports.runSearch(100, 100n, 0, 1)) === "better") better++;
  return { before, after: planNow(), better };
}

test("the checker finds nothing in plans made by pieces, and they are no worse", () => {
  const seen = { better: 0, kept: 0, found: 0, locked: 0 };
  for (let run = 0; run < RUNS; run++) {
    const draws = drawsFromSeed(71_000 + run);
    const request = scarceRequest(draws, SIZE);
    const morning = solveByPieces(request, draws.one([1, 30, 200]));
    if (!morning) continue;
    const later = draws.chance(40) ? underWay(request, morning.after, draws) : undefined;
    const evening = later && solveByPieces(later, draws.one([1, 30]));
    for (const [of, solved] of [
      [request, morning],
      [later, evening],
    ] as const) {
      if (!of || !solved) continue;
      const { before, after, better } = solved;
      expect([run, check(of, before)]).toEqual([run, []]);
      expect([run, check(of, after)]).toEqual([run, []]);
      const change = compareLevels(costOf(of, after).levels, costOf(of, before).levels);
      expect([run, change]).toEqual([run, better > 0 ? -1 : 0]);
      if (better === 0) continue;
      seen.better++;
      const old = new Set(meetings(before).map((loan) => JSON.stringify(loan)));
      for (const loan of meetings(after)) seen[old.has(JSON.stringify(loan)) ? "kept" : "found"]++;
      if (of === later && meetings(later.currentPlan!).length > 0) seen.locked++;
    }
  }
  expect(seen.better).toBeGreaterThan(40);
  expect(seen.kept).toBeGreaterThan(20);
  expect(seen.found).toBeGreaterThan(20);
  expect(seen.locked).toBeGreaterThan(1);
}, 240_000);
