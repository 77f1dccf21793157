// Writes a problem into columns of integers as layout.ts describes them.
import { asI32, type ColumnSources, type EncodedColumns, expandColumns, SMALL_COLUMNS } from "./columns.ts";
import type { CriterionId } from "./criteria.ts";
import { encodeCentres } from "./encode-centres.ts";
import { encodeCriteria } from "./encode-criteria.ts";
import { encodeEngineers } from "./encode-engineers.ts";
import { encodeGivenStops } from "./encode-given-stops.ts";
import { encodeMatrices, type MatrixSets, matrixSets, searchWeights } from "./encode-matrices.ts";
import { encodeOrders } from "./encode-orders.ts";
import { encodeRoutes } from "./encode-routes.ts";
import { encodeSlices, writeSlices } from "./encode-slices.ts";
import { encodeTerms } from "./encode-terms.ts";
import { pairCostTicks } from "./explain/pair.ts";
import { type Columns, SCALAR_NAMES, type Scalars } from "./gen/layout.ts";
import { clip, NEVER, NONE } from "./layout.ts";
import type { Problem, ProblemBreak, ProblemEngineer, ProblemShift, Window } from "./model/problem.ts";
import { idRows, namesOf } from "./names.ts";
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
  const { orders, engineers, centres } = problem;
  const routes = engineers.flatMap((engineer) => engineer.shifts.map((shift) => ({ engineer, shift })));
  const breaks = routes.flatMap(({ shift }) => shift.breaks);
  const names = namesOf(problem);
  const loansOn = hasLoans(problem);
  const sets = matrixSets(problem, routes, loansOn);

  const column: EncodedColumns = {};
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
  const criteria = problem.policy.criteria;
  const mode = (id: CriterionId) => criteria.get(id)!.mode;
  const scalars: Scalars = {
    orders: orders.length,
    sites: sets.rows - orders.length,
    rows: sets.rows,
    routes: routes.length,
    engineers: engineers.length,
    centres: centres.length,
    items: names.skus.size + names.tools.size,
    skus: names.skus.size,
    skills: names.skills.size,
    modes: sets.count,
    slices: hours.starts.length,
    sliceTables: hours.written.length,
    dims: names.dims.size,
    windows: column.windowStart!.length,
    variants: column.variantNeedFirst!.length - 1,
    needs: column.needItem!.length,
    skillNeeds: column.skillNeedSkill!.length,
    levelNeeds: column.levelNeedSkill!.length,
    preferences: column.preferenceEngineer!.length,
    breaks: breaks.length,
    chainStops: column.chainRow!.length,
    warmStops: column.warmRow!.length,
    keptPairs: column.keptOrder!.length,
    levels: problem.levels.length,
    ...encodeCriteria(problem, names, column),
    ...encodeTerms(problem, column),
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
  return {
    columns: {
      ...checked(column),
      ...matrices.lengths,
      sliceTravel: { length: hours.written.length * sets.rows * sets.rows },
      writeLarge: ({ edge, distance, sliceTravel }) => {
        matrices.write(edge, distance);
        writeSlices(problem, sets, hours, poll, sliceTravel);
      },
    },
    routes,
    breaks,
  };
}

/** The columns, all of which are there and hold what fits an i32. */
function checked(column: EncodedColumns): Required<EncodedColumns> {
  for (const name of SMALL_COLUMNS) {
    const values = column[name];
    if (values === undefined) throw new Error(`column ${name} was not encoded`);
    if (!(values instanceof Int32Array)) for (let row = 0; row < values.length; row++) asI32(values[row]!, name);
  }
  return column as Required<EncodedColumns>;
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
