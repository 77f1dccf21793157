import { create, createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import protobuf from "protobufjs";
import { expect, test } from "vitest";
import { Dispatch } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { answerReflection, reflectionIndex } from "./reflection.ts";

// The public definition, read by another protobuf library.
const { root } = protobuf.parse(`
  syntax = "proto3"; package r;
  message Request { oneof message_request { string file_by_filename = 3; string file_containing_symbol = 4;
    string all_extension_numbers_of_type = 6; string list_services = 7; } }
  message Response { Request original_request = 2; oneof message_response {
    Files file_descriptor_response = 4; Services list_services_response = 6; Failure error_response = 7; } }
  message Files { repeated bytes file_descriptor_proto = 1; }
  message Services { repeated Service service = 1; }
  message Service { string name = 1; }
  message Failure { int32 error_code = 1; string error_message = 2; }`);

const index = reflectionIndex([Dispatch.file]);

function ask(request: Record<string, string>) {
  const Request = root.lookupType("r.Request");
  const Response = root.lookupType("r.Response");
  const bytes = Request.encode(Request.fromObject(request)).finish();
  const response = Response.toObject(Response.decode(answerReflection(bytes, index)));
  expect(response.originalRequest).toEqual(request);
  return response;
}

function filesOf(response: Record<string, { fileDescriptorProto: Uint8Array[] }>) {
  return response.fileDescriptorResponse!.fileDescriptorProto.map((bytes) =>
    fromBinary(FileDescriptorProtoSchema, bytes),
  );
}

test("the services are listed", () => {
  expect(ask({ listServices: "*" }).listServicesResponse).toEqual({
    service: [{ name: "shanpai.dispatch.v1.Dispatch" }],
  });
});

test("the file of the service comes with every import, so that it can be linked", () => {
  const files = filesOf(ask({ fileContainingSymbol: "shanpai.dispatch.v1.Dispatch" }));
  expect(files[0]!.name).toBe("shanpai/dispatch/v1/dispatch.proto");
  const names = files.map(({ name }) => name);
  expect(names).toContain("google/protobuf/timestamp.proto");
  expect(new Set(names).size).toBe(names.length);
  const linked: typeof files = [];
  while (linked.length < files.length) {
    const known = new Set(linked.map(({ name }) => name));
    const ready = files.filter(
      ({ name, dependency }) => !known.has(name) && dependency.every((path) => known.has(path)),
    );
    expect(ready).not.toEqual([]); // else an import is missing
    linked.push(...ready);
  }
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: linked }));
  expect(registry.getService("shanpai.dispatch.v1.Dispatch")!.methods).toHaveLength(4);
});

test.each([
  ["message", "shanpai.dispatch.v1.Order", "shanpai/dispatch/v1/order.proto"],
  ["nested enum", "shanpai.dispatch.v1.SearchOptions.Mode", "shanpai/dispatch/v1/policy.proto"],
  ["value of a nested enum", "shanpai.dispatch.v1.SearchOptions.MODE_MATCH", "shanpai/dispatch/v1/policy.proto"],
  ["value of an enum", "shanpai.dispatch.v1.VEHICLE_MODE_FOOT", "shanpai/dispatch/v1/place.proto"],
  ["field", "shanpai.dispatch.v1.Order.windows", "shanpai/dispatch/v1/order.proto"],
  ["method", "shanpai.dispatch.v1.Dispatch.Assign", "shanpai/dispatch/v1/dispatch.proto"],
])("a %s is found in its file", (_kind, symbol, path) => {
  expect(filesOf(ask({ fileContainingSymbol: symbol }))[0]!.name).toBe(path);
});

test("a file is found by its path", () => {
  expect(filesOf(ask({ fileByFilename: "google/protobuf/duration.proto" }))[0]!.name).toBe(
    "google/protobuf/duration.proto",
  );
});

test("what is not known is NOT_FOUND, what is not answered UNIMPLEMENTED, garbage INVALID_ARGUMENT", () => {
  // gRPC codes: 5, 12, 3
  expect(ask({ fileByFilename: "x.proto" }).errorResponse.errorCode).toBe(5);
  expect(ask({ fileContainingSymbol: "shanpai.dispatch.v1.Nothing" }).errorResponse.errorCode).toBe(5);
  expect(ask({ allExtensionNumbersOfType: "x" }).errorResponse.errorCode).toBe(12);
  const garbage = new BinaryWriter().uint32(0x1a).uint32(99).finish();
  const Response = protobuf
    .parse(
      `syntax = "proto3"; message Response { Failure error_response = 7; } message Failure { int32 error_code = 1; }`,
    )
    .root.lookupType("Response");
  expect(Response.toObject(Response.decode(answerReflection(garbage, index)))).toEqual({
    errorResponse: { errorCode: 3 },
  });
});
