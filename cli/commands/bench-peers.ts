// shanpai bench --peers: our solver beside others that are on this machine.
import { SingleBar } from "cli-progress";
import { PEERS, type PeersOptions, runPeers } from "../../bench/peers/run.ts";
import { peersTable } from "../../bench/peers/summary.ts";
import { openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { writeText } from "../files.ts";
import { peersPage } from "../report/peers-page.ts";

/** Names with commas between them; throws UsageError for others. */
export function peerNames(text: string): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !(name in PEERS));
  if (unknown !== undefined)
    throw new UsageError(`--peers ${JSON.stringify(text)}: must be of ${Object.keys(PEERS).join(", ")}`);
  return names;
}

/** Runs them and prints the table; returns the exit code, 1 where one of our own plans is not valid. */
export async function benchPeers(
  options: PeersOptions,
  { output, html }: { output?: string | undefined; html?: string | undefined },
): Promise<number> {
  const assigner = await openAssigner(undefined, 1);
  const bar = new SingleBar({
    format: "[{bar}] {value}/{total} | {last}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: false,
  });
  bar.start(1, 0, { last: "" });
  try {
    const report = await runPeers(options, assigner, ({ solver, instance, gap }, done, total) => {
      bar.setTotal(total);
      bar.update(done, { last: `${instance} ${solver}${gap === null ? "" : ` ${(100 * gap).toFixed(2)} %`}` });
    });
    bar.stop();
    if (html !== undefined) await writeText(html, peersPage(report));
    const json = `${JSON.stringify(report, null, 2)}\n`;
    if (output !== undefined) await writeText(output, json);
    if (output !== "-") process.stdout.write(peersTable(report));
    return report.runs.some(({ solver, problems }) => solver === "shanpai" && problems.length > 0)
      ? EXIT.findings
      : EXIT.ok;
  } finally {
    bar.stop();
    await assigner.close();
  }
}
