// The Dispatch service: gRPC calls to the pool and back, as bytes, so that the main thread never decodes a request.
import { fileURLToPath } from "node:url";
import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  Metadata,
  type MethodDefinition,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type StatusObject,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Logger } from "pino";
import { AssignStreamResponseSchema, Dispatch, type Progress } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { RequestError, toPlainError } from "./errors.ts";
import { peekAssign, peekEvaluate, peekStream } from "./peek.ts";
import type { Pool } from "./pool.ts";
import { DETAILS_KEY, encodeDetails, wireMessage } from "./status-details.ts";

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

/** Handlers of the service over a pool. */
export function dispatchHandlers(pool: Pool, log: Logger): UntypedServiceImplementation {
  return {
    Assign: (call: ServerUnaryCall<Buffer, Uint8Array>, reply: sendUnaryData<Uint8Array>) => {
      answer(call, log, { request: () => ({ request: call.request }) }, pool.assign).then(
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
      answer(call, log, { request: () => peekStream(call.request), onProgress }, pool.assign).then(
        (response) => {
          call.write(responseEvent(response));
          call.end(); // its argument would be trailing metadata
        },
        (thrown) => call.emit("error", statusOf(thrown)),
      );
    },
    Recommend: notAnswered("Recommend"),
    Evaluate: (call: ServerUnaryCall<Buffer, Uint8Array>, reply: sendUnaryData<Uint8Array>) => {
      const asked = { request: () => ({ request: peekEvaluate(call.request) }) };
      answer(call, log, asked, (_, options) => pool.evaluate(call.request, options)).then(
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
}

/** Answers one call by `method` of the pool, within its deadline and until it is cancelled, and logs it. */
async function answer(call: AnyCall, log: Logger, asked: Asked, method: Pool["assign"]): Promise<Uint8Array> {
  const begun = performance.now();
  const cancel = new AbortController();
  const onCancelled = () => cancel.abort();
  call.on("cancelled", onCancelled);
  let requestId = "";
  let customerAttributes = false;
  let outcome: keyof typeof status = "OK";
  try {
    const { request, progressIntervalMs } = asked.request();
    ({ requestId, customerAttributes } = peekAssign(request));
    const deadline = call.getDeadline();
    return await method(request, {
      deadlineMs: Number(deadline) - Date.now(),
      signal: cancel.signal,
      ...(asked.onProgress ? { onProgress: asked.onProgress } : {}),
      ...(progressIntervalMs === undefined ? {} : { progressIntervalMs }),
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
    const ms = Math.round(performance.now() - begun);
    log.info({
      method: call.getPath(),
      requestId: requestId.slice(0, 128),
      bytes: call.request.length,
      ms,
      status: outcome,
      ...(customerAttributes && { customerAttributes }),
    });
  }
}

/** What goes over the wire for anything thrown. */
function statusOf(thrown: unknown): StatusObject {
  const plain = toPlainError(thrown);
  const error = thrown instanceof RequestError ? thrown : new RequestError(plain.code, plain.message);
  const code = status[error.code];
  const metadata = new Metadata();
  const details = encodeDetails(error, code);
  if (details) metadata.set(DETAILS_KEY, details);
  return { code, details: wireMessage(error.message), metadata };
}

function notAnswered(method: string) {
  return (_call: unknown, reply: sendUnaryData<Uint8Array>) =>
    reply(statusOf(new RequestError("UNIMPLEMENTED", `${method} is not answered in this version; use Assign`)));
}

function progressEvent(progress: Progress): Uint8Array {
  return toBinary(
    AssignStreamResponseSchema,
    create(AssignStreamResponseSchema, { event: { case: "progress", value: progress } }),
  );
}

/** The response is already encoded; only its field is put around it. */
function responseEvent(response: Uint8Array): Uint8Array {
  const { response: field } = AssignStreamResponseSchema.field;
  return new BinaryWriter().tag(field.number, WireType.LengthDelimited).bytes(response).finish();
}
