// Lists of parts, stock, loads, skills and cells: one row for each name, and numbers of a row that agree.
import { getResolution, isValidCell } from "h3-js";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Rate, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Path, type Report, show } from "./report.ts";

/** Most rows that are compared with each other; of more the names are gathered. */
const FEW = 8;

/** True when no two rows have the same name. */
function areDifferent<T>(rows: readonly T[], nameOf: (row: T) => string): boolean {
  if (rows.length > FEW) return new Set(rows.map(nameOf)).size === rows.length;
  for (let at = 1; at < rows.length; at++) {
    const name = nameOf(rows[at]!);
    for (let before = 0; before < at; before++) if (nameOf(rows[before]!) === name) return false;
  }
  return true;
}

/** Reports what the lists of orders, engineers, centres and travel say twice or against themselves. */
export function checkLists(request: AssignRequest, report: Report): void {
  // A path is made where something is reported: a request has hundreds of lists.
  const unique = <T>(rows: readonly T[], nameOf: (row: T) => string, path: () => Path, field: string) => {
    if (areDifferent(rows, nameOf)) return;
    const seen = new Set<string>();
    rows.forEach((row, at) => {
      const name = nameOf(row);
      if (name !== "" && seen.has(name)) report([...path(), at, field], "DUPLICATE", `${show(name)} occurs twice`);
      seen.add(name);
    });
  };
  const stock = (rows: readonly Stock[], path: () => Path) => {
    unique(rows, (row) => row.sku, path, "sku");
    rows.forEach((row, at) => {
      if (row.reserved > row.quantity && !row.unlimited)
        report(
          [...path(), at, "reserved"],
          "OUT_OF_RANGE",
          `must be at most the quantity ${row.quantity}, is ${row.reserved}`,
        );
    });
  };
  const rate = (value: Rate | undefined, path: () => Path) => {
    if (value && value.successes > value.total)
      report(
        [...path(), "successes"],
        "OUT_OF_RANGE",
        `must be at most the total ${value.total}, is ${value.successes}`,
      );
  };
  const cells = (list: readonly string[], path: () => Path) => {
    let resolution: number | undefined;
    list.forEach((cell, at) => {
      if (!isValidCell(cell)) {
        report([...path(), at], "INVALID_CELL", `must be an H3 cell, is ${show(cell)}`);
        return;
      }
      const own = getResolution(cell);
      resolution ??= own;
      if (own !== resolution)
        report([...path(), at], "INVALID_CELL", `must have resolution ${resolution} like the first, has ${own}`);
    });
  };

  request.orders.forEach((order, row) => {
    unique(
      order.parts,
      (part) => part.sku,
      () => ["orders", row, "parts"],
      "sku",
    );
    unique(
      order.loads,
      (load) => load.dimension,
      () => ["orders", row, "loads"],
      "dimension",
    );
    order.parts.forEach((part, at) => {
      if (part.substituteSkus.length === 0) return;
      const seen = new Set([part.sku]);
      part.substituteSkus.forEach((sku, index) => {
        if (sku !== "" && seen.has(sku))
          report(["orders", row, "parts", at, "substituteSkus", index], "DUPLICATE", `${show(sku)} occurs twice`);
        seen.add(sku);
      });
    });
  });
  request.engineers.forEach((engineer, row) => {
    stock(engineer.stock, () => ["engineers", row, "stock"]);
    unique(
      engineer.skills,
      (skill) => skill.skillId,
      () => ["engineers", row, "skills"],
      "skillId",
    );
    unique(
      engineer.capacities,
      (load) => load.dimension,
      () => ["engineers", row, "capacities"],
      "dimension",
    );
    cells(engineer.territoryCells, () => ["engineers", row, "territoryCells"]);
    rate(engineer.onTime, () => ["engineers", row, "onTime"]);
    rate(engineer.acceptance?.own, () => ["engineers", row, "acceptance", "own"]);
    rate(engineer.acceptance?.peers, () => ["engineers", row, "acceptance", "peers"]);
    engineer.firstTimeFixes.forEach((fix, at) => {
      rate(fix.rate, () => ["engineers", row, "firstTimeFixes", at, "rate"]);
    });
  });
  request.operatingCentres.forEach((centre, row) => {
    stock(centre.stock, () => ["operatingCentres", row, "stock"]);
    cells(centre.territoryCells, () => ["operatingCentres", row, "territoryCells"]);
  });
  const source = request.travel?.source;
  if (source?.case === "greatCircle") {
    source.value.speeds.forEach(({ hours }, row) => {
      unique(
        hours,
        ({ hour }) => `${hour}`,
        () => ["travel", "source", "value", "speeds", row, "hours"],
        "hour",
      );
    });
    unique(
      source.value.speeds,
      (speed) => (speed.vehicleMode === VehicleMode.UNSPECIFIED ? "" : (VehicleMode[speed.vehicleMode] ?? "")),
      () => ["travel", "source", "value", "speeds"],
      "vehicleMode",
    );
  }
  if (source?.case === "osrm" || source?.case === "valhalla")
    unique(
      source.value.profiles,
      (profile) => (profile.vehicleMode === VehicleMode.UNSPECIFIED ? "" : (VehicleMode[profile.vehicleMode] ?? "")),
      () => ["travel", "source", "value", "profiles"],
      "vehicleMode",
    );
}
