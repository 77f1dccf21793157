// What is known of a call when it has ended: the one thing that log, metrics and traces are made of.
import type { Metadata } from "@grpc/grpc-js";
import type { StatusName } from "../errors.ts";
import type { CallReport } from "../pool/pool.ts";

export interface CallRecord {
  /** Such as /shanpai.dispatch.v1.Dispatch/Assign. */
  readonly path: string;
  readonly metadata: Metadata;
  readonly requestId: string;
  /** Name of the tenant; empty where callers are not told apart. */
  readonly caller: string;
  /** Size of the request. */
  readonly bytes: number;
  /** Moment of `monotonicMs` when the request had arrived. */
  readonly arrived: number;
  readonly ms: number;
  readonly status: StatusName | "OK";
  /** Absent where no worker took it. */
  readonly report: CallReport | undefined;
  /** Answered from what is remembered, or together with another call. */
  readonly repeated: boolean;
  /** The policy turned customer_attribute_preference on. */
  readonly customerAttributes: boolean;
}

/** Name of the method: Assign. */
export function methodOf({ path }: Pick<CallRecord, "path">): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The line of the log. */
export function logFields(record: CallRecord): Record<string, unknown> {
  const { path, requestId, caller, bytes, ms, status, report, repeated, customerAttributes } = record;
  return {
    method: path,
    requestId,
    bytes,
    ms: Math.round(ms),
    status,
    ...(caller !== "" && { caller }),
    ...(report && { lane: report.lane, queuedMs: Math.round(report.queuedMs) }),
    ...(repeated && { repeated }),
    ...(customerAttributes && { customerAttributes }),
  };
}
