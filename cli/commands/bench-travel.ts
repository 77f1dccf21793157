// shanpai bench travel: seconds and memory of tables by road engine, and how far great circle is from the roads.
import { z } from "zod";
import { alignColumns } from "../../bench/table.ts";
import {
  fitToRoads,
  type MeasuredEngine,
  measureGreatCircle,
  measureTable,
  type RoadFit,
  type TableSpeed,
} from "../../bench/travel.ts";
import { randomFrom } from "../../datasets/city/random.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { startOsrmFront } from "../../server/roads/osrm-front.ts";
import type { Point } from "../../solver/roads/engine.ts";
import { HTTP_DEFAULTS } from "../../solver/roads/http.ts";
import { osrmEngine } from "../../solver/roads/osrm.ts";
import { loadValhalla } from "../../solver/roads/valhalla-in-process.ts";
import { EXIT, UsageError } from "../failure.ts";
import { file, milliseconds, parseOptions, whole } from "../options.ts";
import { type AssignShare, measureAssign } from "../travel-share.ts";
import { originLine, originOf, writeReport } from "./bench-report.ts";

const schema = z.object({
  box: z.string().transform((text, context) => {
    const box = text.split(",").map(Number);
    const [south, west, north, east] = box;
    if (box.length === 4 && south! < north! && west! < east! && box.every(Number.isFinite)) return box;
    context.addIssue("must be south,west,north,east in degrees");
    return z.NEVER;
  }),
  sizes: z
    .string()
    .regex(
      /^\d{1,4}x\d{1,4}(,\d{1,4}x\d{1,4})*$/,
      "must be sources x destinations with commas between, such as 100x100,500x500",
    )
    .default("100x100,500x500,1500x500"),
  days: z
    .string()
    .regex(/^\d{1,4}x\d{1,4}(,\d{1,4}x\d{1,4})*$/, "must be orders x engineers with commas between, such as 125x38")
    .default("125x38"),
  timeLimit: milliseconds.default(10_000),
  seed: whole(0, 2 ** 32 - 1).optional(),
  output: file.optional(),
});

/** A busy machine is measured, not refused. */
const UNHURRIED = { timeoutMs: 600_000, retries: 0 };

const sizesIn = (words: string) => words.split(",").map((size) => size.split("x").map(Number) as [number, number]);

/** Measures tables over the tiles and prints the figures; returns the exit code. */
export async function benchTravel(tiles: string, raw: object): Promise<number> {
  const { box, sizes: words, days: dayWords, timeLimit, seed = 1, output } = parseOptions(schema, raw);
  const sizes = sizesIn(words);
  const days = sizesIn(dayWords);
  const points = await pointsOnRoads(tiles, box as [number, number, number, number], Math.max(...sizes.flat()), seed);
  const front = await startOsrmFront({ tiles, host: "127.0.0.1", port: 0, maxTableSize: 100 });
  const { engine } = loadValhalla(tiles);
  const engines: MeasuredEngine[] = [
    { engine, mode: VehicleMode.CAR, profile: "auto" },
    {
      engine: osrmEngine("OSRM over loopback", () => front.url, { ...HTTP_DEFAULTS, ...UNHURRIED }),
      mode: VehicleMode.CAR,
      profile: "driving",
    },
  ];
  const speeds: TableSpeed[] = sizes.map((size) => measureGreatCircle(points, ...size));
  const shares: AssignShare[] = [];
  const fits: RoadFit[] = [];
  try {
    for (const one of engines)
      for (const [sources, destinations] of sizes) {
        const { tables: _tables, ...speed } = await measureTable(one, points, sources, destinations);
        speeds.push(speed);
      }
    for (const size of days) shares.push(await measureAssign(tiles, points, size, timeLimit));
    const some = Math.min(100, points.length);
    for (const [mode, profile] of [
      [VehicleMode.CAR, "auto"],
      [VehicleMode.MOTORBIKE, "motorcycle"],
      [VehicleMode.E_BIKE, "bicycle"],
      [VehicleMode.FOOT, "pedestrian"],
    ] as const) {
      const { tables } = await measureTable({ engine, mode, profile }, points, some, some);
      const { durations, distances } = tables.modes[0]!;
      fits.push(fitToRoads(mode, points.slice(0, some), durations, distances));
    }
  } finally {
    await front.close();
  }
  const report = {
    ...(await originOf()),
    timeLimit,
    speeds,
    shares,
    fits,
  };
  await writeReport(report, output, table);
  return EXIT.ok;
}

/** Points of the box drawn evenly, each moved to the nearest road where there is one within 200 m. */
async function pointsOnRoads(
  tiles: string,
  [south, west, north, east]: [number, number, number, number],
  count: number,
  seed: number,
): Promise<Point[]> {
  const { actor } = loadValhalla(tiles);
  const random = randomFrom(seed);
  const draw = (low: number, high: number) => low + ((high - low) * random.int(0, 1_000_000)) / 1_000_000;
  const found: Point[] = [];
  for (let tries = 0; found.length < count; tries++) {
    if (tries === 50) throw new UsageError(`--box: only ${found.length} of ${count} points lie within 200 m of a road`);
    const locations = Array.from({ length: 500 }, () => ({
      lat: draw(south, north),
      lon: draw(west, east),
      search_cutoff: 200,
    }));
    const answer = (await actor.locate({ locations, costing: "auto" })) as unknown as {
      edges: { correlated_lat: number; correlated_lon: number }[] | null;
    }[];
    for (const { edges } of answer) {
      const edge = edges?.[0];
      if (edge && found.length < count) found.push({ latitude: edge.correlated_lat, longitude: edge.correlated_lon });
    }
  }
  return found;
}

function table(report: {
  machine: string;
  node: string;
  commit: string | null;
  timeLimit: number;
  speeds: TableSpeed[];
  shares: AssignShare[];
  fits: RoadFit[];
}): string {
  const percent = (value: number) => `${value < 0 ? "" : "+"}${(100 * value).toFixed(0)} %`;
  const speeds = report.speeds.map((row) => [
    row.engine,
    `${row.sources}x${row.destinations}`,
    row.coldS.toFixed(2),
    row.cachedS.toFixed(3),
    row.grownMib.toFixed(0),
    String(row.calls),
    String(row.unreachable),
  ]);
  const shares = report.shares.map((row) => [
    `${row.orders}x${row.engineers}`,
    String(row.pairs),
    row.coldS.toFixed(2),
    row.cachedS.toFixed(3),
    row.callS.toFixed(1),
    `${(100 * row.coldShare).toFixed(0)} %`,
    `${(100 * row.cachedShare).toFixed(0)} %`,
  ]);
  const fits = report.fits.map((row) => [
    row.mode,
    String(row.pairs),
    row.detour.map((value) => value.toFixed(2)).join(" / "),
    row.metresPerSecond.toFixed(1),
    row.errorOfDefaults.map(percent).join(" "),
    row.errorOfFit.map(percent).join(" "),
  ]);
  return `${[
    originLine(report),
    "",
    ...alignColumns([["engine", "table", "cold s", "cached s", "grown MiB", "calls", "no way"], ...speeds]),
    "",
    `Travel of an Assign with ${report.timeLimit / 1000} s, in process`,
    ...alignColumns([["day", "pairs", "cold s", "cached s", "call s", "share cold", "share cached"], ...shares]),
    "",
    "Great circle against the roads; errors are quantiles 5, 25, 50, 75, 95 % of its time over the road's",
    ...alignColumns([["mode", "pairs", "detour 25/50/75 %", "m/s", "error of defaults", "error of fit"], ...fits]),
  ].join("\n")}\n`;
}
