// Servers and clients on a free port, closed after each test.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type CallOptions, connect, type DispatchClient } from "../../server/client.ts";
import { type ConfigInput, readConfig } from "../../server/config.ts";
import type { RequestError, StatusName } from "../../server/errors.ts";
import { type RunningServer, startServer } from "../../server/main.ts";
import { createLog } from "../../server/observe/log.ts";

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A server on a free port, and a client of it; quiet unless `onLog` hears the lines of its log. */
export async function start(
  settings: ConfigInput = {},
  onLog?: (line: string) => void,
): Promise<{ server: RunningServer; client: DispatchClient }> {
  const logLevel = onLog ? "info" : "silent";
  const config = readConfig({ port: 0, warmUpMs: 0, workers: 1, shortWorkers: 0, drainMs: 500, logLevel, ...settings });
  const server = await startServer(config, onLog && createLog(config, { write: onLog }));
  const client = connect(`127.0.0.1:${server.port}`);
  open.push(server, client);
  return { server, client };
}

/** Has `resource` closed after the test. */
export function closeAfterTest<T extends { close(): unknown }>(resource: T): T {
  open.push(resource);
  return resource;
}

/** A folder that is gone after the test. */
export function folderOfTests(): string {
  const folder = mkdtempSync(join(tmpdir(), "shanpai-test-"));
  closeAfterTest({ close: () => rmSync(folder, { recursive: true, force: true }) });
  return folder;
}

/** The answer, or the name of the status instead of it. */
export function outcomeOf(call: Promise<AssignResponse>): Promise<AssignResponse | StatusName> {
  return call.catch((error: RequestError) => error.code);
}

/** Resolves once a worker searches for `request`; `outcome` is how the call ends. Rejects where it ends before. */
export function beginSearch(
  client: DispatchClient,
  request: AssignRequest,
  options: CallOptions = {},
): Promise<{ outcome: Promise<AssignResponse | StatusName> }> {
  return new Promise((resolve, reject) => {
    const call = client.assign(request, { ...options, onProgress: () => resolve({ outcome }) });
    const outcome = outcomeOf(call);
    call.then(() => reject(new Error("answered without progress")), reject);
  });
}
