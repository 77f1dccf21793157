// shanpai bench server: latency and throughput of the service under a load that does not wait for it.
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { machineName } from "../../bench/machine.ts";
import { EXIT } from "../failure.ts";
import { type BenchTarget, startTarget } from "../load/bench-target.ts";
import { cancelTimes } from "../load/cancel-times.ts";
import { type CallKind, type KindSummary, quantile, summarise } from "../load/load-plan.ts";
import { file, milliseconds, oneOf, parseOptions, whole } from "../options.ts";
import type { Sample } from "../report/metrics-text.ts";
import { columns } from "../report/text-layout.ts";

const schema = z.object({
  mix: oneOf("match", "mixed"),
  time: milliseconds,
  warmUp: milliseconds,
  workers: whole(1, 64).optional(),
  pin: z.boolean().optional(),
  big: z.boolean().optional(),
  rate: whole(1, 1_000_000).optional(),
  output: file.optional(),
});

/** Shares of the capacity at which is measured. */
const SHARES = [0.5, 0.9, 1.5];
const CONCURRENCY = 8;

interface Round {
  readonly share: number | undefined;
  /** Calls a second that were due. */
  readonly rate: number;
  /** Calls a second that were answered. */
  readonly throughput: number;
  readonly kinds: readonly KindSummary[];
  readonly eventLoopP99Ms: number;
  readonly residentMb: number;
}

/** Runs the benchmark and prints it; returns the exit code. */
export async function benchServer(raw: object): Promise<number> {
  const { mix, time, warmUp, workers, pin, big, rate, output } = parseOptions(schema, raw);
  const seconds = time / 1000;
  const flags = workers === undefined ? [] : ["--workers", String(workers)];
  const target = await startTarget(flags, { server: pin ? "0" : undefined, client: pin ? "1" : undefined });
  try {
    const { recommend, match, route } = target.kinds;
    const kinds = mix === "mixed" ? [recommend, match, route] : [match];
    const capacity = await capacityOf(target, kinds, seconds, warmUp / 1000);
    const rates =
      rate === undefined ? SHARES.map((share) => ({ share, rate: share * capacity })) : [{ share: undefined, rate }];
    const rounds: Round[] = [];
    for (const [index, one] of rates.entries()) rounds.push(await round(target, kinds, one, seconds, index + 1));
    const bigRound = big ? await bigMessages(target, match, capacity / 2, seconds) : undefined;
    const phases = phasesOf(await target.metrics());
    const cancelled = await cancelTimes(target);
    const machine = `${machineName()}, node ${process.version}`;
    const report = {
      machine,
      mix,
      seconds,
      warmUpSeconds: warmUp / 1000,
      pinned: pin === true,
      capacity,
      rounds,
      big: bigRound,
      phases,
      cancelled,
    };
    if (output !== undefined) writeFileSync(output, `${JSON.stringify(report, undefined, 2)}\n`);
    const threads = workers === undefined ? "threads by default" : `${workers} threads`;
    console.log(`${machine}, ${threads}${pin ? ", server on core 0, client on core 1" : ""}`);
    console.log(
      `capacity ${capacity.toFixed(1)} calls a second (${CONCURRENCY} at a time, ${seconds} s after ${warmUp / 1000} s of warm-up)\n`,
    );
    console.log(table([...rounds, ...(bigRound ? [bigRound] : [])]).join("\n"));
    console.log(
      `\nTime in workers by phase\n${phases.map(({ phase, meanMs, share }) => `  ${phase.padEnd(8)} ${meanMs.toFixed(2)} ms, ${(100 * share).toFixed(0)} %`).join("\n")}`,
    );
    const ms = (share: number) => quantile(cancelled, share).toFixed(1);
    console.log(
      `\nThread free after a cancelled search: p50 ${ms(0.5)} ms, at most ${ms(1)} ms (${cancelled.length} calls)`,
    );
    return EXIT.ok;
  } finally {
    await target.close();
  }
}

/** Calls a second with so many always under way, after a warm-up: on one core V8 compiles for the better part of a minute. */
async function capacityOf(
  target: BenchTarget,
  kinds: readonly CallKind[],
  seconds: number,
  warmUpSeconds: number,
): Promise<number> {
  const plan = { kinds: kinds.map((kind) => ({ ...kind, deadlineMs: 60_000 })), concurrency: CONCURRENCY };
  await target.load({ ...plan, seconds: warmUpSeconds, seed: 100 });
  const results = await target.load({ ...plan, seconds, seed: 101 });
  return results.filter(({ status }) => status === "OK").length / seconds;
}

async function round(
  target: BenchTarget,
  kinds: readonly CallKind[],
  { share, rate }: { share: number | undefined; rate: number },
  seconds: number,
  seed: number,
): Promise<Round> {
  await target.metrics(); // begins the measurement of the event loop anew
  const results = await target.load({ kinds, rate, concurrency: 0, seconds, seed });
  const metrics = await target.metrics();
  const throughput = results.filter(({ status }) => status === "OK").length / seconds;
  return { share, rate, throughput, kinds: summarise(kinds, results), ...stateOf(metrics) };
}

/** Small calls at a rate while one message of 20 MB a second arrives. */
async function bigMessages(target: BenchTarget, small: CallKind, rate: number, seconds: number): Promise<Round> {
  await target.metrics();
  const { big } = target.kinds;
  const [results, bigs] = await Promise.all([
    target.load({ kinds: [small], rate, concurrency: 0, seconds, seed: 50 }),
    target.load({ kinds: [big], rate: 1, concurrency: 0, seconds, seed: 51 }),
  ]);
  const metrics = await target.metrics();
  const kinds = [...summarise([small], results), ...summarise([big], bigs)];
  return {
    share: undefined,
    rate: rate + 1,
    throughput: (results.length + bigs.length) / seconds,
    kinds,
    ...stateOf(metrics),
  };
}

function stateOf(metrics: readonly Sample[]): { eventLoopP99Ms: number; residentMb: number } {
  const value = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    eventLoopP99Ms: 1000 * value("nodejs_eventloop_lag_p99_seconds"),
    residentMb: value("process_resident_memory_bytes") / 1e6,
  };
}

/** Mean time of each phase, and its share of the time of all. */
function phasesOf(metrics: readonly Sample[]) {
  const sums = metrics.filter(({ name }) => name === "shanpai_phase_seconds_sum");
  const all = sums.reduce((total, { value }) => total + value, 0);
  return sums.map(({ labels: { phase = "" }, value }) => {
    const count = metrics.find(
      ({ name, labels }) => name === "shanpai_phase_seconds_count" && labels.phase === phase,
    )!.value;
    return { phase, meanMs: (1000 * value) / count, share: value / all };
  });
}

function table(rounds: readonly Round[]): string[] {
  const right = (head: string) => ({ head, align: "right" as const });
  const spec = [
    { head: "load" },
    right("calls/s"),
    { head: "kind" },
    ...["answered", "refused", "late", "failed", "p50 ms", "p99 ms", "p99.9 ms", "refused p99 ms", "loop p99 ms"].map(
      right,
    ),
  ];
  const ms = (value: number) => (Number.isNaN(value) ? "" : value.toFixed(1));
  const rows = rounds.flatMap(({ share, rate, kinds, eventLoopP99Ms }) =>
    kinds.map((kind, row) => [
      row > 0 ? "" : share === undefined ? "as told" : `${100 * share} %`,
      row > 0 ? "" : rate.toFixed(1),
      kind.kind,
      ...[kind.answered, kind.refused, kind.late, kind.failed].map(String),
      ...[kind.p50, kind.p99, kind.p999, kind.refusedP99].map(ms),
      row > 0 ? "" : ms(eventLoopP99Ms),
    ]),
  );
  return columns(spec, rows, 140);
}
