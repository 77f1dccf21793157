// grpcurl and ghz: other people's Go clients, which learn the contract by reflection and bring a load of their own choice.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { toJsonString } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { shortRequest } from "../e2e/requests.ts";
import { start } from "../e2e/servers.ts";
import { toolOrSkip } from "./tools.ts";

const run = promisify(execFile);
const grpcurl = toolOrSkip("build/go/grpcurl");
const ghz = toolOrSkip("build/go/ghz");
const json = toJsonString(AssignRequestSchema, shortRequest());

test.skipIf(grpcurl === undefined)("grpcurl lists, describes, calls, streams and asks for health", async () => {
  const { server } = await start();
  const call = async (...args: string[]) => (await run(grpcurl!, ["-plaintext", ...args])).stdout;
  const address = `127.0.0.1:${server.port}`;
  expect(await call(address, "list")).toContain("shanpai.dispatch.v1.Dispatch");
  expect(await call(address, "describe", "shanpai.dispatch.v1.AssignRequest")).toContain("operating_centres");
  const answer = JSON.parse(await call("-d", json, address, "shanpai.dispatch.v1.Dispatch/Assign"));
  expect(answer.assignments).toHaveLength(4);
  const streamed = await call("-d", `{"request":${json}}`, address, "shanpai.dispatch.v1.Dispatch/AssignStream");
  expect(streamed).toContain('"assignments"');
  expect(await call(address, "grpc.health.v1.Health/Check")).toContain("SERVING");
});

test.skipIf(ghz === undefined)("a load of ghz is answered to the last call", async () => {
  const { server } = await start({ workers: 2, maxQueue: 1_000 });
  const { stdout } = await run(ghz!, [
    ..."--insecure --async --rps 50 -n 300 -c 20 --format json --timeout 60s --call shanpai.dispatch.v1.Dispatch/Assign".split(
      " ",
    ),
    "-d",
    json,
    `127.0.0.1:${server.port}`,
  ]);
  const report = JSON.parse(stdout);
  expect(report.statusCodeDistribution).toEqual({ OK: 300 });
});
