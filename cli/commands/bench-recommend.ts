// shanpai bench recommend: latency of one Recommend against a city's running day, inside a worker and over gRPC.
import { toBinary } from "@bufbuild/protobuf";
import { z } from "zod";
import { commitOfPackage, machineName } from "../../bench/machine.ts";
import { type Latency, measureInside, measureRoundTrip, questions, runningDay } from "../../bench/recommend-speed.ts";
import { alignColumns } from "../../bench/table.ts";
import { RecommendRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { EXIT } from "../failure.ts";
import { writeText } from "../files.ts";
import { file, parseOptions, whole } from "../options.ts";

const schema = z.object({
  orders: whole(1, 5000).default(125),
  engineers: whole(1, 2000).default(38),
  calls: whole(1, 100_000).default(300),
  output: file.optional(),
});

/** Measures and prints the table or writes JSON; returns the exit code. */
export async function benchRecommend(raw: object): Promise<number> {
  const { orders, engineers, calls, output } = parseOptions(schema, raw);
  const core = createCore(await loadCoreModule());
  const { served, asked } = runningDay(core, orders, engineers, calls);
  const cold = questions(served, calls);
  const results: Row[] = [];
  // The engine compiles hot code while it runs; that belongs to no call.
  measureInside(core, cold.slice(0, 100));
  results.push({ what: "inside the worker, another request each time", ...measureInside(core, cold) });
  results.push({ what: "inside the worker, same request, next order", ...measureInside(core, asked) });
  const { startServer } = await import("../../server/main.ts");
  const { readConfig } = await import("../../server/config.ts");
  const { connect } = await import("../../server/client.ts");
  const server = await startServer(readConfig({ port: 0, workers: 1, logLevel: "silent" }));
  const client = connect(`127.0.0.1:${server.port}`);
  try {
    await measureRoundTrip(client, cold.slice(0, 100));
    results.push({ what: "over gRPC, another request each time", ...(await measureRoundTrip(client, cold)) });
    results.push({ what: "over gRPC, same request, next order", ...(await measureRoundTrip(client, asked)) });
  } finally {
    client.close();
    await server.close();
  }
  const bytes = toBinary(RecommendRequestSchema, served[0]!).length;
  const report = {
    machine: machineName(),
    node: process.version,
    commit: await commitOfPackage(),
    orders,
    engineers,
    calls,
    bytes,
    results,
  };
  if (output !== undefined) await writeText(output, `${JSON.stringify(report, null, 2)}\n`);
  if (output !== "-") process.stdout.write(table(report));
  return EXIT.ok;
}

type Row = { what: string } & Latency;

interface Report {
  readonly machine: string;
  readonly node: string;
  readonly commit: string | null;
  readonly orders: number;
  readonly engineers: number;
  readonly calls: number;
  readonly bytes: number;
  readonly results: readonly Row[];
}

const HEADER = ["one order", "p50 ms", "p99 ms", "CPU p50 ms", "CPU p99 ms"];

function table({ machine, node, commit, orders, engineers, calls, bytes, results }: Report): string {
  const cell = (ms: number | undefined) => (ms === undefined ? "" : ms.toFixed(2));
  const rows = results.map((row) => [row.what, ...[row.p50, row.p99, row.cpuP50, row.cpuP99].map(cell)]);
  const day = `${orders} orders, ${engineers} engineers, ${calls} calls each, requests of ${bytes} bytes`;
  return `${[
    `${machine}, node ${node}, commit ${commit ?? "unknown"}`,
    day,
    "",
    ...alignColumns([HEADER, ...rows]),
  ].join("\n")}\n`;
}
