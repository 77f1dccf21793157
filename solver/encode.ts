// Writes a problem into columns of integers as layout.ts describes them.
import { type ColumnSources, checkColumns, type EncodedColumns, expandColumns, newColumns } from "./columns.ts";
import type { CriterionId } from "./criteria.ts";
import { encodeCentres } from "./encode-centres.ts";
import { encodeCriteria } from "./encode-criteria.ts";
import { encodeEngineers } from "./encode-engineers.ts";
import { encodeGivenStops } from "./encode-given-stops.ts";
import { encodeMatrices, type MatrixSets, matrixSets, searchWeights } from "./encode-matrices.ts";
import { encodeOrders } from "./encode-orders.ts";
import { encodeRoutes } from "./encode-routes.ts";
import { encodeSlices, type Slices, writeSlices } from "./encode-slices.ts";
import { encodeTerms } from "./encode-terms.ts";
import { pairCostTicks } from "./explain/pair.ts";
import { type Columns, Scalars, scalarList } from "./gen/layout.ts";
import { clip, NEVER, NONE } from "./layout.ts";
import type { Problem, ProblemBreak, ProblemEngineer, ProblemShift, Window } from "./model/problem.ts";
import { idRows, type Names, namesOf } from "./names.ts";
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

/** Columns of the problem; `poll` is called now and then while the matrices are written and may throw. Throws a RangeError when a value does not fit an i32. */
export function encodeProblem(problem: Problem, poll: () => void = () => {}): EncodedProblem {
  const { engineers, centres } = problem;
  const routes: Route[] = [];
  const breaks: ProblemBreak[] = [];
  for (const engineer of engineers)
    for (const shift of engineer.shifts) {
      routes.push({ engineer, shift });
      for (const pause of shift.breaks) breaks.push(pause);
    }
  const names = namesOf(problem);
  const loansOn = hasLoans(problem);
  const sets = matrixSets(problem, routes, loansOn);

  const column = newColumns();
  encodeWindows(problem, column);
  encodeOrders(problem, routes, names, column);
  encodeEngineers(engineers, names, column);
  encodeRoutes(problem, routes, sets, names.dims, column);
  encodeCentres(centres, sets, names, column);
  encodeGivenStops(problem, routes, sets, loansOn, column);
  encodeKeptPairs(problem, column);
  column.startRowIn = loansOn ? startRows(routes, sets) : [];
  column.rowPlace = loansOn ? sets.places.flatMap((places) => [...places, NONE]) : [];
  const matrices = encodeMatrices(problem, sets, poll);
  column.rowSetup = matrices.rowSetup;
  const hours = encodeSlices(problem, sets);
  column.sliceStart = [...hours.starts];
  column.sliceTable = [...hours.tables];
  column.levelWeight = problem.levels.flat();
  column.searchWeight = searchWeights(problem, sets);
  const scalars = new Scalars();
  encodeCriteria(problem, names, column, scalars);
  encodeTerms(problem, column, scalars);
  encodeSizes(problem, names, sets, hours, column, scalars);
  encodePolicy(problem, loansOn, scalars);
  column.scalar = scalarList(scalars);

  column.edge = { length: matrices.edges };
  column.distance = { length: matrices.distances };
  column.sliceTravel = { length: hours.written.length * sets.rows * sets.rows };
  column.writeLarge = ({ edge, distance, sliceTravel }) => {
    matrices.write(edge, distance);
    writeSlices(problem, sets, hours, poll, sliceTravel);
  };
  checkColumns(column);
  return { columns: column, routes, breaks };
}

/** Sizes that tables of the layout have. */
function encodeSizes(
  { orders, engineers, centres, levels }: Problem,
  names: Names,
  sets: MatrixSets,
  hours: Slices,
  column: ColumnSources,
  scalars: Scalars,
): void {
  scalars.orders = orders.length;
  scalars.sites = sets.rows - orders.length;
  scalars.rows = sets.rows;
  scalars.routes = column.routeEngineer.length;
  scalars.engineers = engineers.length;
  scalars.centres = centres.length;
  scalars.items = names.skus.size + names.tools.size;
  scalars.skus = names.skus.size;
  scalars.skills = names.skills.size;
  scalars.modes = sets.count;
  scalars.slices = hours.starts.length;
  scalars.sliceTables = hours.written.length;
  scalars.dims = names.dims.size;
  scalars.windows = column.windowStart.length;
  scalars.variants = column.variantNeedFirst.length - 1;
  scalars.needs = column.needItem.length;
  scalars.skillNeeds = column.skillNeedSkill.length;
  scalars.levelNeeds = column.levelNeedSkill.length;
  scalars.preferences = column.preferenceEngineer.length;
  scalars.breaks = column.breakRow.length;
  scalars.chainStops = column.chainRow.length;
  scalars.warmStops = column.warmRow.length;
  scalars.keptPairs = column.keptOrder.length;
  scalars.levels = levels.length;
}

/** What the policy says of the rules that have no columns. */
function encodePolicy(problem: Problem, loansOn: boolean, scalars: Scalars): void {
  const { policy, ticksPerSecond } = problem;
  const { criteria } = policy;
  const mode = (id: CriterionId) => criteria.get(id)!.mode;
  const borrowable = criteria.get("parts_borrowable")!;
  scalars.ticksPerSecond = ticksPerSecond;
  scalars.neutralScore = policy.neutralScore;
  scalars.skillHard = mode("skill_match") === "hard" ? 1 : 0;
  scalars.proficiencyWeight = mode("proficiency_level") === "off" ? 0 : criteria.get("proficiency_level")!.weightS;
  scalars.proficiencyHard = { off: -1, soft: 0, hard: 1 }[mode("proficiency_level")];
  scalars.preferenceWeight = mode("engineer_preference") === "off" ? 0 : criteria.get("engineer_preference")!.weightS;
  scalars.preferenceHard = mode("engineer_preference") === "off" ? 0 : 1;
  scalars.declinedHard = mode("acceptance_rate") === "off" ? 0 : 1;
  scalars.vehicleHard = mode("vehicle_mode") === "hard" ? 1 : 0;
  scalars.loansOn = loansOn ? 1 : 0;
  scalars.handOver = borrowable.params.hand_over_s! * ticksPerSecond;
  scalars.borrowWeight = borrowable.weightS;
  scalars.borrowHalf = borrowable.params.half_s!;
  scalars.latenessFactor = mode("time_window_fit") === "off" ? 0 : 3;
  scalars.keepsRunning = keepsRunning(problem) ? 1 : 0;
  scalars.overtimeOn = mode("shift_capacity") === "off" ? 0 : 1;
}

/** Windows of the orders, then of the centres. */
function encodeWindows({ orders, centres }: Problem, column: EncodedColumns): void {
  const starts: number[] = [];
  const ends: number[] = [];
  const firstRows = (owners: readonly { readonly windows: readonly Window[] }[]) => {
    const first: number[] = [];
    for (const { windows } of owners) {
      first.push(starts.length);
      for (const { start, end } of windows) {
        starts.push(Math.min(start, NEVER - 1));
        ends.push(clip(end));
      }
    }
    first.push(starts.length);
    return first;
  };
  column.orderWindowFirst = firstRows(orders);
  column.centreWindowFirst = firstRows(centres);
  column.windowStart = starts;
  column.windowEnd = ends;
}

/** Locked orders whose engineer is ruled out. */
function encodeKeptPairs(problem: Problem, column: EncodedColumns): void {
  const kept = keepsRunning(problem) ? lockedOut(problem) : [];
  const orderRows = idRows(kept.length > 0 ? problem.orders : []);
  const engineerRows = idRows(kept.length > 0 ? problem.engineers : []);
  column.keptOrder = kept.map(({ order }) => orderRows.get(order.id)!);
  column.keptEngineer = kept.map(({ engineer }) => engineerRows.get(engineer.id)!);
  column.keptCost = kept.map((pair) => pairCostTicks(pair));
}

/** Where lenders may be met: the row of each start in each set. */
const startRows = (routes: readonly Route[], sets: MatrixSets) =>
  Array.from({ length: sets.count }, (_, set) => routes.map(({ shift }) => sets.siteRow(set, shift.startRow))).flat();

/** True when a part may change hands; in a round nobody lends. */
export function hasLoans({ mode, engineers, orders }: Problem): boolean {
  return (
    mode !== "match" &&
    engineers.length > 1 &&
    engineers.some(({ lends }) => lends) &&
    orders.some(({ parts }) => parts.length > 0)
  );
}
