// Requests that once broke a rule, as small as they could be made; the names of the files say what is special about them.
import { readdirSync, readFileSync } from "node:fs";
import { fromJsonString } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";

const folder = new URL("found/", import.meta.url);

test.each(readdirSync(folder))("the checker finds nothing in the answer to %s", async (file) => {
  const request = fromJsonString(AssignRequestSchema, readFileSync(new URL(file, folder), "utf8"));
  expect(checkResponse(request, await solveForTest(request))).toEqual([]);
});
