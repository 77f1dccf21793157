// What a running server shows: metrics, probes, traces, the state in a terminal; dashboard and alerts name only what exists.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { propagation, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, expect, test } from "vitest";
import { parseMetrics } from "../../cli/report/metrics-text.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { ConfigInput } from "../../server/config.ts";
import { traceCall } from "../../server/observe/tracing.ts";
import { dayRequest, longRequest, shortRequest } from "./requests.ts";
import { beginSearch, outcomeOf, start } from "./servers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const spans = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
afterAll(() => {
  trace.disable();
  propagation.disable();
});

async function observed(settings: ConfigInput = {}) {
  const { server, client } = await start({ metricsPort: 0, ...settings });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.metricsPort}${path}`);
  return { server, client, get };
}

test("metrics count calls, lanes, phases and plans, and every metric of dashboard and alerts exists", async () => {
  const { server, client, get } = await observed();
  await client.assign({ ...shortRequest(), requestId: "twice" });
  await client.assign({ ...shortRequest(), requestId: "twice" });
  await client.assign(dayRequest(3, 3, { mode: SearchOptions_Mode.MATCH }));
  await outcomeOf(client.assign(dayRequest(1, 0, {})));
  const text = await (await get("/metrics")).text();
  const samples = parseMetrics(text);
  const value = (name: string, labels: Record<string, string> = {}) =>
    samples.find((one) => one.name === name && Object.entries(labels).every(([key, is]) => one.labels[key] === is))
      ?.value;
  expect(value("shanpai_requests_total", { method: "Assign", status: "OK" })).toBe(3);
  expect(value("shanpai_requests_total", { method: "Assign", status: "INVALID_ARGUMENT" })).toBe(1);
  expect(value("shanpai_repeated_requests_total")).toBe(1);
  expect(value("shanpai_plans_total", { mode: "route" })).toBe(1);
  expect(value("shanpai_plan_orders_total", { mode: "match", outcome: "assigned" })).toBe(3);
  // A round is proved optimal: its gap is 0.
  expect(value("shanpai_plan_gap_ratio_bucket", { mode: "match", le: "0" })).toBe(1);
  for (const phase of ["decode", "search", "answer", "encode"])
    expect([phase, value("shanpai_phase_seconds_count", { phase })]).toEqual([phase, expect.any(Number)]);

  const files = ["grafana-dashboard.json", "alerts.yaml"].map((file) =>
    readFileSync(`${root}/docs/operations/${file}`, "utf8"),
  );
  const names = new Set(files.flatMap((file) => file.match(/\b(?:shanpai|nodejs|process)_\w+/g) ?? []));
  expect(names.size).toBeGreaterThan(20);
  const known = new Set(samples.map(({ name }) => name));
  expect([...names].filter((name) => !known.has(name))).toEqual([]);
  // What the documentation names, too; its table leaves the prefix out.
  const table = readFileSync(`${root}/docs/operations.md`, "utf8").split("## Metrics")[1]!.split("## ")[0]!;
  const documented = [...table.matchAll(/`([a-z_]+)(?:\{[^}]*\})?`/g)]
    .map((match) => match[1]!)
    .filter((name) => !/^(nodejs|process)_|^shanpai_$/.test(name));
  const stems = new Set([...known].map((name) => name.replace(/^shanpai_/, "").replace(/_(bucket|sum|count)$/, "")));
  expect(documented.length).toBeGreaterThan(15);
  expect(documented.filter((name) => !stems.has(name))).toEqual([]);

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "cli/main.ts", "top", `127.0.0.1:${server.metricsPort}`, "--once", "--interval", "100ms"],
    { cwd: root },
  );
  expect(stdout).toMatch(/0 calls under way · 1 threads, 0 replaced · queue 0 of 64/);
  expect(stdout).toMatch(/^short +0 +0/m);
});

test("alive and ready are said, and not ready as soon as the server closes", async () => {
  const { server, client, get } = await observed({ drainMs: 30_000 });
  expect([(await get("/livez")).status, (await get("/readyz")).status, (await get("/")).status]).toEqual([
    200, 200, 404,
  ]);
  const stop = new AbortController();
  const { outcome } = await beginSearch(client, longRequest(), { signal: stop.signal });
  const closing = server.close();
  expect([(await get("/livez")).status, (await get("/readyz")).status]).toEqual([200, 503]);
  stop.abort();
  expect(await outcome).toBe("CANCELLED");
  await closing;
});

test("one trace holds the client's span, the call, the queue and the phases of the worker", async () => {
  // The server writes spans where tracing is configured; the collector here is the memory of this process.
  const { client, server } = await observed();
  spans.reset();
  const records: Parameters<typeof traceCall>[0][] = [];
  server.onCall((record) => {
    records.push(record);
    traceCall(record);
  });
  await client.assign(shortRequest());
  while (records.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const finished = spans.getFinishedSpans();
  const of = (name: string) => finished.filter((span) => span.name === name);
  const call = of("shanpai.dispatch.v1.Dispatch/Assign");
  expect(finished.map(({ name }) => name).sort()).toEqual(
    ["answer", "decode", "encode", "queue", "search", "worker", ...call.map(({ name }) => name)].sort(),
  );
  expect(call).toHaveLength(2);
  const [server_, client_] = call[0]!.parentSpanContext ? [call[0]!, call[1]!] : [call[1]!, call[0]!];
  expect(new Set(finished.map((span) => span.spanContext().traceId)).size).toBe(1);
  expect(server_.parentSpanContext?.spanId).toBe(client_.spanContext().spanId);
  expect(of("worker")[0]!.parentSpanContext?.spanId).toBe(server_.spanContext().spanId);
  expect(of("search")[0]!.parentSpanContext?.spanId).toBe(of("worker")[0]!.spanContext().spanId);
});
