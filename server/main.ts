// The server process: service, health and reflection on one port, and an orderly end.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { HealthImplementation } from "grpc-health-check";
import { type Logger, pino } from "pino";
import { Dispatch } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { tenantOf } from "./caller.ts";
import type { Config } from "./config.ts";
import { healthFile } from "./health-file.ts";
import { createAnswers } from "./idempotency.ts";
import { createPool, type Pool } from "./pool.ts";
import { addReflection } from "./reflection.ts";
import { dispatchDefinition, dispatchHandlers } from "./service.ts";

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  /** The port it listens on, also where the configuration says 0. */
  readonly port: number;
  readonly pool: Pool;
  /** Takes no new calls, lets running ones finish for at most `config.drainMs`, then ends everything. */
  close(): Promise<void>;
}

/** Starts the server and resolves once it listens. Rejects where it cannot bind. */
export async function startServer(config: Config, log: Logger = stderrLog(config)): Promise<RunningServer> {
  const pool = await createPool({ ...config, limits: config });
  const answers = createAnswers({
    windowMs: config.idempotencyWindowMs,
    maxCallerBytes: config.idempotencyCallerBytes,
    maxBytes: config.idempotencyBytes,
  });
  // No server keepalive: its first ping after tryShutdown drops calls that are still running.
  const server = new Server({ "grpc.max_receive_message_length": config.maxMessageBytes });
  server.addService(dispatchDefinition(), dispatchHandlers({ pool, answers, log, callerOf: tenantOf }));
  const health = new HealthImplementation({ "": "SERVING", [Dispatch.typeName]: "SERVING" });
  health.addToServer(server);
  addReflection(server, [Dispatch.file, healthFile()]);

  const { host } = config;
  const port = await new Promise<number>((resolve, reject) => {
    const address = host.includes(":") ? `[${host}]:${config.port}` : `${host}:${config.port}`;
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  }).catch(async (error) => {
    await pool.close();
    throw error;
  });
  log.info({ host, port, workers: config.workers }, "listening");

  let closing: Promise<void> | undefined;
  const close = async () => {
    health.setStatus("", "NOT_SERVING");
    health.setStatus(Dispatch.typeName, "NOT_SERVING");
    await drain(server, config.drainMs);
    answers.close();
    await pool.close();
    log.info("closed");
  };
  return {
    host,
    port,
    pool,
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
}

/** Resolves when no call is left; calls that still run after `drainMs` are cut. */
async function drain(server: Server, drainMs: number): Promise<void> {
  const timer = setTimeout(() => server.forceShutdown(), drainMs);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(timer);
}

function stderrLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
}
