// The server that a load benchmark measures: a process of its own, with its metrics, and what it is asked.
import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { runningDay } from "../../bench/recommend-speed.ts";
import { generateCity } from "../../datasets/city.ts";
import { AssignRequestSchema, Dispatch } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { connect } from "../../server/client.ts";
import { parseMetrics, type Sample } from "../report/metrics-text.ts";
import type { CallKind, CallResult, LoadPlan } from "./load-plan.ts";

const pathOf = ({ name }: { readonly name: string }) => `/${Dispatch.typeName}/${name}`;
const { assign, recommend } = Dispatch.method;
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const here = (file: string) => fileURLToPath(new URL(`${file}.${extension}`, import.meta.url));

/** Where processes run, as taskset writes it; undefined: anywhere. */
export interface Cores {
  readonly server: string | undefined;
  readonly client: string | undefined;
}

export interface BenchTarget {
  readonly address: string;
  readonly kinds: Readonly<Record<"recommend" | "match" | "route" | "big", CallKind>>;
  metrics(): Promise<Sample[]>;
  /** Runs a plan in a client process of its own. */
  load(plan: Omit<LoadPlan, "address">): Promise<CallResult[]>;
  close(): Promise<void>;
}

/** Starts `shanpai serve` with these flags, on free ports. */
export async function startTarget(flags: readonly string[], cores: Cores): Promise<BenchTarget> {
  const folder = mkdtempSync(join(tmpdir(), "shanpai-load-"));
  const pinned = (core: string | undefined, args: string[]): [string, string[]] =>
    core === undefined ? [process.execPath, args] : ["taskset", ["-c", core, process.execPath, ...args]];
  const [command, args] = pinned(cores.server, [
    ...process.execArgv,
    here("../main"),
    ..."serve --port 0 --metrics-port 0".split(" "),
    ...flags,
  ]);
  const server = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const { port, metricsPort } = await listening(server);
  const address = `127.0.0.1:${port}`;
  return {
    address,
    kinds: await writeKinds(folder, address),
    metrics: async () => parseMetrics(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()),
    load: (plan) => {
      const pin = cores.client === undefined ? [] : ["-c", cores.client, process.execPath];
      const client = fork(here("client-process"), [], {
        execPath: cores.client === undefined ? process.execPath : "taskset",
        execArgv: [...pin, ...process.execArgv],
      });
      return new Promise((resolve, reject) => {
        client.once("message", (results) => resolve(results as CallResult[]));
        client.once("exit", (code) => reject(new Error(`a client process ended with ${code}`)));
        client.send({ ...plan, address });
      });
    },
    close: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(server: ChildProcess): Promise<{ port: number; metricsPort: number }> {
  return new Promise((resolve, reject) => {
    let log = "";
    const read = (chunk: Buffer) => {
      log += chunk;
      const line = log.split("\n").find((one) => one.includes('"listening"'));
      if (!line) return;
      // Read on without keeping it, so that the log never fills its pipe.
      server.stderr!.off("data", read).resume();
      resolve(JSON.parse(line));
    };
    server.stderr!.on("data", read);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
    server.once("error", reject);
  });
}

/** Places for an order in a running day of 125 x 38, a round of 50 x 50, a day of 125 x 38 with 200 ms, and 20 MB that are only checked. */
async function writeKinds(folder: string, address: string): Promise<BenchTarget["kinds"]> {
  const kind = <D extends DescMessage>(
    name: string,
    method: { readonly name: string; readonly input: D },
    deadlineMs: number,
    weight: number,
    message: MessageShape<D>,
  ): CallKind => {
    const file = join(folder, `${name}.bin`);
    writeFileSync(file, toBinary(method.input, message));
    return { name, path: pathOf(method), file, weight, deadlineMs };
  };
  const city = (orders: number, engineers: number, search: object, more: object = {}) =>
    create(AssignRequestSchema, {
      ...generateCity({ orders, engineers, centres: 1, seed: 1 }),
      requestId: "",
      search: create(SearchOptionsSchema, { seed: 1n, ...search }),
      ...more,
    });
  const note = { note: "x".repeat(20_000_000 - 1_000_000) };
  const timeLimit = create(DurationSchema, { nanos: 200_000_000 });
  const client = connect(address);
  const day = await runningDay(125, 38, 1, async (request) => (await client.assign(request)).plan!);
  client.close();
  return {
    recommend: kind("Recommend 125x38", recommend, 1_000, 4, day.apart[0]!),
    match: kind("MATCH 50x50", assign, 1_000, 4, city(50, 50, { mode: SearchOptions_Mode.MATCH })),
    route: kind("ROUTE 125x38, 200 ms", assign, 2_000, 1, city(125, 38, { mode: SearchOptions_Mode.ROUTE, timeLimit })),
    big: kind("20 MB, checked", assign, 30_000, 1, city(2_000, 600, {}, { validateOnly: true, labels: note })),
  };
}
