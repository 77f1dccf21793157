// shanpai roads: tiles from an OpenStreetMap extract, and an OSRM server over them.

import { existsSync } from "node:fs";
import { basename } from "node:path";
import cliProgress from "cli-progress";
import { z } from "zod";
import { startOsrmFront } from "../../server/roads/osrm-front.ts";
import { buildTiles } from "../../solver/roads/build-tiles.ts";
import { EXIT, UsageError } from "../failure.ts";
import { file, parseOptions, whole } from "../options.ts";

const buildSchema = z.object({ output: file.optional() });

/** Makes tiles of the extract in `pbf`; returns the exit code. */
export async function roadsBuild(pbf: string, raw: object): Promise<number> {
  const options = parseOptions(buildSchema, raw);
  if (!existsSync(pbf)) throw new UsageError(`cannot read ${pbf}: there is no such file`);
  const tiles = options.output ?? `${basename(pbf).replace(/(\.osm)?\.pbf$/, "")}-tiles`;
  const bar = new cliProgress.SingleBar({
    format: "[{bar}] {percentage}% | {stage}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    // A log gets a line now and then instead.
    noTTYOutput: false,
  });
  const begun = performance.now();
  bar.start(1, 0, { stage: "starting" });
  try {
    await buildTiles(pbf, tiles, ({ done, stage }) => bar.update(done, { stage }));
  } finally {
    bar.stop();
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.error(`${tiles} made in ${seconds} s; use it with --travel valhalla:${tiles}`);
  return EXIT.ok;
}

const serveSchema = z.object({
  host: z.string().min(1, "must not be empty").default("127.0.0.1"),
  port: whole(0, 65_535).optional(),
  maxTableSize: whole(1, 10_000).optional(),
});

/** Serves until SIGTERM or SIGINT; returns the exit code. */
export async function roadsServe(tiles: string, raw: object): Promise<number> {
  const { host, port = 5_000, maxTableSize = 100 } = parseOptions(serveSchema, raw);
  const signal = new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  const front = await startOsrmFront({ tiles, host, port, maxTableSize });
  console.error(`listening on ${front.url}`);
  await signal;
  await front.close();
  return EXIT.ok;
}
