// A process that asks for a search of a minute and waits: node long-caller.mjs PORT. Runs from the build.
import { readFileSync } from "node:fs";
import { fromJsonString } from "@bufbuild/protobuf";
import { AssignRequestSchema } from "../../dist/proto/gen/shanpai/dispatch/v1/dispatch_pb.js";
import { connect } from "../../dist/server/client.js";

const day = readFileSync(new URL("../../datasets/days/overloaded.json", import.meta.url), "utf8");
const request = fromJsonString(AssignRequestSchema, day);
await connect(`127.0.0.1:${process.argv[2]}`).assign({
  ...request,
  requestId: "",
  search: {
    $typeName: "shanpai.dispatch.v1.SearchOptions",
    mode: 1,
    iterations: 0n,
    seed: 1n,
    workers: 1,
    prove: false,
    timeLimit: { $typeName: "google.protobuf.Duration", seconds: 60n, nanos: 0 },
  },
});
