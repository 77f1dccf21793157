import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { toJsonString } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { shortRequest } from "./requests.ts";
import { start } from "./servers.ts";

const run = promisify(execFile);

/** `buf curl`, a client in another language that knows the service only through reflection. */
async function bufCurl(port: number, args: string[]): Promise<string> {
  const common = ["curl", "--http2-prior-knowledge", "--protocol", "grpc"];
  const [target = "", ...rest] = args.reverse();
  const command = [...common, ...rest.reverse(), `http://127.0.0.1:${port}${target}`];
  return (await run("node_modules/.bin/buf", command)).stdout;
}

test.each(["grpc-v1", "grpc-v1alpha"])("methods are listed through reflection %s", async (protocol) => {
  const { server } = await start();
  const listed = await bufCurl(server.port, ["--reflect-protocol", protocol, "--list-methods", ""]);
  expect(listed.trim().split("\n").sort()).toEqual([
    "grpc.health.v1.Health/Check",
    "grpc.health.v1.Health/List",
    "grpc.health.v1.Health/Watch",
    "shanpai.dispatch.v1.Dispatch/Assign",
    "shanpai.dispatch.v1.Dispatch/AssignStream",
    "shanpai.dispatch.v1.Dispatch/Evaluate",
    "shanpai.dispatch.v1.Dispatch/Recommend",
  ]);
});

test("a client that has only the JSON form gets a plan", async () => {
  const { server } = await start();
  const json = toJsonString(AssignRequestSchema, shortRequest());
  const answer = JSON.parse(await bufCurl(server.port, ["-d", json, "/shanpai.dispatch.v1.Dispatch/Assign"]));
  expect(answer.assignments).toHaveLength(4);
});

test("the stream's last message is the answer", async () => {
  const { server } = await start();
  const json = `{"request":${toJsonString(AssignRequestSchema, shortRequest())}}`;
  const answer = await bufCurl(server.port, ["-d", json, "/shanpai.dispatch.v1.Dispatch/AssignStream"]);
  const last = JSON.parse(
    answer
      .trim()
      .split(/\n(?=\{)/)
      .at(-1)!,
  );
  expect(last.response.assignments).toHaveLength(4);
});

test.each(["", "shanpai.dispatch.v1.Dispatch"])("health of '%s' is SERVING", async (service) => {
  const { server } = await start();
  const answer = await bufCurl(server.port, ["-d", JSON.stringify({ service }), "/grpc.health.v1.Health/Check"]);
  expect(JSON.parse(answer)).toEqual({ status: "SERVING" });
});

test("health of a service that is not there is NOT_FOUND", async () => {
  const { server } = await start();
  const call = bufCurl(server.port, ["-d", '{"service": "nothing"}', "/grpc.health.v1.Health/Check"]);
  await expect(call).rejects.toMatchObject({ stderr: expect.stringContaining("not_found") });
});
