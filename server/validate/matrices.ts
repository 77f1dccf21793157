// The caller's matrices: square, complete, with sound values, and one for every vehicle mode in use.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Matrix } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { type Path, type Report, show } from "./report.ts";
import { compareTimes, MAX_TICKS, showTime } from "./times.ts";

/** Bad values of one matrix that are listed one by one; a broken export has millions. */
const LISTED_VALUES = 10;

/** Reports sizes, values, slices and missing matrices; nothing when travel is not by matrix. */
export function checkMatrices(request: AssignRequest, report: Report): void {
  const source = request.travel?.source;
  if (source?.case !== "matrix") return;
  const matrices = source.value.matrices;
  const path = ["travel", "source", "value", "matrices"];
  matrices.forEach((matrix, row) => {
    const size = matrices[0]!.size;
    if (matrix.size !== size)
      report([...path, row, "size"], "MATRIX_SIZE", `must be ${size} like the first matrix, is ${matrix.size}`);
    checkValues(matrix, "durations", [...path, row, "durations"], report);
    if (matrix.distancesM.length > 0) checkValues(matrix, "distancesM", [...path, row, "distancesM"], report);
  });
  for (const mode of new Set(matrices.map(({ vehicleMode }) => vehicleMode)))
    checkSlices(request.now, matrices, mode, path, report);
  const own = new Set(matrices.map((matrix) => matrix.vehicleMode));
  if (own.has(VehicleMode.UNSPECIFIED) || matrices.length === 0) return;
  const missing = new Set<VehicleMode>();
  request.engineers.forEach((engineer, row) => {
    const mode = engineer.vehicleMode || VehicleMode.CAR;
    if (own.has(mode) || missing.has(mode)) return;
    missing.add(mode);
    report(["engineers", row, "vehicleMode"], "MATRIX_MISSING", `${VehicleMode[mode] ?? mode} has no matrix`);
  });
}

/** Reports slices of one mode that begin together, leave `now` without times, or differ in more than times. */
function checkSlices(
  now: AssignRequest["now"],
  matrices: readonly Matrix[],
  mode: VehicleMode,
  path: Path,
  report: Report,
): void {
  const slices = matrices.map((matrix, row) => ({ matrix, row })).filter(({ matrix }) => matrix.vehicleMode === mode);
  const begins = ({ sliceStart }: Matrix) => (sliceStart ? showTime(sliceStart) : "always");
  slices.sort((a, b) => compareStarts(a.matrix, b.matrix));
  const [first] = slices;
  const { sliceStart } = first!.matrix;
  if (sliceStart && now && compareTimes(sliceStart, now) > 0)
    report(
      [...path, first!.row, "sliceStart"],
      "OUT_OF_RANGE",
      `must not be after now ${showTime(now)}, is ${showTime(sliceStart)}: ${modeName(mode)} has no times before it`,
    );
  for (const [at, { matrix, row }] of slices.entries()) {
    const before = slices[at - 1];
    if (!before) continue;
    if (compareStarts(before.matrix, matrix) === 0)
      report(
        [...path, row, "sliceStart"],
        "DUPLICATE",
        `is ${begins(matrix)}, as for matrices[${before.row}] of the same mode: slices begin one after the other`,
      );
    checkSameWays(first!, { matrix, row }, path, report);
  }
}

function compareStarts({ sliceStart: a }: Matrix, { sliceStart: b }: Matrix): number {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  return compareTimes(a, b);
}

interface Slice {
  readonly matrix: Matrix;
  readonly row: number;
}

/** Reports ways that there are in one slice only, and metres that are others than those of the mode's first slice. */
function checkSameWays(first: Slice, slice: Slice, path: Path, report: Report): void {
  const [one, other] = [first.matrix, slice.matrix];
  const where = `in matrices[${first.row}], the first slice of the mode`;
  const list = (name: "durations" | "distancesM", isSame: (at: number) => boolean, rule: string) => {
    if (one[name].length !== other[name].length) return;
    let bad = 0;
    for (let at = 0; at < one[name].length; at++) {
      if (isSame(at) || ++bad > LISTED_VALUES) continue;
      const told = `${rule}, is ${show(other[name][at])} and ${show(one[name][at])} ${where}`;
      report([...path, slice.row, name, at], "MATRIX_VALUE", told);
    }
    if (bad > LISTED_VALUES)
      report(
        [...path, slice.row, name, one[name].length],
        "MATRIX_VALUE",
        `${bad - LISTED_VALUES} more values are wrong in the same way`,
      );
  };
  list(
    "durations",
    (at) => (one.durations[at] === -1) === (other.durations[at] === -1),
    "must be a way in every slice of the mode or in none",
  );
  if (other.distancesM.length > 0 && one.distancesM.length === 0)
    report([...path, slice.row, "distancesM"], "NOT_ALLOWED", `must be empty as ${where}, whose metres count all day`);
  list(
    "distancesM",
    (at) => one.distancesM[at] === other.distancesM[at],
    "must be the same in every slice of the mode, or left out in later ones",
  );
}

const modeName = (mode: VehicleMode) => VehicleMode[mode] ?? `${mode}`;

function checkValues(matrix: Matrix, name: "durations" | "distancesM", path: Path, report: Report): void {
  const values = matrix[name];
  const size = matrix.size;
  if (values.length !== size * size) {
    report(path, "MATRIX_SIZE", `must have size * size = ${size * size} values, has ${values.length}`);
    return;
  }
  let bad = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    const diagonal = at % (size + 1) === 0;
    if (name === "distancesM" && value === -1 && matrix.durations[at] !== -1 && !diagonal) {
      if (++bad <= LISTED_VALUES)
        report([...path, at], "MATRIX_VALUE", `is -1 (no way), but the duration is ${matrix.durations[at]}`);
      continue;
    }
    if (diagonal ? value === 0 : value >= -1 && value <= MAX_TICKS) continue;
    if (++bad > LISTED_VALUES) continue;
    const asked = diagonal ? "must be 0 on the diagonal" : `must be -1 (no way) to ${MAX_TICKS}`;
    report([...path, at], "MATRIX_VALUE", `${asked}, is ${show(value)}`);
  }
  if (bad > LISTED_VALUES)
    report([...path, values.length], "MATRIX_VALUE", `${bad - LISTED_VALUES} more values are wrong in the same way`);
}
