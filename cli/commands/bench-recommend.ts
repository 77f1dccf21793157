// shanpai bench recommend: latency of one Recommend against a city's running day, inside a worker and over gRPC.
import { toBinary } from "@bufbuild/protobuf";
import { z } from "zod";
import { encoded, type Latency, measureCalls, runningDay } from "../../bench/recommend-speed.ts";
import { alignColumns } from "../../bench/table.ts";
import { type RecommendRequest, RecommendResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { assign } from "../../server/answer/assign.ts";
import { createRecommender } from "../../server/answer/recommender.ts";
import { connect } from "../../server/client.ts";
import { readConfig } from "../../server/config.ts";
import { startServer } from "../../server/main.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { EXIT } from "../failure.ts";
import { file, parseOptions, whole } from "../options.ts";
import { type Origin, originLine, originOf, writeReport } from "./bench-report.ts";

const schema = z.object({
  orders: whole(1, 5000).default(125),
  engineers: whole(1, 2000).default(38),
  calls: whole(1, 100_000).default(300),
  output: file.optional(),
});

const NO_LIMIT = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };
/** Calls before those that count: the engine compiles hot code while it runs, and that belongs to no call. */
const WARM_UP = 100;

/** Measures and prints the table or writes JSON; returns the exit code. */
export async function benchRecommend(raw: object): Promise<number> {
  const { orders, engineers, calls, output } = parseOptions(schema, raw);
  const core = createCore(await loadCoreModule());
  const { apart, together } = await runningDay(
    orders,
    engineers,
    calls + WARM_UP,
    async (request) => assign(core, request, NO_LIMIT).plan!,
  );
  const kinds = [
    ["another request each time", apart],
    ["same request, next order", together],
  ] as const;
  const results: Row[] = [];
  const recommender = createRecommender();
  const inside = (bytes: Uint8Array) => toBinary(RecommendResponseSchema, recommender.answer(core, bytes, NO_LIMIT));
  for (const [kind, questions] of kinds) {
    const bytes = questions.map(encoded);
    await measureCalls(bytes.slice(0, WARM_UP), inside);
    results.push({ what: `in the worker's thread, ${kind}`, ...(await measureCalls(bytes.slice(WARM_UP), inside)) });
  }
  const server = await startServer(readConfig({ port: 0, workers: 1, logLevel: "silent" }));
  const client = connect(`127.0.0.1:${server.port}`);
  try {
    for (const [kind, questions] of kinds) {
      const ask = (question: RecommendRequest) => client.recommend(question);
      await measureCalls(questions.slice(0, WARM_UP), ask);
      results.push({ what: `over gRPC, ${kind}`, ...(await measureCalls(questions.slice(WARM_UP), ask)) });
    }
  } finally {
    client.close();
    await server.close();
  }
  const report = {
    ...(await originOf()),
    orders,
    engineers,
    calls,
    bytes: encoded(apart[0]!).length,
    results,
  };
  await writeReport(report, output, table);
  return EXIT.ok;
}

type Row = { what: string } & Latency;

interface Report extends Origin {
  readonly orders: number;
  readonly engineers: number;
  readonly calls: number;
  readonly bytes: number;
  readonly results: readonly Row[];
}

const HEADER = ["one order", "p50 ms", "p99 ms", "CPU p50 ms", "CPU p99 ms"];

function table(report: Report): string {
  const { orders, engineers, calls, bytes, results } = report;
  const cell = (ms: number) => ms.toFixed(2);
  const rows = results.map((row) => [row.what, ...[row.p50, row.p99, row.cpuP50, row.cpuP99].map(cell)]);
  const day = `${orders} orders, ${engineers} engineers, ${calls} calls each, requests of ${bytes} bytes`;
  return `${[originLine(report), day, "", ...alignColumns([HEADER, ...rows])].join("\n")}\n`;
}
