import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { connect } from "../../server/client.ts";
import { longRequest } from "./requests.ts";
import { beginSearch, closeAfterTest, outcomeOf, start } from "./servers.ts";

/** `shanpai serve` as built, on a free port; `ended` is the exit code. */
async function serve(): Promise<{ port: number; terminate(): void; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, ["dist/cli/main.js", "serve", "--port", "0", "--workers", "1"]);
  closeAfterTest({ close: () => child.kill("SIGKILL") });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const port = await new Promise<number>((resolve, reject) => {
    let log = "";
    child.stderr.on("data", (chunk) => {
      log += chunk;
      const found = /"port":(\d+)/.exec(log)?.[1];
      if (found) resolve(Number(found));
    });
    void ended.then((code) => reject(new Error(`the server ended with ${code}; built?\n${log}`)));
  });
  return { port, ended, terminate: () => child.kill("SIGTERM") };
}

test("after SIGTERM the running call is answered, new calls are not, and the process ends with 0", async () => {
  const { port, ended, terminate } = await serve();
  const client = closeAfterTest(connect(`127.0.0.1:${port}`));
  const { outcome } = await beginSearch(client, longRequest({ timeLimit: { seconds: 3n } }));
  terminate();
  expect(await outcome).toHaveProperty("plan");
  const late = closeAfterTest(connect(`127.0.0.1:${port}`));
  expect(await outcomeOf(late.assign(longRequest(), { deadlineMs: 5_000 }))).toBe("UNAVAILABLE");
  expect(await ended).toBe(0);
});

test("a call that outlasts the drain time is cut, and the server closes", async () => {
  const { server, client } = await start({ drainMs: 200 });
  const { outcome } = await beginSearch(client, longRequest());
  await server.close();
  expect(["CANCELLED", "UNAVAILABLE", "INTERNAL"]).toContain(await outcome);
});
