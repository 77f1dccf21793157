// Large requests area by area: a first plan of each, a search of each, and neighbours together where orders may cross between them.
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import {
  type AssignRequest,
  type AssignResponse,
  AssignResponseSchema,
  type Provenance,
  ProvenanceSchema,
  StatisticsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Plan,
  PlanSchema,
  type UnassignedOrder,
  UnassignedOrderSchema,
  UnassignedReason_Code,
  UnassignedReasonSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import {
  CriterionMode,
  CriterionSettingSchema,
  type Policy,
  PolicySchema,
  SearchOptions_Mode,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { costOf } from "../../solver/check/cost.ts";
import { factsOf } from "../../solver/check/facts.ts";
import { findings } from "../../solver/check/finding.ts";
import { checkReasons } from "../../solver/check/reasons.ts";
import { CORE_VERSION } from "../../solver/core.ts";
import { CATALOGUE_VERSION } from "../../solver/criteria.ts";
import { isEligible } from "../../solver/explain/pair.ts";
import { compareIds } from "../../solver/model/ids.ts";
import { policyDigest, requestDigest } from "../answer/digest.ts";
import { costMessage } from "../answer/evaluate.ts";
import { RequestError } from "../errors.ts";
import { problemFromProto } from "../messages/from-proto.ts";
import { policyFromProto } from "../messages/policy-from-proto.ts";
import { assignmentsOf } from "../messages/to-proto.ts";
import { type Area, areasOf, neighbours } from "./area.ts";
import { type Held, meetAcross, partOf, putBack } from "./part.ts";

/** Answers a request that is small enough for one dense matrix. */
export type AssignPart = (request: AssignRequest) => Promise<AssignResponse>;

export interface RegionsOptions {
  /** Wall time for all of it, milliseconds; undefined: as many iterations as are given. */
  readonly timeLimitMs?: number | undefined;
  /** Iterations for each area and each pair of neighbours; with them the same request gives the same plan. */
  readonly iterations?: number | undefined;
  /** Parts that are solved side by side. */
  readonly jobs: number;
  /** Called when a part is done, with the levels of the whole plan so far; the first time when every order has been looked at. */
  readonly onPlan?: (progress: RegionsProgress) => void;
}

export interface RegionsProgress {
  readonly stage: "first plan" | "areas" | "borders";
  readonly elapsedMs: number;
  readonly levels: readonly bigint[];
  readonly areas: number;
  /** Parts that are done of all there are, 0 to 1; after the first plan. */
  readonly share: number;
}

/** Neighbours of an area that it may exchange orders with. */
const NEIGHBOURS = 3;
/** Share of the time for pairs of neighbours, where there are any. */
const BORDER_SHARE = 0.25;
/** The merge costs the whole plan and looks at its reasons: so many times what costing all areas has taken. */
const MERGE_FACTOR = 1.5;

/**
 * The plan of `request` without ever a matrix of all its places: parts go through `assign`, and the merged answer is costed anew.
 * Its reasons are those of its areas, as far as they hold for the whole; the others say that nothing was proved. Where the time is too
 * short for a first plan of every area, the rest is left out with that reason; areas that a running plan has routes in come first, and
 * get theirs whatever the time.
 *
 * @throws RequestError in other modes than ROUTE, and for matrix travel, whose one table all areas share.
 */
export async function assignByRegions(
  request: AssignRequest,
  assign: AssignPart,
  options: RegionsOptions,
): Promise<AssignResponse> {
  refuseOthers(request);
  const started = performance.now();
  const { jobs, onPlan, timeLimitMs, iterations } = options;
  const elapsed = () => performance.now() - started;
  const provenance = provenanceOf(request);
  const areas = areasOf(request);
  const busy = areas.filter(({ orders }) => orders.length > 0);
  const held = new Set<string>();
  const levels = new Map<Area, readonly bigint[]>();
  const total = () =>
    [...levels.values()].reduce<bigint[]>((sum, each) => each.map((value, at) => value + (sum[at] ?? 0n)), []);
  const currentPlan = request.currentPlan ?? create(PlanSchema);
  const policy = request.policy ?? create(PolicySchema);
  let done = 0n;
  let finished = 0;
  let parts = busy.length;
  /** What costing areas has taken so far, and how often an area was costed. */
  const costing = { ms: 0, areas: 0 };
  /** Time until the merge has to begin: it takes longer the more areas have a plan. */
  const left = () => {
    if (timeLimitMs === undefined) return undefined;
    const mergeMs = (MERGE_FACTOR * costing.ms * (levels.size + jobs)) / Math.max(1, costing.areas);
    return timeLimitMs - elapsed() - mergeMs;
  };
  /** Time for each of so many parts, the next one first. */
  const shareOf = (ms: number | undefined, parts: number) =>
    ms === undefined ? undefined : (ms * Math.min(jobs, parts)) / parts;
  const isOver = (ms: number | undefined): boolean => ms !== undefined && ms < 1;
  const say = (stage: RegionsProgress["stage"]) =>
    onPlan?.({
      ...{ stage, elapsedMs: elapsed(), levels: total(), areas: busy.length },
      share: finished / Math.max(1, parts),
    });
  const seed = request.search?.seed ?? 0n;
  const searchOf = (index: number, budget: { ms?: number | undefined; iterations?: number | undefined }) => ({
    mode: SearchOptions_Mode.ROUTE,
    ...{ iterations: BigInt(budget.iterations ?? 0), seed: seed + BigInt(index), workers: 1, prove: false },
    ...(budget.ms !== undefined && { timeLimit: durationOf(budget.ms) }),
    ...(request.search?.candidates && { candidates: request.search.candidates }),
  });

  /** Solves `group` from the routes it has and takes the answer where it is better. */
  async function improve(
    group: readonly Area[],
    index: number,
    budget: Parameters<typeof searchOf>[1],
    given: boolean,
  ): Promise<void> {
    // Until neighbours are planned together nobody picks up at another area's centre.
    const part = partOf(request, given ? group : areas, group, held, searchOf(index, budget));
    const levelsOf = (plan: Plan) => costOf({ ...part, currentPlan, policy }, plan).levels;
    const before = levels.has(group[0]!) ? levelsOf(planOf(group, held)) : undefined;
    // An area's own search begins as it did the first time: a warm start would only take the room of its first temperatures.
    if (given) part.currentPlan = create(PlanSchema, { routes: givenRoutes(request, group) });
    // What was planned a moment ago has not been promised to anybody.
    else part.policy = withoutStability(request.policy);
    const { plan, statistics } = await assign(part);
    done += statistics?.iterations ?? 0n;
    if (before && !better(levelsOf(plan!), before)) return;
    putBack(group, held, part, plan!);
    for (const id of meetAcross(group)) held.add(id);
    const begun = performance.now();
    for (const area of group) levels.set(area, costOf(areaRequest(request, area), planOf([area], NOBODY)).levels);
    costing.ms += performance.now() - begun;
    costing.areas += group.length;
  }

  const running = new Set(busy.filter((area) => givenRoutes(request, [area]).length > 0));
  await sideBySide([...running, ...busy.filter((area) => !running.has(area))], jobs, async (area) => {
    const ms = left();
    if (isOver(ms) && !running.has(area)) leaveOut(area);
    else await improve([area], busy.indexOf(area), running.has(area) ? { iterations: 1 } : { iterations: 1, ms }, true);
  });
  say("first plan");
  const planned = busy.filter((area) => levels.has(area));
  const pairs =
    isOver(left()) || closedTerritories(request)
      ? []
      : neighbours(planned, NEIGHBOURS).filter(([a, b]) => mayCross(request, a, b));
  parts += pairs.length;
  const searchMs = left();
  const borderMs = pairs.length > 0 && searchMs !== undefined ? searchMs * BORDER_SHARE : 0;
  let waiting = planned.length;
  await sideBySide(planned, jobs, async (area) => {
    const now = left();
    const ms = shareOf(now && now - borderMs, waiting--);
    if (!isOver(ms)) await improve([area], busy.indexOf(area), { ms, iterations }, true);
    finished++;
    say("areas");
  });
  // Two pairs with an area in common must not be solved at once: one after the other.
  for (const [index, pair] of pairs.entries()) {
    const now = left();
    const ms = now && now / (pairs.length - index);
    if (!isOver(ms)) await improve(pair, areas.length + index, { ms, iterations }, false);
    finished++;
    say("borders");
  }
  const answer = merged(request, areas, provenance);
  const took = durationOf(elapsed());
  answer.statistics = create(StatisticsSchema, { iterations: done, elapsed: took, search: took, workers: 1 });
  return answer;
}

/** Everything in the area is left out: nobody has looked at it. */
function leaveOut(area: Area): void {
  const message = "The time limit came before its area was planned.";
  area.unassigned = area.orders.map(({ id: orderId }) =>
    create(UnassignedOrderSchema, { orderId, reasons: [{ code: UnassignedReason_Code.NOT_PROVED, message }] }),
  );
}

const NOBODY: Held = new Set();

/** The policy with `plan_stability` off, unless it rules out. */
function withoutStability(policy: Policy | undefined): Policy {
  const id = "plan_stability";
  const others = policy?.criteria.filter((setting) => setting.id !== id) ?? [];
  const own = policy?.criteria.find((setting) => setting.id === id);
  if (policy && own?.mode === CriterionMode.HARD) return policy;
  const off = create(CriterionSettingSchema, { id, mode: CriterionMode.OFF });
  const { $typeName: _, ...rest } = policy ?? create(PolicySchema);
  return create(PolicySchema, { ...rest, criteria: [...others, off] });
}

function refuseOthers(request: AssignRequest): void {
  const mode = request.search?.mode ?? SearchOptions_Mode.UNSPECIFIED;
  if (mode !== SearchOptions_Mode.UNSPECIFIED && mode !== SearchOptions_Mode.ROUTE)
    throw new RequestError(
      "UNIMPLEMENTED",
      `search.mode ${SearchOptions_Mode[mode]}: only MODE_ROUTE is planned by regions`,
    );
  const source = request.travel?.source.case;
  if (source !== undefined && source !== "greatCircle" && source !== "planar")
    throw new RequestError(
      "UNIMPLEMENTED",
      `travel.${source}: its one table of all places is what regions do without; use great_circle or planar`,
    );
}

const durationOf = (ms: number) =>
  create(DurationSchema, { seconds: BigInt(Math.floor(ms / 1000)), nanos: Math.round(ms % 1000) * 1_000_000 });

/** Runs `work` on every row, `jobs` at a time. */
async function sideBySide<T>(
  rows: readonly T[],
  jobs: number,
  work: (row: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = rows.entries();
  await Promise.all(
    Array.from({ length: Math.min(jobs, rows.length) }, async () => {
      for (const [index, row] of queue) await work(row, index);
    }),
  );
}

/** True when `levels` come before `others`, compared left to right. */
function better(levels: readonly bigint[], others: readonly bigint[]): boolean {
  const at = levels.findIndex((value, level) => value !== others[level]);
  return at >= 0 && levels[at]! < others[at]!;
}

function planOf(areas: readonly Area[], held: Held) {
  return create(PlanSchema, {
    routes: areas.flatMap(({ routes }) => routes.filter(({ engineerId }) => !held.has(engineerId))),
    unassigned: areas.flatMap(({ unassigned }) => unassigned),
  });
}

function givenRoutes(request: AssignRequest, areas: readonly Area[]) {
  const own = new Set(areas.flatMap(({ engineers }) => engineers.map(({ id }) => id)));
  return request.currentPlan?.routes.filter(({ engineerId }) => own.has(engineerId)) ?? [];
}

/** What the cost of an area's own plan depends on. */
const areaRequest = (request: AssignRequest, area: Area): AssignRequest => ({
  ...request,
  orders: area.orders,
  engineers: area.engineers,
});

/** Whether nobody may serve an order of another operating centre. */
function closedTerritories(request: AssignRequest): boolean {
  const setting = policyFromProto(request.policy, true).criteria.get("service_territory")!;
  return (
    setting.mode === "hard" &&
    setting.params.overflow !== 1 &&
    request.orders.every(({ operatingCentreId }) => operatingCentreId !== "") &&
    request.engineers.every((engineer) => engineer.operatingCentreId !== "" && engineer.territoryCells.length === 0)
  );
}

/** Whether anybody of one area may serve an order of the other. */
function mayCross(request: AssignRequest, a: Area, b: Area): boolean {
  const part = partOf(request, [a, b], [a, b], NOBODY, {
    mode: SearchOptions_Mode.ROUTE,
    iterations: 1n,
    seed: 0n,
    workers: 1,
    prove: false,
  });
  const problem = problemFromProto({ ...part, currentPlan: create(PlanSchema) }, new Set());
  const inA = new Set(a.engineers.map(({ id }) => id));
  const ordersOfA = new Set(a.orders.map(({ id }) => id));
  return problem.orders.some((order) =>
    problem.engineers.some(
      (engineer) => inA.has(engineer.id) !== ordersOfA.has(order.id) && isEligible({ problem, order, engineer }),
    ),
  );
}

/** Orders whose reasons may not hold where all engineers and centres are there. */
function disprovedIn(
  request: AssignRequest,
  areas: readonly Area[],
  unassigned: readonly UnassignedOrder[],
): ReadonlySet<string> {
  if (areas.length === 1) return new Set();
  // Who is ruled out is counted over all engineers: an area's counts never are.
  const isCounted = ({ reasons }: UnassignedOrder) =>
    reasons.some(({ code }) => code === UnassignedReason_Code.NO_ELIGIBLE_ENGINEER);
  const { list, report } = findings();
  const others = unassigned.filter((row) => !isCounted(row));
  checkReasons(factsOf(request), create(PlanSchema, { unassigned: others }), report);
  return new Set([...unassigned.filter(isCounted), ...list].map(({ orderId }) => orderId ?? ""));
}

/** The areas' plans as one answer. */
function merged(request: AssignRequest, areas: readonly Area[], provenance: Provenance): AssignResponse {
  const routes = areas
    .flatMap((area) => area.routes)
    .sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex);
  const unassigned = areas.flatMap((area) => area.unassigned).sort((a, b) => compareIds(a.orderId, b.orderId));
  const plan = create(PlanSchema, { routes, unassigned });
  const disproved = disprovedIn(request, areas, unassigned);
  for (const row of unassigned) {
    if (!disproved.has(row.orderId)) continue;
    const message = `In its area: ${row.reasons.map((reason) => reason.message).join(" ")} Engineers and parts of other areas were not all tried.`;
    row.reasons = [create(UnassignedReasonSchema, { code: UnassignedReason_Code.NOT_PROVED, message })];
    row.relaxations = [];
  }
  return create(AssignResponseSchema, {
    requestId: request.requestId,
    labels: request.labels,
    plan,
    assignments: assignmentsOf(routes),
    cost: costMessage(request, plan),
    provenance,
  });
}

function provenanceOf(request: AssignRequest): Provenance {
  return create(ProvenanceSchema, {
    requestDigest: requestDigest(request),
    policyDigest: policyDigest(policyFromProto(request.policy, request.travel?.source.case !== "planar")),
    ...{ catalogueVersion: CATALOGUE_VERSION, coreVersion: CORE_VERSION, seed: request.search?.seed ?? 0n },
    travelSource: request.travel?.source.case === "planar" ? "planar" : "great_circle",
  });
}
