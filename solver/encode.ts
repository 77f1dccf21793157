// Writes a problem into columns of integers as layout.ts describes them.

import { type ColumnSources, expandColumns } from "./columns.ts";
import type { CriterionId } from "./criteria.ts";
import { encodeCriteria } from "./encode-criteria.ts";
import { encodeMatrices, type MatrixSets, matrixSets, searchWeights } from "./encode-matrices.ts";
import { encodeTerms } from "./encode-terms.ts";
import { pairCostTicks } from "./explain/pair.ts";
import { headCosts } from "./explain/route-terms.ts";
import { COLUMN_NAMES, type Columns, SCALAR_NAMES, type Scalars } from "./gen/layout.ts";
import { clip, NEVER, NO_TIME, NONE, UNLIMITED } from "./layout.ts";
import { compareIds } from "./model/ids.ts";
import type {
  GivenMeeting,
  Problem,
  ProblemBreak,
  ProblemCentre,
  ProblemEngineer,
  ProblemOrder,
  ProblemShift,
  Window,
} from "./model/problem.ts";
import { variantsOf } from "./model/variants.ts";
import { keepsRunning, lockedOut } from "./running.ts";

/** Columns of a problem and what its rows stand for. */
export interface EncodedProblem {
  readonly columns: ColumnSources;
  readonly routes: readonly Route[];
  readonly breaks: readonly ProblemBreak[];
}

/** The same with the matrices at hand, for those who read them outside the core. */
export interface ExpandedProblem extends EncodedProblem {
  readonly columns: Columns;
}

/** The route of an engineer in a shift. */
export interface Route {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
}

/** Takes memory for the matrices. */
export function expandProblem(encoded: EncodedProblem): ExpandedProblem {
  return { ...encoded, columns: expandColumns(encoded.columns) };
}

const NO_LIMIT = 0x7fffffff;
const [ALL_OF, ANY_OF, NONE_OF] = [0, 1, 2];
const START_MEETS = { nobody: 0, lender: 1, both: 2 } as const;
const PREFERENCE_KINDS = ["required", "excluded", "preferred", "secondary", "disliked", "declined"] as const;

/** Rows of ids in canonical order. */
function rowsOf(ids: Iterable<string>): Map<string, number> {
  return new Map([...new Set(ids)].sort(compareIds).map((id, row) => [id, row]));
}

/** One value for each row and name, row by row. */
function grid<T, N>(rows: readonly T[], names: readonly N[], cell: (row: T, name: N) => number): number[] {
  const values: number[] = [];
  for (const row of rows) for (const name of names) values.push(cell(row, name));
  return values;
}

/** Columns of the problem; `poll` is called now and then while the matrices are written and may throw. Throws a RangeError when a value does not fit an i32. */
export function encodeProblem(problem: Problem, poll: () => void = () => {}): EncodedProblem {
  const { orders, engineers, centres } = problem;
  const routes = engineers.flatMap((engineer) => engineer.shifts.map((shift) => ({ engineer, shift })));
  const breaks = routes.flatMap(({ shift }) => shift.breaks);
  const skillRows = rowsOf(
    orders.flatMap((order) => [
      ...order.skills.allOf,
      ...order.skills.anyOf,
      ...order.skills.noneOf,
      ...order.levels.map((need) => need.skillId),
    ]),
  );
  const skuRows = rowsOf(orders.flatMap((order) => variantsOf(order).flatMap((parts) => parts.map((part) => part.id))));
  const toolRows = rowsOf(orders.flatMap((order) => order.toolIds));
  const dims = rowsOf(orders.flatMap((order) => order.loads.map((load) => load.id)));
  const orderRows = new Map(orders.map((order, row) => [order.id, row]));
  const engineerRows = new Map(engineers.map((engineer, row) => [engineer.id, row]));
  const centreRows = new Map(centres.map((centre, row) => [centre.id, row]));
  const items = skuRows.size + toolRows.size;

  const loansOn = hasLoans(problem);
  const sets = matrixSets(problem, routes, loansOn);
  const { rows } = sets;
  const nowhere = rows - 1;

  const column: Out = {};
  const windows: Window[] = [];
  const windowFirst = (owners: readonly { readonly windows: readonly Window[] }[]) => {
    const first = owners.map((owner) => {
      const from = windows.length;
      windows.push(...owner.windows);
      return from;
    });
    return [...first, windows.length];
  };
  column.orderWindowFirst = windowFirst(orders);
  column.centreWindowFirst = windowFirst(centres);
  column.windowStart = windows.map((window) => Math.min(window.start, NEVER - 1));
  column.windowEnd = windows.map((window) => clip(window.end));

  encodeOrders(orders, routes, column, { skillRows, skuRows, toolRows, dims, engineerRows });
  encodeEngineers(engineers, column, { skillRows, skuRows, toolRows, dims });
  encodeRoutes(problem, routes, column, sets, nowhere, engineerRows, dims);
  encodeBreaks(routes, column, sets);
  encodeCentres(centres, column, sets, skuRows, toolRows);

  /** Route, kind and row of given stops; NONE where the problem has no such order or break: it is broken or past. */
  const givenRows = (...lists: ("chain" | "tied" | "warm")[]) =>
    routes.flatMap(({ shift }, route) => {
      const firstBreak = column.routeBreakFirst![route]!;
      return lists
        .flatMap((list) => shift[list])
        .map((stop) => {
          if (stop.kind === "order") return [route, 0, orderRows.get(stop.orderId) ?? NONE, stop.variant, NONE];
          if (stop.kind === "supply") return [route, 1, centreRows.get(stop.centreId)!, 0, NONE];
          if (stop.kind === "loan")
            return loansOn ? meetingRow(route, stop.lends, stop.meeting) : [route, 3, NONE, 0, NONE];
          const row = shift.breaks.findIndex((pause) => pause.index === stop.breakIndex);
          return [route, 2, row < 0 ? NONE : firstBreak + row, 0, NONE];
        });
    });
  const meetingRow = (route: number, lends: boolean, { orderId, skus, variant, placeRow }: GivenMeeting) => {
    const row = orderRows.get(orderId) ?? NONE;
    const needs = (row < 0 ? [] : variantsOf(orders[row]!)[variant]!).reduce(
      (bits, { id }, need) => bits | (skus.includes(id) ? 1 << need : 0),
      0,
    );
    const place = sets.places[sets.setOf(routes[route]!)]!.indexOf(placeRow);
    return [route, lends ? 4 : 3, place < 0 || needs === 0 ? NONE : row, needs, place];
  };
  const chain = givenRows("chain", "tied");
  column.chainRoute = chain.map((stop) => stop[0]!);
  column.chainKind = chain.map((stop) => stop[1]!);
  column.chainRow = chain.map((stop) => stop[2]!);
  column.chainNeeds = chain.map((stop) => stop[3]!);
  column.chainPlace = chain.map((stop) => stop[4]!);
  const warm = givenRows("warm").filter((stop) => stop[2] !== NONE);
  column.warmRoute = warm.map((stop) => stop[0]!);
  column.warmKind = warm.map((stop) => stop[1]!);
  column.warmRow = warm.map((stop) => stop[2]!);
  column.warmNeeds = warm.map((stop) => stop[3]!);
  column.warmPlace = warm.map((stop) => stop[4]!);

  const kept = keepsRunning(problem) ? lockedOut(problem) : [];
  column.keptOrder = kept.map(({ order }) => orderRows.get(order.id)!);
  column.keptEngineer = kept.map(({ engineer }) => engineerRows.get(engineer.id)!);
  column.keptCost = kept.map((pair) => pairCostTicks(pair));

  column.startRowIn = loansOn
    ? Array.from({ length: sets.count }, (_, set) =>
        routes.map(({ shift }) => sets.siteRow(set, shift.startRow)),
      ).flat()
    : [];

  column.rowPlace = loansOn ? sets.places.flatMap((places) => [...places, NONE]) : [];
  const { rowSetup, edge, distance } = encodeMatrices(problem, sets, poll);
  column.rowSetup = rowSetup;
  column.levelWeight = problem.levels.flat();
  column.searchWeight = searchWeights(problem, sets);

  const criteria = problem.policy.criteria;
  const mode = (id: CriterionId) => criteria.get(id)!.mode;
  const scalars: Scalars = {
    orders: orders.length,
    sites: rows - orders.length,
    rows,
    routes: routes.length,
    engineers: engineers.length,
    centres: centres.length,
    items,
    skus: skuRows.size,
    skills: skillRows.size,
    modes: sets.count,
    dims: dims.size,
    windows: windows.length,
    variants: column.variantNeedFirst!.length - 1,
    needs: column.needItem!.length,
    skillNeeds: column.skillNeedSkill!.length,
    levelNeeds: column.levelNeedSkill!.length,
    preferences: column.preferenceEngineer!.length,
    breaks: breaks.length,
    chainStops: chain.length,
    warmStops: warm.length,
    keptPairs: kept.length,
    levels: problem.levels.length,
    ...encodeCriteria(problem, column, skillRows, engineerRows),
    ...encodeTerms(problem, column, engineerRows),
    ticksPerSecond: problem.ticksPerSecond,
    neutralScore: problem.policy.neutralScore,
    skillHard: mode("skill_match") === "hard" ? 1 : 0,
    proficiencyWeight: mode("proficiency_level") === "off" ? 0 : criteria.get("proficiency_level")!.weightS,
    proficiencyHard: { off: -1, soft: 0, hard: 1 }[mode("proficiency_level")],
    preferenceWeight: mode("engineer_preference") === "off" ? 0 : criteria.get("engineer_preference")!.weightS,
    preferenceHard: mode("engineer_preference") === "off" ? 0 : 1,
    declinedHard: mode("acceptance_rate") === "off" ? 0 : 1,
    vehicleHard: mode("vehicle_mode") === "hard" ? 1 : 0,
    loansOn: loansOn ? 1 : 0,
    handOver: criteria.get("parts_borrowable")!.params.hand_over_s! * problem.ticksPerSecond,
    borrowWeight: criteria.get("parts_borrowable")!.weightS,
    borrowHalf: criteria.get("parts_borrowable")!.params.half_s!,
    latenessFactor: mode("time_window_fit") === "off" ? 0 : 3,
    keepsRunning: keepsRunning(problem) ? 1 : 0,
    overtimeOn: mode("shift_capacity") === "off" ? 0 : 1,
  };
  column.scalar = SCALAR_NAMES.map((name) => scalars[name]);
  return { columns: { ...toColumns(column), edge, distance }, routes, breaks };
}

function toColumns(column: Out): Omit<Columns, "edge" | "distance"> {
  const columns = {} as { [name in keyof Columns]: Int32Array };
  for (const name of COLUMN_NAMES) {
    if (name === "edge" || name === "distance") continue;
    const values = column[name];
    if (values === undefined) throw new Error(`column ${name} was not encoded`);
    if (values instanceof Int32Array) columns[name] = values;
    else {
      const checked = new Int32Array(values.length);
      for (let row = 0; row < values.length; row++) {
        const value = values[row]!;
        if (value !== (value | 0)) throw new RangeError(`column ${name} has ${value}, which is not an i32`);
        checked[row] = value;
      }
      columns[name] = checked;
    }
  }
  return columns;
}

/** Columns as far as they are encoded. */
type Out = { [name in keyof Columns]?: number[] | Int32Array };
interface Rows {
  readonly skillRows: Map<string, number>;
  readonly skuRows: Map<string, number>;
  readonly toolRows: Map<string, number>;
  readonly dims: Map<string, number>;
}

function encodeOrders(
  orders: readonly ProblemOrder[],
  routes: EncodedProblem["routes"],
  column: Out,
  { skillRows, skuRows, toolRows, dims, engineerRows }: Rows & { engineerRows: Map<string, number> },
): void {
  const variantFirst: number[] = [];
  const needFirst: number[] = [];
  const needItem: number[] = [];
  const needQuantity: number[] = [];
  const skillFirst: number[] = [];
  const skillNeedSkill: number[] = [];
  const skillNeedKind: number[] = [];
  const levelFirst: number[] = [];
  const levelNeeds: ProblemOrder["levels"][number][] = [];
  const preferenceFirst: number[] = [];
  const preferenceEngineer: number[] = [];
  const preferenceKind: number[] = [];
  for (const order of orders) {
    variantFirst.push(needFirst.length);
    for (const parts of variantsOf(order)) {
      needFirst.push(needItem.length);
      for (const part of parts) {
        needItem.push(skuRows.get(part.id)!);
        needQuantity.push(part.quantity);
      }
      for (const tool of order.toolIds) {
        needItem.push(skuRows.size + toolRows.get(tool)!);
        needQuantity.push(1);
      }
    }
    skillFirst.push(skillNeedSkill.length);
    for (const [kind, ids] of [
      [ALL_OF, order.skills.allOf],
      [ANY_OF, order.skills.anyOf],
      [NONE_OF, order.skills.noneOf],
    ] as const) {
      for (const id of ids) {
        skillNeedSkill.push(skillRows.get(id)!);
        skillNeedKind.push(kind!);
      }
    }
    levelFirst.push(levelNeeds.length);
    levelNeeds.push(...order.levels);
    preferenceFirst.push(preferenceEngineer.length);
    for (const [kind, name] of PREFERENCE_KINDS.entries()) {
      for (const id of order.preference[name]) {
        const row = engineerRows.get(id);
        if (row === undefined) continue;
        preferenceEngineer.push(row);
        preferenceKind.push(kind);
      }
    }
  }
  column.orderService = orders.map((order) => order.serviceTicks);
  column.orderGrace = orders.map((order) => order.graceTicks);
  column.orderLastStart = orders.map((order) => {
    const last = Math.min(order.windows.at(-1)!.end, NEVER - 1) + order.graceTicks;
    return clip(Math.max(last, order.lateUntil ?? last));
  });
  column.orderVariantFirst = [...variantFirst, needFirst.length];
  column.variantNeedFirst = [...needFirst, needItem.length];
  column.needItem = needItem;
  column.needQuantity = needQuantity;
  column.orderUnassigned = orders.map((order) => order.unassignedWeight);
  column.orderPrice = orders.map((order) => order.priceTicks ?? 0);
  column.orderLastWindow = orders.map((order) =>
    order.lastWindowEnd === undefined ? NO_TIME : clip(order.lastWindowEnd),
  );
  column.orderSkillFirst = [...skillFirst, skillNeedSkill.length];
  column.skillNeedSkill = skillNeedSkill;
  column.skillNeedKind = skillNeedKind;
  column.orderLevelFirst = [...levelFirst, levelNeeds.length];
  column.levelNeedSkill = levelNeeds.map((need) => skillRows.get(need.skillId)!);
  column.levelNeedLevel = levelNeeds.map((need) => need.level);
  column.levelNeedHard = levelNeeds.map((need) => (need.hard ? 1 : 0));
  column.orderPreferenceFirst = [...preferenceFirst, preferenceEngineer.length];
  column.preferenceEngineer = preferenceEngineer;
  column.preferenceKind = preferenceKind;
  column.orderPreferenceState = orders.map(
    ({ preference }) =>
      (preference.required.length > 0 ? 1 : 0) |
      (preference.preferred.length + preference.secondary.length + preference.disliked.length > 0 ? 2 : 0),
  );
  column.orderAccess = orders.map((order) => order.access);
  column.orderRoute = orders.map(({ lockedTo }) =>
    lockedTo === undefined
      ? NONE
      : routes.findIndex(
          ({ engineer, shift }) => engineer.id === lockedTo.engineerId && shift.index === lockedTo.shiftIndex,
        ),
  );
  column.orderLoad = grid(
    orders,
    [...dims.keys()],
    ({ loads }, dimension) => loads.find(({ id }) => id === dimension)?.quantity ?? 0,
  );
}

function encodeEngineers(
  engineers: readonly ProblemEngineer[],
  column: Out,
  { skillRows, skuRows, toolRows, dims }: Rows,
): void {
  column.engineerMode = engineers.map((engineer) => engineer.mode);
  column.engineerLastShift = engineers.map((engineer) => clip(engineer.lastShiftEnd));
  column.engineerMaxOrders = engineers.map(({ maxOrders, shifts }) =>
    maxOrders === undefined
      ? NO_LIMIT
      : maxOrders - shifts.reduce((sum, shift) => sum + (shift.head?.orders.length ?? 0), 0),
  );
  column.engineerMaxLeg = engineers.map((engineer) =>
    engineer.maxLegTicks === undefined ? NEVER : clip(engineer.maxLegTicks),
  );
  column.engineerPartCapacity = engineers.map((engineer) => Math.min(engineer.partCapacity ?? UNLIMITED, UNLIMITED));
  column.engineerStockUnits = engineers.map(({ stock }) => [...stock.values()].reduce((sum, units) => sum + units, 0));
  const skills = [...skillRows.keys()];
  column.engineerSkillUntil = grid(engineers, skills, (engineer, id) => {
    const skill = engineer.skills.get(id);
    if (skill === undefined) return NO_TIME;
    return skill.validUntil === undefined ? NEVER : clip(skill.validUntil);
  });
  column.engineerSkillLevel = grid(engineers, skills, (engineer, id) => engineer.skills.get(id)?.level ?? 0);
  column.engineerItem = [];
  column.engineerSafety = [];
  for (const { stock, safetyStock, toolIds } of engineers) {
    for (const sku of skuRows.keys()) {
      column.engineerItem.push(stock.get(sku) ?? 0);
      column.engineerSafety.push(safetyStock.get(sku) ?? 0);
    }
    for (const tool of toolRows.keys()) {
      column.engineerItem.push(toolIds.has(tool) ? UNLIMITED : 0);
      column.engineerSafety.push(0);
    }
  }
  column.engineerLends = engineers.map(({ lends }) => (lends ? 1 : 0));
  column.engineerCapacity = grid(
    engineers,
    [...dims.keys()],
    ({ capacities }, dimension) => capacities.get(dimension) ?? 0,
  );
}

/** True when a part may change hands; in a round nobody lends. */
export function hasLoans({ mode, engineers, orders }: Problem): boolean {
  return (
    mode !== "match" &&
    engineers.length > 1 &&
    engineers.some(({ lends }) => lends) &&
    orders.some(({ parts }) => parts.length > 0)
  );
}

/** What the stops under way cost beside time, ticks of soft cost. */
function headSoftTicks(problem: Problem, engineer: ProblemEngineer, { head }: ProblemShift): number {
  if (head === undefined) return 0;
  const late = problem.policy.criteria.get("time_window_fit")!.mode === "off" ? 0 : 3 * head.latenessTicks;
  const terms = [...headCosts(problem, engineer, head).values()].reduce((sum, ticks) => sum + ticks, late);
  return head.orders.reduce((sum, { order }) => sum + pairCostTicks({ problem, order, engineer }), terms);
}

function encodeRoutes(
  problem: Problem,
  routes: EncodedProblem["routes"],
  column: Out,
  sets: MatrixSets,
  nowhere: number,
  engineerRows: Map<string, number>,
  dims: Map<string, number>,
): void {
  const limit = (ticks: number | undefined) => (ticks === undefined ? NEVER : Math.min(ticks, NEVER - 1));
  const breakFirst = [0];
  for (const { shift } of routes) breakFirst.push(breakFirst.at(-1)! + shift.breaks.length);
  column.routeBreakFirst = breakFirst;
  column.routeEngineer = routes.map(({ engineer }) => engineerRows.get(engineer.id)!);
  column.routeClass = classesOf(problem, routes);
  column.routeMatrices = routes.map(sets.setOf);
  column.routeStartRow = routes.map((route) => sets.siteRow(sets.setOf(route), route.shift.startRow));
  column.routeEndRow = routes.map((route) =>
    route.shift.endRow === undefined ? nowhere : sets.siteRow(sets.setOf(route), route.shift.endRow),
  );
  column.routeEarliest = routes.map(({ shift }) => shift.earliest);
  column.routeDepartureFixed = routes.map(({ shift }) => (shift.head === undefined ? 0 : 1));
  column.routeShiftEnd = routes.map(({ shift }) => shift.end);
  column.routeLatest = routes.map(({ shift }) => shift.latest);
  column.routeMaxOrders = routes.map(({ shift }) =>
    shift.maxOrders === undefined ? NO_LIMIT : shift.maxOrders - (shift.head?.orders.length ?? 0),
  );
  column.routeMaxTravel = routes.map(({ shift }) => limit(shift.maxTravelTicks));
  column.routeMaxDistance = routes.map(({ shift }) =>
    shift.maxDistance === undefined ? NO_LIMIT : Math.min(shift.maxDistance, NO_LIMIT - 1),
  );
  column.routeMaxWorking = routes.map(({ shift }) => limit(shift.maxWorkingTicks));
  column.routeHeadWorking = routes.map(({ shift }) => shift.head?.workingTicks ?? 0);
  column.routeHeadTravel = routes.map(({ shift }) => shift.head?.travelTicks ?? 0);
  column.routeHeadDistance = routes.map(({ shift }) => shift.head?.distance ?? 0);
  column.routeHeadSoft = routes.map(({ engineer, shift }) => headSoftTicks(problem, engineer, shift));
  column.routeHeadStops = routes.map(({ shift }) => shift.head?.stops ?? 0);
  column.routeStartMeets = routes.map(({ shift }) => START_MEETS[shift.startMeets]);
  column.routeHeadEnd = routes.map(({ shift }) => clip(shift.head?.endTicks ?? 0));
  column.routeHeadLoad = grid(routes, [...dims.keys()], ({ shift: { head } }, dimension) => {
    let load = 0;
    for (const { order } of head?.orders ?? []) load += order.loads.find(({ id }) => id === dimension)?.quantity ?? 0;
    return load;
  });
  column.routeHeadOrders = routes.map(({ shift }) => shift.head?.orders.length ?? 0);
}

/** First route of each kind of interchangeable empty routes: equal in all but the engineer's id, whom no order names. */
function classesOf(problem: Problem, routes: EncodedProblem["routes"]): number[] {
  const named = new Set(
    problem.orders.flatMap(({ preference, inputs }) => [
      ...PREFERENCE_KINDS.flatMap((kind) => preference[kind]),
      inputs.lastVisit?.engineerId ?? "",
      inputs.published?.engineerId ?? "",
    ]),
  );
  const interchangeable = ({ engineer, shift }: Route) =>
    engineer.shifts.length === 1 &&
    !named.has(engineer.id) &&
    shift.head === undefined &&
    shift.chain.length + shift.tied.length === 0;
  // Most differ by where and when they start or by what is known of the engineer; only of the others is the long key made.
  const briefs = routes.map(
    ({ shift, engineer: { inputs, stock } }) =>
      `${shift.startRow} ${shift.earliest} ${shift.end} ${stock.size} ${inputs.rating?.count} ${inputs.outputPercent}`,
  );
  const alike = new Map<string, number>();
  for (const brief of briefs) alike.set(brief, (alike.get(brief) ?? 0) + 1);
  const first = new Map<string, number>();
  return routes.map((one, route) => {
    if (alike.get(briefs[route]!) === 1 || !interchangeable(one)) return route;
    const { engineer, shift } = one;
    const key = JSON.stringify([
      { ...engineer, id: "", shifts: [] },
      [...engineer.skills].sort(),
      [...engineer.toolIds].sort(),
      [...engineer.stock].sort(),
      [...engineer.capacities].sort(),
      { ...shift, warm: [] },
    ]);
    if (!first.has(key)) first.set(key, route);
    return first.get(key)!;
  });
}

function encodeBreaks(routes: EncodedProblem["routes"], column: Out, sets: MatrixSets): void {
  const breaks = routes.flatMap(({ shift }) => shift.breaks);
  column.breakRow = routes.flatMap((route) =>
    route.shift.breaks.map(({ placeRow }) =>
      placeRow === undefined ? NONE : sets.siteRow(sets.setOf(route), placeRow),
    ),
  );
  column.breakStart = breaks.map((pause) => pause.window.start);
  column.breakEnd = breaks.map((pause) => pause.window.end);
  column.breakDuration = breaks.map((pause) => pause.durationTicks);
  column.breakPaid = breaks.map((pause) => (pause.paid ? 1 : 0));
  column.breakPrice = breaks.map((pause) => pause.priceTicks ?? -1);
}

function encodeCentres(
  centres: readonly ProblemCentre[],
  column: Out,
  sets: MatrixSets,
  skuRows: Map<string, number>,
  toolRows: Map<string, number>,
): void {
  column.centreRow = centres.map((centre) => sets.siteRow(0, centre.placeRow));
  column.centrePick = centres.map((centre) => centre.pickTicks);
  column.centreItem = centres.flatMap((centre) => [
    ...[...skuRows.keys()].map((sku) => Math.min(centre.stock.get(sku) ?? 0, UNLIMITED)),
    ...[...toolRows.keys()].map((tool) => (centre.toolIds.has(tool) ? UNLIMITED : 0)),
  ]);
}
