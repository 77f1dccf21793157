// The core with assertions: between any two iterations its state is what it would be if made from scratch.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { assign } from "../../server/answer/assign.ts";
import { RequestError } from "../../server/errors.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { type Core, createCore } from "../../solver/core.ts";
import { byHour } from "../property/by-hour.ts";
import { drawsFromSeed } from "../property/draws.ts";
import { lendingRequest } from "../property/lending-request.ts";
import { plainRequest } from "../property/plain-request.ts";
import { richRequest } from "../property/rich-request.ts";
import { forRequests } from "../property/run.ts";
import { underWay } from "../property/running.ts";
import { scarceRequest } from "../property/scarce-request.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
let core: Core;

beforeAll(async () => {
  execFileSync(process.execPath, ["node_modules/assemblyscript/bin/asc.js", "--target", "checked"], { cwd: ROOT });
  core = createCore(await WebAssembly.compile(await readFile(`${ROOT}build/core.checked.wasm`)));
}, 60_000);

/** The answer, when no check of the core traps and the checker finds nothing in it. */
function checkedAnswer(request: AssignRequest, iterations: number) {
  request.search!.iterations = BigInt(iterations);
  const control = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };
  const response = assign(core, request, control);
  expect(checkResponse(request, response)).toEqual([]);
  return response;
}

const size = { orders: 40, engineers: 8, centres: 3 };

test("rich requests", async () => {
  await forRequests(
    (draws) => richRequest(draws, size),
    200,
    61,
    async (request) => {
      checkedAnswer(request, 1000);
    },
  );
}, 120_000);

test("requests whose routes are evaluated in constant time, with orders and routes among them that are not", async () => {
  await forRequests(
    (draws) => plainRequest(draws, size),
    200,
    62,
    async (request) => {
      checkedAnswer(request, 1500);
    },
  );
}, 120_000);

test("more orders than the search looks at all places for", async () => {
  await forRequests(
    (draws) => plainRequest(draws, { orders: 260, engineers: 12, centres: 0 }),
    25,
    63,
    async (request) => {
      checkedAnswer(request, 300);
    },
  );
}, 120_000);

test("travel by the hour, with and without loans", async () => {
  await forRequests(
    (draws) => {
      const request = draws.chance(50)
        ? lendingRequest(draws, size, { broken: false })
        : richRequest(draws, size, { broken: false });
      return byHour(request, draws);
    },
    100,
    68,
    async (request) => {
      checkedAnswer(request, 500);
    },
  );
}, 120_000);

test("days under way", async () => {
  let replanned = 0;
  await forRequests(
    (draws) => (draws.chance(70) ? richRequest(draws, size) : plainRequest(draws, size)),
    150,
    64,
    async (request, draws) => {
      const later = underWay(request, checkedAnswer(request, 300).plan!, draws);
      try {
        checkedAnswer(later, 500);
        replanned++;
      } catch (error) {
        // A head that has no way home without the stops after it is refused.
        if (!(error instanceof RequestError) || !`${error}`.includes("cannot be served in time")) throw error;
      }
    },
  );
  expect(replanned).toBeGreaterThan(130);
}, 120_000);

test("requests whose engineers lend", async () => {
  let loans = 0;
  await forRequests(
    (draws) => lendingRequest(draws, size),
    200,
    66,
    async (request) => {
      const { routes } = checkedAnswer(request, 400).plan!;
      if (routes.some(({ stops }) => stops.some(({ kind }) => kind === Stop_Kind.LOAN))) loans++;
    },
  );
  expect(loans).toBeGreaterThan(25);
}, 240_000);

test("requests with substitutes and loans, and running plans made of them", async () => {
  let running = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const draws = drawsFromSeed(seed);
    const request = scarceRequest(draws, { orders: 20, engineers: 6, centres: 2 });
    const { plan } = checkedAnswer(request, 300);
    const later = underWay(request, plan!, draws);
    later.search!.mode = draws.one([SearchOptions_Mode.INSERT, SearchOptions_Mode.REOPTIMIZE]);
    try {
      checkedAnswer(later, 100);
      running++;
    } catch (error) {
      if (!(error instanceof RequestError) || !`${error}`.includes("cannot be served in time")) throw error;
    }
  }
  expect(running).toBeGreaterThan(80);
}, 240_000);

test("rounds", async () => {
  await forRequests(
    (draws) => (draws.chance(50) ? richRequest(draws, size) : plainRequest(draws, size)),
    60,
    65,
    async (request) => {
      request.search!.mode = SearchOptions_Mode.MATCH;
      checkedAnswer(request, 0);
    },
  );
});
