// What is kept of one reoptimized plan: a line of the report, in JSON.
import { createHash } from "node:crypto";
import { toBinary, toJson } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
  type PlanChange,
  PlanChange_Kind,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { changeLines } from "../report/plan-changes.ts";

/** One changed order. */
export interface ChangedOrder {
  readonly orderId: string;
  readonly kind: "added" | "moved" | "retimed" | "dropped";
  readonly words: string;
}

export interface ReoptimizedRow {
  /** File name, or `line 7` of a stream. */
  readonly name: string;
  /** SHA-256 of what was asked, hexadecimal: the same is not asked again by --resume. */
  readonly asked: string;
  readonly requestId: string;
  /** From question to answer. */
  readonly seconds: number;
  /** Of the plan at `now`, and of the answer. */
  readonly levels: { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly leftOut: number;
  readonly changes: readonly ChangedOrder[];
  readonly releasedOrderIds: readonly string[];
  /** Rules that the plan broke and the answer still breaks. */
  readonly inherited: number;
  /** Streams: the answer in proto3 JSON. */
  readonly response?: unknown;
  /** Why there is no answer. */
  readonly error?: string;
}

/** What identifies a question. */
export function digestOf(request: AssignRequest): string {
  return createHash("sha256").update(toBinary(AssignRequestSchema, request)).digest("hex");
}

const KINDS: Readonly<Record<PlanChange["kind"], ChangedOrder["kind"]>> = {
  [PlanChange_Kind.UNSPECIFIED]: "moved",
  [PlanChange_Kind.ADDED]: "added",
  [PlanChange_Kind.MOVED]: "moved",
  [PlanChange_Kind.RETIMED]: "retimed",
  [PlanChange_Kind.DROPPED]: "dropped",
};

/** The line of an answer, with the answer itself where `whole`. */
export function rowOf(
  name: string,
  request: AssignRequest,
  response: AssignResponse,
  seconds: number,
  whole: boolean,
): ReoptimizedRow {
  const words = changeLines(request, response);
  const { running } = response;
  return {
    ...{ name, asked: digestOf(request), requestId: request.requestId, seconds },
    levels: { before: (running?.levels ?? []).map(Number), after: (response.cost?.levels ?? []).map(Number) },
    leftOut: response.plan?.unassigned.length ?? 0,
    changes: (running?.changes ?? []).map(({ orderId, kind }, at) => ({
      orderId,
      kind: KINDS[kind],
      words: words[at]!,
    })),
    releasedOrderIds: running?.releasedOrderIds ?? [],
    inherited: running?.inherited.length ?? 0,
    ...(whole && { response: toJson(AssignResponseSchema, response) }),
  };
}

/** The line of a question that was refused. */
export function failedRow(
  name: string,
  request: AssignRequest | undefined,
  error: Error,
  seconds: number,
): ReoptimizedRow {
  return {
    ...{ name, asked: request ? digestOf(request) : "", requestId: request?.requestId ?? "", seconds },
    ...{ levels: { before: [], after: [] }, leftOut: 0, changes: [], releasedOrderIds: [], inherited: 0 },
    error: error.message,
  };
}
