// A TCP proxy that delays, stops and cuts what goes through it: a network on a bad day.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Milliseconds that every piece is held in each direction. */
  delayMs: number;
  /** From now on nothing goes through and nobody is told: a half-open connection. */
  stall(): void;
  /** Cuts all connections. */
  cut(): void;
  close(): Promise<void>;
}

/** A proxy on a free port of loopback to `port`. */
export async function createTcpProxy(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let stalled = false;
  const proxy = { delayMs: 0 };
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on("data", (piece) => {
      const send = () => stalled || to.destroyed || to.write(piece);
      if (proxy.delayMs > 0) setTimeout(send, proxy.delayMs);
      else send();
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      if (!stalled) to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return Object.assign(proxy, {
    port: (server.address() as AddressInfo).port,
    stall: () => {
      stalled = true;
    },
    cut,
    close: () => {
      cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
