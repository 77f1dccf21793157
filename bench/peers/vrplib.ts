// Problems as text in the VRPLIB format, with an explicit matrix.
import type { PeerProblem } from "./problem.ts";

/** VRPLIB with windows of service and service times, as HGS-VRPTW and PyVRP read it. */
export function vrplib({ matrix, windows, service, demand, capacity, vehicles }: PeerProblem): string {
  const section = (name: string, rows: readonly (readonly number[])[]) => [
    name,
    ...rows.map((row, at) => [at + 1, ...row].join("\t")),
  ];
  return [
    "NAME : peer",
    "COMMENT : written by shanpai bench",
    "TYPE : VRPTW",
    `DIMENSION : ${matrix.length}`,
    `VEHICLES : ${vehicles}`,
    "EDGE_WEIGHT_TYPE : EXPLICIT",
    "EDGE_WEIGHT_FORMAT : FULL_MATRIX",
    `CAPACITY : ${capacity}`,
    "EDGE_WEIGHT_SECTION",
    ...matrix.map((row) => row.join("\t")),
    ...section(
      "NODE_COORD_SECTION",
      matrix.map(() => [0, 0]),
    ),
    ...section(
      "DEMAND_SECTION",
      demand.map((units) => [units]),
    ),
    "DEPOT_SECTION",
    "1",
    "-1",
    ...section(
      "SERVICE_TIME_SECTION",
      service.map((time) => [time]),
    ),
    ...section("TIME_WINDOW_SECTION", windows),
    "EOF",
    "",
  ].join("\n");
}
