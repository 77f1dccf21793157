// How long lists may be. Not a matter of the schema: zod does not look at the entries of a list that is too long.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Path, Report } from "./report.ts";

/** Reports lists with more entries than the contract allows. */
export function checkLimits(request: AssignRequest, report: Report): void {
  const limit = (list: readonly unknown[], most: number, path: Path) => {
    if (list.length > most) report(path, "TOO_MANY", `must have at most ${most} entries, has ${list.length}`);
  };
  limit(request.orders, 50_000, ["orders"]);
  limit(request.engineers, 20_000, ["engineers"]);
  limit(request.operatingCentres, 1_000, ["operatingCentres"]);
  request.orders.forEach((order, row) => {
    limit(order.windows, 32, ["orders", row, "windows"]);
  });
  request.engineers.forEach((engineer, row) => {
    limit(engineer.shifts, 62, ["engineers", row, "shifts"]);
    engineer.shifts.forEach((shift, index) => {
      limit(shift.breaks, 8, ["engineers", row, "shifts", index, "breaks"]);
    });
  });
  limit(request.objective?.levels ?? [], 6, ["objective", "levels"]);
}
