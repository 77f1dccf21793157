// The server as a process: SIGTERM under load, SIGSTOP, a client that is killed.
import { type ChildProcess, fork, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseMetrics } from "../../cli/report/metrics-text.ts";
import { connect, type DispatchClient } from "../../server/client.ts";
import { dayRequest, longRequest, shortRequest } from "../e2e/requests.ts";
import { closeAfterTest, folderOfTests, outcomeOf } from "../e2e/servers.ts";

/** `shanpai serve` as built, on free ports. */
async function serve(...args: string[]) {
  const config = join(folderOfTests(), "server.json");
  writeFileSync(config, JSON.stringify({ port: 0, metricsPort: 0, workers: 2, warmUpMs: 0 }));
  const options = ["--config", config, ...args];
  const child = spawn(process.execPath, ["dist/cli/main.js", "serve", ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  closeAfterTest({ close: () => child.kill("SIGKILL") });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    let log = "";
    child.stderr.on("data", (chunk) => {
      log += chunk;
      const found = log.split("\n").find((one) => one.includes('"listening"'));
      if (found) resolve(found);
    });
    void ended.then((code) => reject(new Error(`the server ended with ${code}; built?\n${log}`)));
  });
  const { port, metricsPort } = JSON.parse(line) as { port: number; metricsPort: number };
  const observed = (path: string) => fetch(`http://127.0.0.1:${metricsPort}/${path}`);
  const takesCalls = async () => (await observed("readyz")).ok;
  const inFlight = async () => {
    const text = await (await observed("metrics")).text();
    return parseMetrics(text).find(({ name }) => name === "shanpai_in_flight_requests")!.value;
  };
  const dial = () => closeAfterTest(connect(`127.0.0.1:${port}`));
  return { child, ended, port, inFlight, takesCalls, dial };
}

/** How a short call of a new client ends that must be answered within a second. */
const soon = (client: DispatchClient) => outcomeOf(client.assign(shortRequest(), { deadlineMs: 1_000 }));

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("SIGTERM under load: every call gets an answer or is told, none is lost, and the process ends with 0", async () => {
  const { child, ended, inFlight, takesCalls, dial } = await serve();
  const clients = [dial(), dial(), dial()];
  const request = dayRequest(30, 4, { timeLimit: { seconds: 0n, nanos: 300_000_000 } });
  const calls = Array.from({ length: 18 }, (_, index) => outcomeOf(clients[index % 3]!.assign(request)));
  await until(async () => (await inFlight()) === 18);
  child.kill("SIGTERM");
  // A signal takes its time: a call that overtakes it is answered, rightly.
  await until(async () => !(await takesCalls()));
  const late = outcomeOf(clients[0]!.assign(shortRequest()));
  for (const outcome of await Promise.all(calls)) expect(outcome).toHaveProperty("plan");
  expect(await late).toBe("UNAVAILABLE");
  expect(await ended).toBe(0);
});

test("after SIGSTOP of 5 s and SIGCONT what was asked before is answered, and so are new calls", async () => {
  const { child, dial, inFlight } = await serve();
  const client = dial();
  const patient = [1, 2, 3].map(() => outcomeOf(client.assign(shortRequest(), { deadlineMs: 60_000 })));
  const search = outcomeOf(client.assign(longRequest({ timeLimit: { seconds: 2n } }), { deadlineMs: 60_000 }));
  const hasty = outcomeOf(dial().assign(longRequest(), { deadlineMs: 3_000 }));
  await until(async () => (await inFlight()) > 0);
  child.kill("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  child.kill("SIGCONT");
  expect(await soon(dial())).toHaveProperty("plan");
  for (const outcome of await Promise.all([...patient, search])) expect(outcome).toHaveProperty("plan");
  expect(["DEADLINE_EXCEEDED", "CANCELLED"]).toContain(await hasty);
  await until(async () => (await inFlight()) === 0);
});

test("clients that are killed leave nothing behind", async () => {
  const { port, inFlight, dial } = await serve();
  const script = fileURLToPath(new URL("./long-caller.mjs", import.meta.url));
  const callers: ChildProcess[] = [1, 2, 3].map(() => fork(script, [String(port)]));
  for (const caller of callers) closeAfterTest({ close: () => caller.kill("SIGKILL") });
  await until(async () => (await inFlight()) === 3);
  for (const caller of callers) caller.kill("SIGKILL");
  expect(await soon(dial())).toHaveProperty("plan");
  await until(async () => (await inFlight()) === 0);
});

test.each([
  ["closes", (log: Readable) => log.destroy()],
  ["is no longer read", (log: Readable) => log.pause()],
])("a log whose pipe %s holds nothing up, and the process ends with 0 all the same", async (_name, leave) => {
  const { child, ended, dial } = await serve();
  leave(child.stderr);
  const client = dial();
  // More lines than a pipe holds, with long ids.
  const refused = { ...shortRequest(), requestId: "r".repeat(200) };
  for (let round = 0; round < 40; round++)
    await Promise.all(Array.from({ length: 50 }, () => outcomeOf(client.assign({ ...refused, engineers: [] }))));
  expect(await soon(client)).toHaveProperty("plan");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});
