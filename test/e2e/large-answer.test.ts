// An answer of more than 4 MB reaches a client that takes no message of that size.
import { create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { expect, test } from "vitest";
import {
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
  AssignStreamRequestSchema,
  AssignStreamResponseSchema,
  Dispatch,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Explain_Level, ExplainSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { joined } from "../../server/pieces.ts";
import { dayRequest } from "./requests.ts";
import { closeAfterTest, start } from "./servers.ts";

test("the stream brings it in chunks, the unary call whole", async () => {
  const { server, client } = await start();
  const request = dayRequest(120, 26, { iterations: 1n, seed: 1n });
  request.explain = create(ExplainSchema, {
    level: Explain_Level.CRITERIA,
    engineerIds: request.engineers.map(({ id }) => id),
  });
  const whole = await client.assign(request);
  expect(toBinary(AssignResponseSchema, whole).length).toBeGreaterThan(4 * 2 ** 20);

  // A client with the limits it comes with.
  const raw = closeAfterTest(new Client(`127.0.0.1:${server.port}`, credentials.createInsecure()));
  const path = (method: { name: string }) => `/${Dispatch.typeName}/${method.name}`;
  const bytes = (buffer: Buffer) => buffer;
  const refused = await new Promise<ServiceError>((resolve) =>
    raw.makeUnaryRequest(
      path(Dispatch.method.assign),
      bytes,
      bytes,
      Buffer.from(toBinary(AssignRequestSchema, request)),
      (error) => resolve(error!),
    ),
  );
  expect(refused.code).toBe(status.RESOURCE_EXHAUSTED);

  const asked = Buffer.from(toBinary(AssignStreamRequestSchema, create(AssignStreamRequestSchema, { request })));
  const messages = await new Promise<Buffer[]>((resolve, reject) => {
    const call = raw.makeServerStreamRequest(path(Dispatch.method.assignStream), bytes, bytes, asked);
    const list: Buffer[] = [];
    call.on("data", (message: Buffer) => list.push(message));
    call.on("error", reject);
    call.on("end", () => resolve(list));
  });
  const events = messages.map((message) => fromBinary(AssignStreamResponseSchema, message).event);
  expect(events.at(-1)!.case).toBe("response");
  const chunks = events.flatMap((event) => (event.case === "chunk" ? [event.value] : []));
  expect(chunks.length).toBeGreaterThan(0);
  const answer = joined(chunks, events.at(-1)!.value as AssignResponse);
  const streamed = await client.assign(request, { onProgress: () => undefined });
  // What a solve took is not part of its answer.
  for (const one of [whole, answer, streamed]) delete one.statistics;
  expect(equals(AssignResponseSchema, answer, whole)).toBe(true);
  expect(equals(AssignResponseSchema, streamed, whole)).toBe(true);
});
