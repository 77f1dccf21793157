// The server process: service, health and reflection on one port, and an orderly end.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { HealthImplementation } from "grpc-health-check";
import type { Logger } from "pino";
import { Dispatch } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { createGate } from "./access/gate.ts";
import { createQuotas } from "./access/quotas.ts";
import { type TlsFiles, tlsFromFiles } from "./access/tls.ts";
import { tokenVerifier } from "./access/tokens.ts";
import { type Config, roadSettings } from "./config.ts";
import { healthFile } from "./health-file.ts";
import { createAnswers } from "./idempotency.ts";
import { type ObservePort, openObservePort } from "./observe/http.ts";
import { createLog, logWritten } from "./observe/log.ts";
import { createMetrics, type Metrics } from "./observe/metrics.ts";
import { type CallRecord, logFields } from "./observe/record.ts";
import { startTracing, traceCall } from "./observe/tracing.ts";
import { createPool, type Pool } from "./pool/pool.ts";
import { addReflection } from "./reflection.ts";
import { dispatchDefinition, dispatchHandlers } from "./service.ts";

/** How long the other end may take to answer a ping, at most. */
const KEEPALIVE_TIMEOUT_MS = 20_000;
/** Calls of one connection at a time. */
const MOST_STREAMS = 256;
/** Until the last answers are written out after the calls have ended; watchers of health would stay for ever. */
const LAST_WRITE_MS = 2_000;

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  /** The port it listens on, also where the configuration says 0. */
  readonly port: number;
  readonly pool: Pool;
  readonly metrics: Metrics;
  /** The HTTP port of metrics and probes; undefined where there is none. */
  readonly metricsPort: number | undefined;
  /** Hears of every call that ends from now on. */
  onCall(listener: (record: CallRecord) => void): void;
  /** Takes no new calls, lets running ones finish for at most `config.drainMs`, then ends everything. */
  close(): Promise<void>;
}

/** Starts the server and resolves once it listens. Rejects where it cannot bind. */
export async function startServer(config: Config, log: Logger = createLog(config)): Promise<RunningServer> {
  const tls = config.tls && tlsFromFiles(config.tls, (problem) => logReload(log, problem));
  const verifyToken =
    config.auth && tokenVerifier(config.auth, (reason) => log.error({ reason }, "no keys for tokens"));
  const { maxOrders, maxEngineers, maxWindows, maxMatrixCells, maxTimeLimitMs } = config;
  const limits = { maxOrders, maxEngineers, maxWindows, maxMatrixCells, maxTimeLimitMs };
  const pool = await createPool({ ...config, limits, ...roadSettings(config) });
  const answers = createAnswers({
    windowMs: config.idempotencyWindowMs,
    maxCallerBytes: config.idempotencyCallerBytes,
    maxBytes: config.idempotencyBytes,
  });
  const metrics = createMetrics({
    pool,
    answers,
    inFlight: () => gate.inFlight,
    maxQueue: config.maxQueue,
    maxQueueBytes: config.maxQueueBytes,
    certificateValidUntil: () => tls?.validUntil,
  });
  const gate = createGate({
    quotas: createQuotas(config.quota, config.tenants),
    ...(verifyToken && { verifyToken }),
    certificates: config.tls?.clientCaFile !== undefined,
    onRefused: (method, { code, message }) => {
      metrics.refused(method, code);
      log.warn({ method, status: code, message }, "not let in");
    },
  });
  const server = new Server({
    "grpc.max_receive_message_length": config.maxMessageBytes,
    // Pings find connections whose other end is gone. They must not meet tryShutdown, which is why the gate closes first.
    "grpc.keepalive_time_ms": config.keepaliveMs,
    "grpc.keepalive_timeout_ms": Math.min(KEEPALIVE_TIMEOUT_MS, config.keepaliveMs),
    "grpc.max_concurrent_streams": MOST_STREAMS,
    interceptors: [gate.interceptor],
  });
  const endTracing = config.tracing && (await startTracing(config.tracing.url, config.tracing.sampleRatio));
  const listeners = [
    (record: CallRecord) => log.info(logFields(record)),
    (record: CallRecord) => metrics.call(record),
    ...(config.tracing ? [traceCall] : []),
  ];
  const onCall = (record: CallRecord) => {
    for (const listener of listeners) listener(record);
  };
  server.addService(dispatchDefinition(), dispatchHandlers({ pool, answers, log, callerOf: gate.callerOf, onCall }));
  const health = new HealthImplementation({ "": "SERVING", [Dispatch.typeName]: "SERVING" });
  health.addToServer(server);
  addReflection(server, [Dispatch.file, healthFile()]);

  const { host } = config;
  /** Ends what is there besides the gRPC server. */
  const endRest = async () => {
    tls?.close();
    answers.close();
    await Promise.all([pool.close(), observePort?.close(), endTracing?.()]);
  };
  let closing: Promise<void> | undefined;
  let observePort: ObservePort | undefined;
  const port = await new Promise<number>((resolve, reject) => {
    const address = host.includes(":") ? `[${host}]:${config.port}` : `${host}:${config.port}`;
    server.bindAsync(address, tls?.credentials ?? ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  }).catch(async (error) => {
    await endRest();
    throw error;
  });
  if (config.metricsPort !== undefined) {
    const where = { host: config.metricsHost, port: config.metricsPort };
    observePort = await openObservePort(where, metrics.registry, () => closing === undefined).catch(async (error) => {
      server.forceShutdown();
      await endRest();
      throw error;
    });
  }
  const metricsPort = observePort?.port;
  log.info(
    { host, port, ...(metricsPort && { metricsPort }), workers: config.workers, ...certificateFields(tls) },
    "listening",
  );

  const close = async () => {
    health.setStatus("", "NOT_SERVING");
    health.setStatus(Dispatch.typeName, "NOT_SERVING");
    log.info({ inFlight: gate.inFlight }, "draining");
    await drain(server, gate.close(), config.drainMs);
    await endRest();
    log.info("closed");
  };
  return {
    host,
    port,
    pool,
    metrics,
    metricsPort,
    onCall: (listener) => listeners.push(listener),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Runs the server until SIGTERM or SIGINT; resolves when it has closed. */
export async function runServer(config: Config): Promise<void> {
  // Listened for from the outset: a signal right after "listening" is an orderly end too.
  const signal = new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  const server = await startServer(config);
  await signal;
  await server.close();
  await logWritten();
}

/** Resolves when no call is left; calls that still run after `drainMs` are cut. */
async function drain(server: Server, idle: Promise<void>, drainMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, drainMs, "late");
  });
  const hadTheirTime = (await Promise.race([idle, late])) === "late";
  clearTimeout(timer);
  const cut = setTimeout(() => server.forceShutdown(), hadTheirTime ? 0 : LAST_WRITE_MS);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(cut);
}

const certificateFields = (tls: TlsFiles | undefined) => tls && { certificateValidUntil: tls.validUntil.toISOString() };

function logReload(log: Logger, problem: string | undefined): void {
  if (problem === undefined) log.info("certificate files changed and are in use");
  else log.error({ reason: problem }, "certificate files changed and cannot be used; those before stay in use");
}
