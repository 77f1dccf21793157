// OpenTelemetry traces: a span of the call, below the caller's, with the queue and the phases in the worker below it.
//
// Spans are made by hand when the call has ended, from what workers tell: instrumentation that hooks into imports sees nothing of
// ES modules and of worker threads, and says nothing of it.

import type { Metadata } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from "@opentelemetry/api";
import { monotonicMs } from "../pool/task.ts";
import { type CallRecord, methodOf } from "./record.ts";

const TRACER = "shanpai";

const getter: TextMapGetter<Metadata> = {
  keys: (metadata) => Object.keys(metadata.getMap()),
  get: (metadata, key) => metadata.get(key).map(String),
};

/** Writes the spans of a call that has ended; without a tracer provider nothing happens. */
export function traceCall(record: CallRecord): void {
  const tracer = trace.getTracer(TRACER);
  // Moments of the monotonic clock as milliseconds since 1970.
  const epoch = Date.now() - monotonicMs();
  const { report, arrived, ms } = record;
  const service = record.path.slice(1, record.path.lastIndexOf("/"));
  const child = (parent: Context, name: string, from: number, to: number, attributes: Attributes = {}) => {
    const span = tracer.startSpan(name, { startTime: epoch + from, attributes }, parent);
    span.end(epoch + to);
    return trace.setSpan(parent, span);
  };
  const call = tracer.startSpan(
    record.path.slice(1),
    {
      kind: SpanKind.SERVER,
      startTime: epoch + arrived,
      attributes: {
        "rpc.system": "grpc",
        "rpc.service": service,
        "rpc.method": methodOf(record),
        "rpc.grpc.status_code": record.status === "OK" ? 0 : status[record.status],
        "shanpai.request_bytes": record.bytes,
        "shanpai.repeated": record.repeated,
        ...(report && { "shanpai.lane": report.lane }),
      },
    },
    propagation.extract(ROOT_CONTEXT, record.metadata, getter),
  );
  const within = trace.setSpan(ROOT_CONTEXT, call);
  if (report) child(within, "queue", arrived, arrived + report.queuedMs);
  for (const { began, phases, plan } of report?.tasks ?? []) {
    const ended = phases.reduce((sum, phase) => sum + phase.ms, began);
    const worker = child(within, "worker", began, ended, {
      ...(plan && {
        "shanpai.mode": plan.mode,
        "shanpai.unassigned": plan.unassigned,
        "shanpai.iterations": plan.iterations,
      }),
    });
    let from = began;
    for (const { name, ms: took } of phases) {
      child(worker, name, from, from + took);
      from += took;
    }
  }
  if (record.status !== "OK") call.setStatus({ code: SpanStatusCode.ERROR, message: record.status });
  call.end(epoch + arrived + ms);
}

/** A span of a call that this process makes, and its context written into the call's metadata. */
export function traceClientCall(path: string, metadata: Metadata): (status: number) => void {
  const span = trace.getTracer(TRACER).startSpan(path.slice(1), {
    kind: SpanKind.CLIENT,
    attributes: { "rpc.system": "grpc", "rpc.method": methodOf({ path }) },
  });
  propagation.inject(trace.setSpan(context.active(), span), metadata, {
    set: (carrier, key, value) => carrier.set(key, value),
  });
  return (code) => {
    span.setAttribute("rpc.grpc.status_code", code);
    if (code !== status.OK) span.setStatus({ code: SpanStatusCode.ERROR, message: status[code] ?? "" });
    span.end();
  };
}

/** Sends spans to an OpenTelemetry collector (OTLP over HTTP, such as http://localhost:4318/v1/traces); returns what sends the rest and ends it. */
export async function startTracing(url: string, sampleRatio: number): Promise<() => Promise<void>> {
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }, { W3CTraceContextPropagator }] = await Promise.all([
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/core"),
  ]);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ "service.name": "shanpai" }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return async () => {
    // A collector that is away must not keep the server from ending.
    await provider.shutdown().catch(() => {});
    trace.disable();
    propagation.disable();
  };
}
