// shanpai bench core: speed of the core on generated instances, in one thread.
import { performance } from "node:perf_hooks";
import { create, toBinary } from "@bufbuild/protobuf";
import { z } from "zod";
import { CORE_INSTANCES } from "../../bench/core-instances.ts";
import { type CoreSpeed, measureCore } from "../../bench/core-speed.ts";
import { alignColumns } from "../../bench/table.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { createPool } from "../../server/pool/pool.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { EXIT } from "../failure.ts";
import { file, milliseconds, parseOptions } from "../options.ts";
import { groups } from "../report/format.ts";
import { chosenBy, type Origin, originLine, originOf, writeReport } from "./bench-report.ts";

const schema = z.object({
  instances: z.string().min(1, "must not be empty"),
  time: milliseconds,
  output: file.optional(),
});

/** Measures the core and prints the table or writes JSON; returns the exit code. */
export async function benchCore(raw: object): Promise<number> {
  const { instances, time, output } = parseOptions(schema, raw);
  const chosen = chosenBy(CORE_INSTANCES, instances);
  const startUp = await measureStartUp();
  const module = await loadCoreModule();
  // The engine compiles hot code once more while it runs; that belongs to no instance.
  measureCore(module, problemFromProto(CORE_INSTANCES[0]!.make(), new Set()), 1_000);
  const results = chosen.map(({ name, make }) => {
    const problem = problemFromProto(make(), new Set());
    const { orders, engineers } = problem;
    return { name, orders: orders.length, engineers: engineers.length, ...measureCore(module, problem, time) };
  });
  const report = {
    ...(await originOf()),
    searchMs: time,
    startUp,
    results,
  };
  await writeReport(report, output, table);
  return EXIT.ok;
}

interface StartUp {
  /** The core's bytes to a module, once for all threads. */
  readonly compileMs: number;
  /** The module to an instance with memory of its own. */
  readonly instantiateMs: number;
  /** A worker thread from its start, with the module as it is, to its first answer: one order that is only checked. */
  readonly workerMs: number;
}

async function measureStartUp(): Promise<StartUp> {
  const begun = performance.now();
  const module = await loadCoreModule();
  const compiled = performance.now();
  createCore(module);
  const instantiated = performance.now();
  const [instance] = CORE_INSTANCES;
  const small = { ...instance!.make(), validateOnly: true };
  const request = toBinary(
    AssignRequestSchema,
    create(AssignRequestSchema, { ...small, orders: small.orders.slice(0, 1) }),
  );
  const started = performance.now();
  const pool = await createPool({ workers: 1 });
  await pool.assign(request);
  const answered = performance.now();
  await pool.close();
  return { compileMs: compiled - begun, instantiateMs: instantiated - compiled, workerMs: answered - started };
}

interface Report extends Origin {
  readonly searchMs: number;
  readonly startUp: StartUp;
  readonly results: readonly ({ name: string; orders: number; engineers: number } & CoreSpeed)[];
}

const HEADER = ["instance", "encode ms", "load ms", "first plan ms", "iterations/s", "insertions/s", "arena MiB"];

function table(report: Report): string {
  const { searchMs, startUp, results } = report;
  const rounded = (value: number) => groups(Math.round(value));
  const rows = results.map((row) => [
    row.name,
    rounded(row.encodeMs),
    rounded(row.loadMs),
    rounded(row.firstPlanMs),
    rounded(row.iterationsPerSecond),
    rounded(row.insertionsPerSecond),
    (row.arenaBytes / 2 ** 20).toFixed(1),
  ]);
  return `${[
    `${originLine(report)}, ${searchMs / 1000} s of search each`,
    `core: compiled in ${startUp.compileMs.toFixed(1)} ms, instantiated in ${startUp.instantiateMs.toFixed(1)} ms; a worker thread answers ${startUp.workerMs.toFixed(0)} ms after its start`,
    "",
    ...alignColumns([HEADER, ...rows]),
  ].join("\n")}\n`;
}
