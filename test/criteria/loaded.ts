// A request inside a core of its own, and what the core makes of each order and engineer.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { factsOf } from "../../solver/check/facts.ts";
import { excludingCriteria, pairCost } from "../../solver/check/pair.ts";
import { type Core, createCore, loadCoreModule } from "../../solver/core.ts";
import { encodeProblem } from "../../solver/encode.ts";
import { MASK_CRITERIA } from "../../solver/model/masks.ts";
import type { Problem } from "../../solver/model/problem.ts";

export interface Loaded {
  readonly core: Core;
  readonly problem: Problem;
  /** Criteria that rule the pair out, by the core. */
  excluded(orderId: string, engineerId: string): string[];
  /** Ticks of soft cost of the pair, by the core. */
  cost(orderId: string, engineerId: string): number;
}

let module: Promise<WebAssembly.Module> | undefined;

/** Encodes the request and loads it into a fresh core. */
export async function loaded(request: AssignRequest): Promise<Loaded> {
  module ??= loadCoreModule();
  const core = createCore(await module);
  const problem = problemFromProto(request, new Set());
  core.load(encodeProblem(problem).columns, () => false);
  const cells = problem.orders.length * problem.engineers.length;
  const cell = (orderId: string, engineerId: string) =>
    problem.orders.findIndex(({ id }) => id === orderId) * problem.engineers.length +
    problem.engineers.findIndex(({ id }) => id === engineerId);
  const masks = core.uint16s(core.exports.pairMask.value, cells);
  const costs = core.int32s(core.exports.pairCost.value, cells);
  return {
    core,
    problem,
    excluded: (orderId, engineerId) => MASK_CRITERIA.filter((_, bit) => (masks[cell(orderId, engineerId)]! >> bit) & 1),
    cost: (orderId, engineerId) => costs[cell(orderId, engineerId)]!,
  };
}

/** Every pair as the core sees it, and as the checker's own criteria do. */
export async function pairsBothWays(request: AssignRequest): Promise<{ core: string[]; checker: string[] }> {
  const { excluded, cost } = await loaded(request);
  const facts = factsOf(request);
  const both = { core: [] as string[], checker: [] as string[] };
  for (const order of request.orders)
    for (const engineer of request.engineers) {
      // What a pair that is ruled out would cost is nobody's business.
      const text = (ids: string[], ticks: number) => `${order.id} ${engineer.id}: ${ids.join() || ticks}`;
      both.core.push(text(excluded(order.id, engineer.id), cost(order.id, engineer.id)));
      both.checker.push(text(excludingCriteria(facts, order, engineer), pairCost(facts, order, engineer)));
    }
  return both;
}
