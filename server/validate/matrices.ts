// The caller's matrices: square, complete, with sound values, and one for every vehicle mode in use.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Matrix } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { type Path, type Report, show } from "./report.ts";
import { compareTimes, MAX_TICKS } from "./times.ts";

/** Bad values of one matrix that are listed one by one; a broken export has millions. */
const LISTED_VALUES = 10;

/** Reports sizes, values and missing matrices; nothing when travel is not by matrix. */
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
    if (matrix.sliceStart && request.now && compareTimes(matrix.sliceStart, request.now) > 0)
      report([...path, row, "sliceStart"], "OUT_OF_RANGE", "must not be after now: there are no times before it");
  });
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
