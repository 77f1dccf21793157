// Parts: what can only make a plan better, what changes nothing, and that the plan there was is kept.
import { clone, create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema, LendingPolicySchema, StockSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Plan, PlanSchema, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { compareLevels } from "../bound-from-nothing.ts";
import { solveForTest } from "../solve-for-test.ts";
import type { Draws } from "./draws.ts";
import { lendingRequest } from "./lending-request.ts";
import { forRequests } from "./run.ts";
import { scarceRequest } from "./scarce-request.ts";

const size = { orders: 20, engineers: 5, centres: 2 };
const RUNS = 80;

/** Everybody whose work is known counts in the fairness of the plan, and orders may name who is there. */
function request(draws: Draws): AssignRequest {
  const made = draws.chance(50) ? scarceRequest(draws, size) : lendingRequest(draws, size, { broken: false });
  for (const engineer of made.engineers) delete engineer.workload;
  made.search!.iterations = 100n;
  return made;
}

/** The request with the plan to begin with, and another seed. */
function again(of: AssignRequest, plan: Plan): AssignRequest {
  const other = clone(AssignRequestSchema, of);
  other.search!.iterations = 30n;
  other.search!.seed += 17n;
  other.currentPlan = clone(PlanSchema, plan);
  return other;
}

const skusOf = ({ orders }: AssignRequest) => [...new Set(orders.flatMap(({ parts }) => parts.map(({ sku }) => sku)))];
const lending = () => create(LendingPolicySchema, { mayLend: true, hub: true });
const hasLoans = ({ routes }: Plan) => routes.some(({ stops }) => stops.some(({ kind }) => kind === Stop_Kind.LOAN));

interface Ease {
  readonly name: string;
  /** Makes the request that the plan is made for. */
  readonly tighten?: (request: AssignRequest) => void;
  readonly ease: (request: AssignRequest, draws: Draws) => void;
}

const EASES: Ease[] = [
  {
    name: "one more engineer, who has everything and lends it,",
    ease: (other, draws) => {
      const stock = skusOf(other).map((sku) => create(StockSchema, { sku, quantity: 9 }));
      const { partCapacity: _, ...like } = clone(EngineerSchema, draws.one(other.engineers));
      other.engineers.push({ ...like, id: "extra", stock, lending: lending() });
    },
  },
  {
    name: "everybody's consent to lend",
    tighten: ({ engineers }) => {
      for (const engineer of engineers) delete engineer.lending;
    },
    ease: ({ engineers }) => {
      for (const engineer of engineers) engineer.lending = lending();
    },
  },
  {
    name: "less safety stock",
    tighten: ({ engineers }) => {
      for (const engineer of engineers) for (const stock of engineer.stock) stock.safetyStock = 9;
    },
    ease: ({ engineers }) => {
      for (const engineer of engineers) for (const stock of engineer.stock) stock.safetyStock = 0;
    },
  },
  {
    name: "vans without limits",
    tighten: ({ engineers }) => {
      for (const engineer of engineers)
        engineer.partCapacity = engineer.stock.reduce((sum, { quantity, reserved }) => sum + quantity - reserved, 0);
    },
    ease: ({ engineers }) => {
      for (const engineer of engineers) delete engineer.partCapacity;
    },
  },
];

test.each(EASES)(
  "$name never makes the plan there was worse",
  async ({ name, tighten, ease }) => {
    const seen = { better: 0, loans: 0 };
    const seed = 7100 + EASES.findIndex((each) => each.name === name);
    await forRequests(request, RUNS, seed, async (tight, draws) => {
      tighten?.(tight);
      const { plan, cost } = await solveForTest(tight);
      const eased = again(tight, plan!);
      ease(eased, draws);
      const response = await solveForTest(eased);
      expect(checkResponse(eased, response)).toEqual([]);
      const change = compareLevels(response.cost!.levels, cost!.levels);
      expect(change).toBeLessThanOrEqual(0);
      if (change < 0) seen.better++;
      if (hasLoans(response.plan!)) seen.loans++;
    });
    expect(seen.better).toBeGreaterThan(0);
    expect(seen.loans).toBeGreaterThan(0);
  },
  120_000,
);

test("parts that no order asks for change nothing, where vans have no limits", async () => {
  const bytes = async (of: AssignRequest) =>
    Buffer.from(toBinary(PlanSchema, (await solveForTest(of)).plan!)).toString("base64");
  await forRequests(request, RUNS, 7200, async (plain) => {
    for (const engineer of plain.engineers) delete engineer.partCapacity;
    const more = clone(AssignRequestSchema, plain);
    for (const { stock } of [...more.engineers, ...more.operatingCentres])
      stock.push(create(StockSchema, { sku: "nobody-needs-it", quantity: 5 }));
    expect(await bytes(more)).toBe(await bytes(plain));
  });
}, 120_000);
