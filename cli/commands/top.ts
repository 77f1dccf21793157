// shanpai top: how a running server stands, from its metrics, until it is interrupted.
import { z } from "zod";
import { EXIT, UsageError } from "../failure.ts";
import { address, milliseconds, parseOptions } from "../options.ts";
import { parseMetrics } from "../report/metrics-text.ts";
import { serverState } from "../report/server-state.ts";

const schema = z.object({ address, interval: milliseconds, once: z.boolean().optional() });

/** Shows the state again and again, or once; returns the exit code. */
export async function top(server: string, raw: object): Promise<number> {
  const { address, interval, once } = parseOptions(schema, { address: server, ...raw }, ["address"]);
  const ask = async () => {
    const response = await fetch(`http://${address}/metrics`).catch((error: Error) => {
      throw new UsageError(`no metrics at ${address}: ${(error.cause as Error | undefined)?.message ?? error.message}`);
    });
    if (!response.ok) throw new UsageError(`no metrics at ${address}: HTTP status ${response.status}`);
    return { at: performance.now(), values: parseMetrics(await response.text()) };
  };
  let ended = false;
  process.once("SIGINT", () => {
    ended = true;
  });
  const live = process.stdout.isTTY && !once;
  let before = await ask();
  do {
    await new Promise((resolve) => setTimeout(resolve, interval));
    const now = await ask();
    const lines = serverState(before.values, now.values, (now.at - before.at) / 1000);
    // From the top left corner, clearing what was there.
    process.stdout.write(`${live ? "\x1b[H\x1b[J" : ""}${lines.join("\n")}\n`);
    before = now;
  } while (!once && !ended);
  return EXIT.ok;
}
