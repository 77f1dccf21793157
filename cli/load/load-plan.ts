// What the load benchmark asks of its client processes, and what they bring back.

/** One kind of call. */
export interface CallKind {
  readonly name: string;
  /** Such as /shanpai.dispatch.v1.Dispatch/Assign. */
  readonly path: string;
  /** The encoded request. */
  readonly file: string;
  /** Part of the calls, whole number. */
  readonly weight: number;
  /** Milliseconds from the moment a call is due. */
  readonly deadlineMs: number;
}

/** The calls of one process. */
export interface LoadPlan {
  readonly address: string;
  readonly kinds: readonly CallKind[];
  /** Calls a second at moments of their own; absent: one after the other, `concurrency` at a time. */
  readonly rate?: number;
  readonly concurrency: number;
  readonly seconds: number;
  /** Without `rate`: most calls, inclusive; absent: as many as the time allows. */
  readonly calls?: number;
  readonly seed: number;
}

/** One call. */
export interface CallResult {
  /** Row of its kind. */
  readonly kind: number;
  /** From the moment it was due. */
  readonly ms: number;
  /** Name of the gRPC status. */
  readonly status: string;
}

/** What became of the calls of one kind. */
export interface KindSummary {
  readonly kind: string;
  readonly answered: number;
  readonly refused: number;
  /** DEADLINE_EXCEEDED, or answered after the deadline. */
  readonly late: number;
  readonly failed: number;
  /** Of the calls answered, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Of the calls refused, milliseconds. */
  readonly refusedP99: number;
}

/** The value below which `share` of the sorted values lie; NaN of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The calls by kind. */
export function summarise(kinds: readonly CallKind[], results: readonly CallResult[]): KindSummary[] {
  return kinds.map(({ name, deadlineMs }, row) => {
    const calls = results.filter(({ kind }) => kind === row);
    const times = (status: string) =>
      calls
        .filter((call) => call.status === status)
        .map(({ ms }) => ms)
        .sort((a, b) => a - b);
    const answered = times("OK");
    const refused = times("RESOURCE_EXHAUSTED");
    const past = answered.filter((ms) => ms > deadlineMs).length;
    const exceeded = times("DEADLINE_EXCEEDED").length;
    return {
      kind: name,
      answered: answered.length,
      refused: refused.length,
      late: past + exceeded,
      failed: calls.length - answered.length - refused.length - exceeded,
      p50: quantile(answered, 0.5),
      p99: quantile(answered, 0.99),
      p999: quantile(answered, 0.999),
      refusedP99: quantile(refused, 0.99),
    };
  });
}
