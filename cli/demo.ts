// The demo: a generated city through a real server and client, the plan beside what dispatchers would have done, and files to look at.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { SingleBar } from "cli-progress";
import { baselinePlan } from "../datasets/baseline.ts";
import { generateCity } from "../datasets/city.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  Explain_Level,
  ExplainSchema,
  SearchOptions_Mode,
  SearchOptionsSchema,
} from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { connect } from "../server/client.ts";
import { readConfig } from "../server/config.ts";
import { startServer } from "../server/main.ts";
import { check, checkResponse } from "../solver/check/check.ts";
import type { Finding } from "../solver/check/finding.ts";
import { comparisonTable } from "./demo-comparison.ts";
import { jsonText } from "./files.ts";
import { planHtml } from "./report/html.ts";
import { explanationTable, planTable } from "./report/table.ts";

export interface DemoOptions {
  /** Seed of the city and of the search; default 1. */
  readonly seed?: number;
  /** Longest search, milliseconds; default 20,000. */
  readonly timeLimitMs?: number;
  /** Folder for request.json, plan.json and plan.html; made when absent; default `out`. */
  readonly outDir?: string;
  /** Where the text goes; default: standard output. */
  readonly write?: (text: string) => void;
}

// What the call may take beyond the search: travel tables, encoding, explanations.
const CALL_MARGIN_MS = 15_000;

/**
 * Runs the demo and says whether the checker found nothing in both plans.
 *
 * @throws RequestError when the server refuses or fails.
 */
export async function runDemo(options: DemoOptions = {}): Promise<boolean> {
  const { seed = 1, timeLimitMs = 20_000, outDir = "out" } = options;
  const write = options.write ?? ((text: string) => process.stdout.write(text));
  const request = generateCity({ seed });
  const explained = demoRequest(request, seed, timeLimitMs);
  write(
    `City of seed ${seed}: ${request.orders.length} orders, ${request.engineers.length} engineers, one operating centre.\n`,
  );

  const { response, callMs } = await assignByServer(request, timeLimitMs, write);
  const plan = response.plan!;
  const begin = performance.now();
  const baseline = baselinePlan(request);
  const baselineMs = performance.now() - begin;
  const findings = checkResponse(request, response);
  const baselineFindings = check(request, baseline);

  section(write, "The plan", planTable(request, response));
  section(write, `Why this engineer: order ${explained}`, explanationTable(response, explained));
  section(
    write,
    "Against dispatchers without a solver (first come, nearest engineer, docs/datasets.md)",
    comparisonTable(request, [
      { name: "shanpai", plan, findings },
      { name: "dispatchers", plan: baseline, findings: baselineFindings },
    ]),
  );
  for (const finding of [...findings, ...baselineFindings]) write(`${findingText(finding)}\n`);
  section(write, "Timings", timingText(response, callMs, baselineMs));
  section(write, "Written", `${writeFiles(outDir, request, response).join("\n")}\n`);
  return findings.length === 0 && baselineFindings.length === 0;
}

function section(write: (text: string) => void, title: string, text: string): void {
  write(`\n${title}\n${"=".repeat(title.length)}\n${text}`);
}

/** Sets search and explanation; returns the id of the order to explain. */
function demoRequest(request: AssignRequest, seed: number, timeLimitMs: number): string {
  request.search = create(SearchOptionsSchema, {
    mode: SearchOptions_Mode.ROUTE,
    seed: BigInt(seed),
    timeLimit: { seconds: BigInt(Math.floor(timeLimitMs / 1000)), nanos: (timeLimitMs % 1000) * 1_000_000 },
    workers: workers(),
  });
  // An order whose customer would like somebody has the most to tell; that engineer is shown even if another one goes.
  const order =
    request.orders.find((each) => each.engineerPreference && each.engineerPreference.preferredEngineerIds.length > 0) ??
    request.orders[0]!;
  const wanted = order.engineerPreference?.preferredEngineerIds[0] ?? request.engineers[0]!.id;
  request.explain = create(ExplainSchema, {
    level: Explain_Level.CRITERIA,
    orderIds: [order.id],
    engineerIds: [wanted],
  });
  return order.id;
}

const workers = () => Math.min(4, availableParallelism());

/** The answer over gRPC on a free port of this machine, with a progress line where standard error is a terminal. */
async function assignByServer(request: AssignRequest, timeLimitMs: number, write: (text: string) => void) {
  const server = await startServer(readConfig({ port: 0, warmUpMs: 0, workers: workers(), logLevel: "warn" }));
  const client = connect(`${server.host}:${server.port}`);
  const bar = new SingleBar({
    format: "solving [{bar}] {percentage}% | {iterations} iterations | {unassigned} left out",
    hideCursor: true,
    clearOnComplete: true,
  });
  write(
    `Server on ${server.host}:${server.port}, at most ${timeLimitMs / 1000} s of search by ${workers()} workers.\n`,
  );
  try {
    bar.start(1, 0, { iterations: 0, unassigned: "-" });
    const begin = performance.now();
    const response = await client.assign(request, {
      deadlineMs: timeLimitMs + CALL_MARGIN_MS,
      onProgress: ({ fraction, iterations, unassigned }) =>
        bar.update(fraction, { iterations: iterations.toLocaleString("en"), unassigned }),
    });
    return { response, callMs: performance.now() - begin };
  } finally {
    bar.stop();
    client.close();
    await server.close();
  }
}

function timingText({ statistics }: AssignResponse, callMs: number, baselineMs: number): string {
  const seconds = (duration: { seconds: bigint; nanos: number } | undefined) =>
    duration ? `${(Number(duration.seconds) + duration.nanos / 1e9).toFixed(3)} s` : "not stated";
  const rows = [
    ["call, from the client", `${(callMs / 1000).toFixed(3)} s`],
    ["search", seconds(statistics?.search)],
    ["first full plan after", seconds(statistics?.firstPlan)],
    ["last improvement after", seconds(statistics?.lastImprovement)],
    ["iterations", (statistics?.iterations ?? 0n).toLocaleString("en")],
    ["dispatchers' plan", `${(baselineMs / 1000).toFixed(3)} s`],
  ];
  return rows.map(([name, value]) => `${name!.padEnd(24)}${value}\n`).join("");
}

function findingText(finding: Finding): string {
  const where = [finding.orderId, finding.engineerId, finding.stopIndex].filter((part) => part !== undefined).join(" ");
  return `${finding.code} ${where}: expected ${finding.expected}, got ${finding.got}`;
}

/** Writes the three files and returns their paths. */
function writeFiles(outDir: string, request: AssignRequest, response: AssignResponse): string[] {
  mkdirSync(outDir, { recursive: true });
  const files = {
    "request.json": jsonText(AssignRequestSchema, request),
    "plan.json": jsonText(AssignResponseSchema, response),
    "plan.html": planHtml(request, response),
  };
  return Object.entries(files).map(([name, text]) => {
    const path = join(outDir, name);
    writeFileSync(path, text);
    return path;
  });
}
