// A client of the Dispatch service: messages in, messages out, errors with their field violations.
import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { Client, credentials, InterceptingCall, type Interceptor, type ServiceError, status } from "@grpc/grpc-js";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
  AssignStreamRequestSchema,
  type AssignStreamResponse,
  AssignStreamResponseSchema,
  Dispatch,
  type EvaluateRequest,
  EvaluateRequestSchema,
  type EvaluateResponse,
  EvaluateResponseSchema,
  type Progress,
  type RecommendRequest,
  RecommendRequestSchema,
  type RecommendResponse,
  RecommendResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { RequestError, type StatusName } from "./errors.ts";
import { traceClientCall } from "./observe/tracing.ts";
import { joined } from "./pieces.ts";
import { DETAILS_KEY, decodeDetails } from "./status-details.ts";

/** How one call is made. */
export interface CallOptions {
  /** Milliseconds from now until the answer must be here; absent: no deadline. */
  readonly deadlineMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Hears how the search stands; makes the call a stream. */
  readonly onProgress?: (progress: Progress) => void;
  /** Shortest time between two progress messages, milliseconds; default: the server's. */
  readonly progressIntervalMs?: number;
}

/** A connection to one server. */
export interface DispatchClient {
  /** The answer to a request. Rejects with RequestError: the gRPC status, and violations where the request is bad. */
  assign(request: AssignRequest, options?: CallOptions): Promise<AssignResponse>;
  /** The judgement of a plan; there is no progress. Rejects with RequestError. */
  evaluate(request: EvaluateRequest, options?: Omit<CallOptions, "onProgress">): Promise<EvaluateResponse>;
  /** The best places for one order; there is no progress. Rejects with RequestError. */
  recommend(request: RecommendRequest, options?: Omit<CallOptions, "onProgress">): Promise<RecommendResponse>;
  close(): void;
}

/** How a connection is made. */
export interface ConnectOptions {
  /** TLS; `ca` are the authorities trusted (default: the system's), `cert` and `key` the caller's own pair, all PEM. */
  readonly tls?: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
  /** Goes with every call: authorization, shanpai-tenant, shanpai-priority. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Connects to `address` (host:port), without TLS unless asked for; the connection is made with the first call. */
export function connect(address: string, { tls, metadata = {} }: ConnectOptions = {}): DispatchClient {
  const channel = tls
    ? credentials.createSsl(tls.ca ?? null, tls.key ?? null, tls.cert ?? null)
    : credentials.createInsecure();
  // Plans of big requests pass the default limit of 4 MB.
  const client = new Client(address, channel, {
    "grpc.max_receive_message_length": -1,
    interceptors: [withMetadata(metadata)],
  });
  return {
    assign: (request, options = {}) =>
      options.onProgress
        ? stream(client, request, options)
        : unary(client, Dispatch.method.assign, AssignRequestSchema, AssignResponseSchema, request, options),
    evaluate: (request, options = {}) =>
      unary(client, Dispatch.method.evaluate, EvaluateRequestSchema, EvaluateResponseSchema, request, options),
    recommend: (request, options = {}) =>
      unary(client, Dispatch.method.recommend, RecommendRequestSchema, RecommendResponseSchema, request, options),
    close: () => client.close(),
  };
}

function unary<I extends DescMessage, O extends DescMessage>(
  client: Client,
  method: { readonly name: string },
  input: I,
  output: O,
  request: MessageShape<I>,
  options: CallOptions,
): Promise<MessageShape<O>> {
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest(
      `/${Dispatch.typeName}/${method.name}`,
      (message: MessageShape<I>) => Buffer.from(toBinary(input, message)),
      (bytes: Buffer) => fromBinary(output, bytes),
      request,
      callOptions(options),
      (error, response) => (response ? resolve(response) : reject(requestError(error!))),
    );
    cancelOn(options.signal, call);
  });
}

function stream(client: Client, request: AssignRequest, options: CallOptions): Promise<AssignResponse> {
  const asked = create(AssignStreamRequestSchema, { request, ...progressInterval(options.progressIntervalMs) });
  return new Promise((resolve, reject) => {
    const call = client.makeServerStreamRequest(
      `/${Dispatch.typeName}/${Dispatch.method.assignStream.name}`,
      (message: typeof asked) => Buffer.from(toBinary(AssignStreamRequestSchema, message)),
      (bytes: Buffer) => fromBinary(AssignStreamResponseSchema, bytes),
      asked,
      callOptions(options),
    );
    cancelOn(options.signal, call);
    let response: AssignResponse | undefined;
    const chunks: AssignResponse[] = [];
    call.on("data", ({ event }: AssignStreamResponse) => {
      if (event.case === "progress") options.onProgress?.(event.value);
      if (event.case === "chunk") chunks.push(event.value);
      if (event.case === "response") response = joined(chunks, event.value);
    });
    call.on("error", (error: ServiceError) => reject(requestError(error)));
    call.on("end", () => {
      if (response) resolve(response);
      else reject(new RequestError("INTERNAL", "the stream ended without an answer"));
    });
  });
}

/** Adds metadata and, where a tracer provider is registered, the span of the call. */
function withMetadata(entries: Readonly<Record<string, string>>): Interceptor {
  return (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start: (metadata, _listener, next) => {
        for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
        const end = traceClientCall(options.method_definition.path, metadata);
        next(metadata, {
          onReceiveStatus: (received, pass) => {
            end(received.code);
            pass(received);
          },
        });
      },
    });
}

function callOptions({ deadlineMs }: CallOptions): { deadline?: number } {
  return deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
}

function progressInterval(ms: number | undefined) {
  if (ms === undefined) return {};
  const seconds = Math.floor(ms / 1000);
  return { progressInterval: { seconds: BigInt(seconds), nanos: Math.round((ms - seconds * 1000) * 1e6) } };
}

function cancelOn(signal: AbortSignal | undefined, call: { cancel(): void }): void {
  if (signal?.aborted) call.cancel();
  signal?.addEventListener("abort", () => call.cancel(), { once: true });
}

function requestError(error: ServiceError): RequestError {
  const details = error.metadata?.get(DETAILS_KEY)[0];
  const { violations, retryMs } = decodeDetails(Buffer.isBuffer(details) ? details : new Uint8Array());
  const code = (status[error.code] ?? "UNKNOWN") as StatusName;
  return new RequestError(code, error.details || error.message, violations, retryMs);
}
