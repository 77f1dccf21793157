// One soft criterion alone: what it costs in the core, which agrees with the checker, and what the explanation says.
import fc from "fast-check";
import { expect } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CATALOGUE, type CriterionId } from "../../solver/criteria.ts";
import { explainPair } from "../../solver/explain/explain.ts";
import { loaded, pairsBothWays } from "./loaded.ts";
import { pairRequest } from "./pair-request.ts";

type Policy = NonNullable<Parameters<typeof pairRequest>[2]>;
type Setting = Omit<NonNullable<Policy["criteria"]>[number], "$typeName" | "$unknown" | "id">;

export interface Alone {
  /** Ticks of the pair, by the core. */
  cost(orderId: string, engineerId: string): number;
  /** Criteria that rule the pair out, by the core. */
  excluded(orderId: string, engineerId: string): string[];
  /** The criterion's row of the explanation. */
  row(orderId: string, engineerId: string): { status: string; score: number; cost: number };
  readonly request: AssignRequest;
}

/** Policy in which only `id` weighs anything. */
export function onlyPolicy(id: CriterionId, setting: Setting = {}, policy: Policy = {}): Policy {
  const silent = CATALOGUE.filter((row) => row.weighted && row.id !== id).map((row) => ({ id: row.id, weightS: 0 }));
  return { ...policy, criteria: [...silent, { id, ...setting }] };
}

/** Everything about one criterion in a request of pairs. */
export async function alone(
  id: CriterionId,
  orders: Parameters<typeof pairRequest>[0],
  engineers: Parameters<typeof pairRequest>[1],
  setting: Setting = {},
  policy: Policy = {},
  change: (request: AssignRequest) => void = () => {},
): Promise<Alone> {
  const request = pairRequest(orders, engineers, onlyPolicy(id, setting, policy));
  change(request);
  const { core, checker } = await pairsBothWays(request);
  expect(core).toEqual(checker);
  const { problem, cost, excluded } = await loaded(request);
  return {
    cost,
    excluded,
    request,
    row: (orderId, engineerId) => {
      const order = problem.orders.find((candidate) => candidate.id === orderId)!;
      const engineer = problem.engineers.find((candidate) => candidate.id === engineerId)!;
      const row = explainPair(problem, order, engineer, undefined, []).find(({ criterionId }) => criterionId === id)!;
      // What rules a pair out costs nothing beside that.
      if (row.status !== "excluded") expect(row.costTicks).toBe(cost(orderId, engineerId));
      return { status: row.status, score: row.score, cost: row.costTicks };
    },
  };
}

/** An engineer of each drawn quality, better ones first in no order: a better one is never dearer. */
export async function betterIsNeverDearer(
  qualities: fc.Arbitrary<number>,
  costsOf: (qualities: number[]) => Promise<number[]>,
): Promise<void> {
  let fell = false;
  await fc.assert(
    fc.asyncProperty(fc.array(qualities, { minLength: 2, maxLength: 40 }), async (drawn) => {
      const sorted = [...new Set(drawn)].sort((a, b) => a - b);
      const costs = await costsOf(sorted);
      for (let better = 1; better < costs.length; better++) {
        expect(costs[better]).toBeLessThanOrEqual(costs[better - 1]!);
        fell ||= costs[better]! < costs[better - 1]!;
      }
    }),
    { numRuns: 20, seed: 7 },
  );
  // A criterion that costs always the same would pass, too.
  expect(fell).toBe(true);
}

/** Engineers by name e0, e1 ... */
export const crew = <T, E>(values: readonly T[], make: (value: T) => E): Record<string, E> =>
  Object.fromEntries(values.map((value, row) => [`e${row}`, make(value)]));
