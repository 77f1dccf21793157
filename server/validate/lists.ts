// Lists of parts, stock, loads, skills and cells: one row for each name, and numbers of a row that agree.
import { getResolution, isValidCell } from "h3-js";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Rate, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Path, type Report, show } from "./report.ts";

/** Reports what the lists of orders, engineers, centres and travel say twice or against themselves. */
export function checkLists(request: AssignRequest, report: Report): void {
  const unique = <T>(rows: readonly T[], nameOf: (row: T) => string, path: Path, field: string) => {
    if (rows.length < 2) return;
    const seen = new Set<string>();
    rows.forEach((row, at) => {
      const name = nameOf(row);
      if (name !== "" && seen.has(name)) report([...path, at, field], "DUPLICATE", `${show(name)} occurs twice`);
      seen.add(name);
    });
  };
  const stock = (rows: readonly Stock[], path: Path) => {
    unique(rows, (row) => row.sku, path, "sku");
    rows.forEach((row, at) => {
      if (row.reserved > row.quantity && !row.unlimited)
        report(
          [...path, at, "reserved"],
          "OUT_OF_RANGE",
          `must be at most the quantity ${row.quantity}, is ${row.reserved}`,
        );
    });
  };
  const rate = (value: Rate | undefined, path: Path) => {
    if (value && value.successes > value.total)
      report([...path, "successes"], "OUT_OF_RANGE", `must be at most the total ${value.total}, is ${value.successes}`);
  };
  const cells = (list: readonly string[], path: Path) => {
    let resolution: number | undefined;
    list.forEach((cell, at) => {
      if (!isValidCell(cell)) {
        report([...path, at], "INVALID_CELL", `must be an H3 cell, is ${show(cell)}`);
        return;
      }
      const own = getResolution(cell);
      resolution ??= own;
      if (own !== resolution)
        report([...path, at], "INVALID_CELL", `must have resolution ${resolution} like the first, has ${own}`);
    });
  };

  request.orders.forEach((order, row) => {
    const path = ["orders", row];
    unique(order.parts, (part) => part.sku, [...path, "parts"], "sku");
    unique(order.loads, (load) => load.dimension, [...path, "loads"], "dimension");
    order.parts.forEach((part, at) => {
      const seen = new Set([part.sku]);
      part.substituteSkus.forEach((sku, index) => {
        if (sku !== "" && seen.has(sku))
          report([...path, "parts", at, "substituteSkus", index], "DUPLICATE", `${show(sku)} occurs twice`);
        seen.add(sku);
      });
    });
  });
  request.engineers.forEach((engineer, row) => {
    const path = ["engineers", row];
    stock(engineer.stock, [...path, "stock"]);
    unique(engineer.skills, (skill) => skill.skillId, [...path, "skills"], "skillId");
    unique(engineer.capacities, (load) => load.dimension, [...path, "capacities"], "dimension");
    cells(engineer.territoryCells, [...path, "territoryCells"]);
    rate(engineer.onTime, [...path, "onTime"]);
    rate(engineer.acceptance?.own, [...path, "acceptance", "own"]);
    rate(engineer.acceptance?.peers, [...path, "acceptance", "peers"]);
    engineer.firstTimeFixes.forEach((fix, at) => {
      rate(fix.rate, [...path, "firstTimeFixes", at, "rate"]);
    });
  });
  request.operatingCentres.forEach((centre, row) => {
    stock(centre.stock, ["operatingCentres", row, "stock"]);
    cells(centre.territoryCells, ["operatingCentres", row, "territoryCells"]);
  });
  const source = request.travel?.source;
  if (source?.case === "greatCircle") {
    source.value.speeds.forEach(({ hours }, row) => {
      unique(hours, ({ hour }) => `${hour}`, ["travel", "source", "value", "speeds", row, "hours"], "hour");
    });
    unique(
      source.value.speeds,
      (speed) => (speed.vehicleMode === VehicleMode.UNSPECIFIED ? "" : (VehicleMode[speed.vehicleMode] ?? "")),
      ["travel", "source", "value", "speeds"],
      "vehicleMode",
    );
  }
  if (source?.case === "osrm" || source?.case === "valhalla")
    unique(
      source.value.profiles,
      (profile) => (profile.vehicleMode === VehicleMode.UNSPECIFIED ? "" : (VehicleMode[profile.vehicleMode] ?? "")),
      ["travel", "source", "value", "profiles"],
      "vehicleMode",
    );
}
