import { expect, test } from "vitest";
import { longRequest, shortRequest } from "./requests.ts";
import { beginSearch, outcomeOf, start } from "./servers.ts";

test.each([1, 2])(
  "a cancelled call frees its %i workers, and the threads are kept",
  async (workers) => {
    const { server, client } = await start({ workers, maxQueue: 0 });
    const threads = server.pool.threadIds();
    expect(threads).toHaveLength(workers);
    const stop = new AbortController();
    const { outcome } = await beginSearch(client, longRequest({ workers }), { signal: stop.signal });
    stop.abort();
    expect(await outcome).toBe("CANCELLED");

    // Without a queue a call is refused until a worker is free. 50 s of search are left; this test has 20 s.
    let next = await outcomeOf(client.assign(shortRequest()));
    while (next === "RESOURCE_EXHAUSTED") next = await outcomeOf(client.assign(shortRequest()));
    expect(next).toHaveProperty("plan");
    expect(server.pool.threadIds()).toEqual(threads);
  },
  20_000,
);

test("a call cancelled while it waits never runs, and the running one goes on", async () => {
  const { server, client } = await start({ workers: 1, maxQueue: 1 });
  const threads = server.pool.threadIds();
  const { outcome } = await beginSearch(client, longRequest({ timeLimit: { seconds: 2n } }));
  const stop = new AbortController();
  const waiting = outcomeOf(client.assign(longRequest(), { signal: stop.signal }));
  setTimeout(() => stop.abort(), 100);
  expect(await waiting).toBe("CANCELLED");
  expect(await outcome).toHaveProperty("plan");
  expect(await outcomeOf(client.assign(shortRequest()))).toHaveProperty("plan");
  expect(server.pool.threadIds()).toEqual(threads);
}, 20_000);
