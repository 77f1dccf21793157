// The HTTP port for whoever looks after the server: metrics, and whether it lives and takes calls.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";

export interface ObservePort {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on `host`:`port` (0: any free one). `ready` says whether new calls are taken. */
export async function openObservePort(
  { host, port }: { readonly host: string; readonly port: number },
  registry: Registry,
  ready: () => boolean,
): Promise<ObservePort> {
  const server = createServer(async (request, response) => {
    const say = (status: number, text: string) =>
      response.writeHead(status, { "content-type": "text/plain" }).end(text);
    if (request.method !== "GET") return say(405, "only GET is answered\n");
    switch (request.url?.split("?")[0]) {
      case "/metrics":
        response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
        return;
      case "/livez":
        return say(200, "alive\n");
      case "/readyz":
        return ready() ? say(200, "ready\n") : say(503, "not taking calls\n");
      default:
        return say(404, "ask for /metrics, /livez or /readyz\n");
    }
  });
  server.requestTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
