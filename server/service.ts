// The Dispatch service: gRPC calls to the pool and back, as bytes, so that the main thread never decodes a request.
import { fileURLToPath } from "node:url";
import { create, toBinary } from "@bufbuild/protobuf";
import type {
  MethodDefinition,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  sendUnaryData,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Logger } from "pino";
import { AssignStreamResponseSchema, Dispatch, type Progress } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Caller, priorityOf } from "./access/caller.ts";
import { RequestError, toPlainError } from "./errors.ts";
import type { Answers } from "./idempotency.ts";
import type { CallRecord } from "./observe/record.ts";
import { responseEvents } from "./pieces.ts";
import { peekAssign, peekEvaluate, peekRecommend, peekStream } from "./pool/peek.ts";
import type { CallReport, Pool } from "./pool/pool.ts";
import { monotonicMs } from "./pool/task.ts";
import { statusOf } from "./status-details.ts";

/** Folder of the .proto files, from the source and from dist alike. */
const PROTO_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../proto/" : "../../proto/", import.meta.url),
);

type AnyCall = ServerUnaryCall<Buffer, Uint8Array> | ServerWritableStream<Buffer, Uint8Array>;

/** The contract's service, with bytes in place of messages on both sides. */
export function dispatchDefinition(): ServiceDefinition {
  const loaded = loadSync("shanpai/dispatch/v1/dispatch.proto", { includeDirs: [PROTO_FOLDER] });
  const methods = Object.entries(loaded[Dispatch.typeName] as ServiceDefinition).map(([name, method]) => {
    const raw: MethodDefinition<Buffer, Uint8Array> = {
      ...method,
      requestSerialize: (bytes) => bytes,
      requestDeserialize: (bytes) => bytes,
      responseSerialize: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      responseDeserialize: (bytes) => bytes,
    };
    return [name, raw];
  });
  return Object.fromEntries(methods);
}

/** What the handlers work with. */
export interface ServiceParts {
  readonly pool: Pool;
  readonly answers: Answers;
  readonly log: Logger;
  /** Whose call it is. */
  callerOf(call: AnyCall): Caller;
  /** Hears of every call that has ended. */
  onCall(record: CallRecord): void;
}

/** Handlers of the service over a pool. */
export function dispatchHandlers(parts: ServiceParts): UntypedServiceImplementation {
  const { pool } = parts;
  return {
    Assign: (call: ServerUnaryCall<Buffer, Uint8Array>, reply: sendUnaryData<Uint8Array>) => {
      answer(call, parts, { request: () => ({ request: call.request }), remembered: true }, pool.assign).then(
        (response) => reply(null, response),
        (thrown) => reply(statusOf(thrown)),
      );
    },
    AssignStream: (call: ServerWritableStream<Buffer, Uint8Array>) => {
      let writable = true;
      call.on("drain", () => {
        writable = true;
      });
      const onProgress = (progress: Progress) => {
        // Progress is only news: what a slow reader has not taken is left out, so nothing piles up here.
        if (writable) writable = call.write(progressEvent(progress));
      };
      answer(call, parts, { request: () => peekStream(call.request), remembered: true, onProgress }, pool.assign).then(
        (response) => {
          for (const event of responseEvents(response)) call.write(event);
          call.end(); // its argument would be trailing metadata
        },
        (thrown) => call.emit("error", statusOf(thrown)),
      );
    },
    Recommend: (call: ServerUnaryCall<Buffer, Uint8Array>, reply: sendUnaryData<Uint8Array>) => {
      const asked = { request: () => ({ request: peekRecommend(call.request) }) };
      answer(call, parts, asked, (_, options) => pool.recommend(call.request, options)).then(
        (response) => reply(null, response),
        (thrown) => reply(statusOf(thrown)),
      );
    },
    Evaluate: (call: ServerUnaryCall<Buffer, Uint8Array>, reply: sendUnaryData<Uint8Array>) => {
      const asked = { request: () => ({ request: peekEvaluate(call.request) }) };
      answer(call, parts, asked, (_, options) => pool.evaluate(call.request, options)).then(
        (response) => reply(null, response),
        (thrown) => reply(statusOf(thrown)),
      );
    },
  };
}

interface Asked {
  /** The encoded AssignRequest and how often progress is wanted; may throw RequestError. */
  readonly request: () => { request: Uint8Array; progressIntervalMs?: number | undefined };
  readonly onProgress?: (progress: Progress) => void;
  /** Sent again under its request_id, it gets the same answer. */
  readonly remembered?: boolean;
}

/** Answers one call by `method` of the pool, within its deadline and until it is cancelled, and logs it. */
async function answer(call: AnyCall, parts: ServiceParts, asked: Asked, method: Pool["assign"]): Promise<Uint8Array> {
  const { answers, log } = parts;
  const arrived = monotonicMs();
  const cancel = new AbortController();
  const onCancelled = () => cancel.abort();
  call.on("cancelled", onCancelled);
  const caller = parts.callerOf(call);
  let requestId = "";
  let customerAttributes = false;
  const told: { report?: CallReport; repeated?: boolean } = {};
  let outcome: CallRecord["status"] = "OK";
  try {
    const { request, progressIntervalMs } = asked.request();
    ({ requestId, customerAttributes } = peekAssign(request));
    const deadlineMs = Number(call.getDeadline()) - Date.now();
    const priority = priorityOf(call.metadata);
    const inPool = (signal: AbortSignal) =>
      method(request, {
        deadlineMs,
        signal,
        caller,
        priority,
        onReport: (report) => {
          told.report = report;
        },
        ...(asked.onProgress ? { onProgress: asked.onProgress } : {}),
        ...(progressIntervalMs === undefined ? {} : { progressIntervalMs }),
      });
    if (!asked.remembered || requestId === "") return await inPool(cancel.signal);
    return await answers.answer(caller.name, requestId, request, cancel.signal, inPool, () => {
      told.repeated = true;
    });
  } catch (thrown) {
    const { code, message, stack } = toPlainError(thrown);
    outcome = code;
    const unexpected = thrown instanceof RequestError && code !== "INTERNAL" ? undefined : (stack ?? message);
    if (unexpected) log.error({ requestId: requestId.slice(0, 128), stack: unexpected }, "unexpected error");
    throw thrown;
  } finally {
    // grpc-js says 'cancelled' after an answered call, too.
    call.off("cancelled", onCancelled);
    parts.onCall({
      path: call.getPath(),
      metadata: call.metadata,
      requestId: requestId.slice(0, 128),
      caller: caller.name,
      bytes: call.request.length,
      arrived,
      ms: monotonicMs() - arrived,
      status: outcome,
      report: told.report,
      repeated: told.repeated === true,
      customerAttributes,
    });
  }
}

function progressEvent(progress: Progress): Uint8Array {
  return toBinary(
    AssignStreamResponseSchema,
    create(AssignStreamResponseSchema, { event: { case: "progress", value: progress } }),
  );
}
