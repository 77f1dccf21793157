// Callers that vanish, stop reading or sit behind a bad network: their workers are free again, and others are answered.
import { connect as connectHttp2 } from "node:http2";
import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { parseMetrics } from "../../cli/report/metrics-text.ts";
import { AssignStreamRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { connect, type DispatchClient } from "../../server/client.ts";
import type { ConfigInput } from "../../server/config.ts";
import { longRequest, shortRequest } from "../e2e/requests.ts";
import { beginSearch, closeAfterTest, outcomeOf, start } from "../e2e/servers.ts";
import { createTcpProxy } from "./tcp-proxy.ts";

async function watched(settings: ConfigInput = {}) {
  const { server, client } = await start({ workers: 1, metricsPort: 0, ...settings });
  const proxy = closeAfterTest(await createTcpProxy(server.port));
  const far = closeAfterTest(connect(`127.0.0.1:${proxy.port}`));
  const metric = async (name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
    return parseMetrics(text).find((one) => one.name === name)!.value;
  };
  /** Resolves when no call is under way; the test's own timeout is the limit. */
  const idle = async () => {
    while ((await metric("shanpai_in_flight_requests")) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { server, client, proxy, far, metric, idle };
}

/** How a short call ends that must be answered within a second. */
const soon = (client: DispatchClient) => outcomeOf(client.assign(shortRequest(), { deadlineMs: 1_000 }));

test("a call over a slow network is answered", async () => {
  const { proxy, far } = await watched();
  proxy.delayMs = 200;
  expect(await outcomeOf(far.assign(shortRequest()))).toHaveProperty("plan");
});

test("a connection that is cut in the middle of a call frees its worker", async () => {
  const { proxy, far, client, idle } = await watched();
  const { outcome } = await beginSearch(far, longRequest());
  proxy.cut();
  expect(await outcome).toBe("UNAVAILABLE");
  await idle();
  expect(await soon(client)).toHaveProperty("plan");
});

test("a connection whose other end is gone without a word is found by pings, and frees its worker", async () => {
  const { proxy, far, client, idle } = await watched({ keepaliveMs: 1_000 });
  const { outcome } = await beginSearch(far, longRequest());
  proxy.stall();
  await idle();
  expect(await soon(client)).toHaveProperty("plan");
  proxy.cut();
  expect(await outcome).toBe("UNAVAILABLE");
});

test("while the server drains, pings do not end the calls under way", async () => {
  const { server, client } = await watched({ keepaliveMs: 1_000, drainMs: 30_000 });
  const { outcome } = await beginSearch(client, longRequest({ timeLimit: { seconds: 4n } }));
  await server.close();
  expect(await outcome).toHaveProperty("plan");
});

test("a reader that takes nothing gets no progress heaped up, and others are answered", async () => {
  const { server, client, idle, metric } = await watched({ workers: 2 });
  // A window of 0 bytes: the server may send headers and no data.
  const session = connectHttp2(`http://127.0.0.1:${server.port}`, { settings: { initialWindowSize: 0 } });
  closeAfterTest({ close: () => session.destroy() });
  session.on("error", () => {});
  const message = toBinary(
    AssignStreamRequestSchema,
    create(AssignStreamRequestSchema, {
      request: longRequest({ timeLimit: { seconds: 3n } }),
      progressInterval: { seconds: 0n, nanos: 1_000_000 },
    }),
  );
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  const stream = session.request({
    ":method": "POST",
    ":path": "/shanpai.dispatch.v1.Dispatch/AssignStream",
    "content-type": "application/grpc",
    te: "trailers",
  });
  stream.on("error", () => {});
  stream.end(Buffer.concat([frame, message]));
  while ((await metric("shanpai_in_flight_requests")) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await soon(client)).toHaveProperty("plan");
  // The search ends by itself; its answer waits for the reader, who goes.
  while (server.pool.lanes().some(({ busy }) => busy > 0)) await new Promise((resolve) => setTimeout(resolve, 50));
  session.destroy();
  await idle();
});
