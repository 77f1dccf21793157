// The core with assertions: between any two iterations its state is what it would be if made from scratch.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { clone, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { assign } from "../../server/assign.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { type Core, createCore } from "../../solver/core.ts";
import { richRequest } from "../property/rich-request.ts";
import { forRequests } from "../property/run.ts";
import { solveForTest } from "../solve-for-test.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
let module: WebAssembly.Module;

beforeAll(async () => {
  execFileSync(process.execPath, ["node_modules/assemblyscript/bin/asc.js", "--target", "checked"], { cwd: ROOT });
  module = await WebAssembly.compile(await readFile(`${ROOT}build/core.checked.wasm`));
}, 60_000);

const RUNS = Number(process.env.RUNS ?? 60);
const ITERATIONS = BigInt(process.env.ITERATIONS ?? 400);
const SEED = Number(process.env.SEED ?? 1);

test("rich requests", async () => {
  await forRequests(
    (draws) => richRequest(draws, { orders: 30, engineers: 6, centres: 3 }),
    RUNS,
    SEED,
    async (request) => {
      request.search!.iterations = ITERATIONS;
      const core = createCore(module);
      const response = assign(core, request, {
        workerIndex: 0,
        deadlineMs: Number.POSITIVE_INFINITY,
        stopped: () => false,
      });
      expect(checkResponse(request, response)).toEqual([]);
    },
  );
}, 600_000);
