// The descriptor of grpc/health/v1/health.proto, for reflection. Written out, because the one that proto-loader makes of the
// .proto has relative type names, which strict clients refuse.
import { createFileRegistry, type DescFile, fromJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

const optional = (number: number, name: string, type: { type: string; typeName?: string }) => ({
  name,
  number,
  label: "LABEL_OPTIONAL",
  ...type,
});
const string = { type: "TYPE_STRING" };
const message = (name: string) => ({ type: "TYPE_MESSAGE", typeName: `.grpc.health.v1.${name}` });
const method = (name: string, input: string, output: string) => ({
  name,
  inputType: `.grpc.health.v1.${input}`,
  outputType: `.grpc.health.v1.${output}`,
});

/** Descriptor of the standard health service: Check, Watch and List. */
export function healthFile(): DescFile {
  const statuses = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];
  const proto = fromJson(FileDescriptorProtoSchema, {
    name: "grpc/health/v1/health.proto",
    package: "grpc.health.v1",
    syntax: "proto3",
    messageType: [
      { name: "HealthCheckRequest", field: [optional(1, "service", string)] },
      {
        name: "HealthCheckResponse",
        field: [
          optional(1, "status", { type: "TYPE_ENUM", typeName: ".grpc.health.v1.HealthCheckResponse.ServingStatus" }),
        ],
        enumType: [{ name: "ServingStatus", value: statuses.map((name, number) => ({ name, number })) }],
      },
      { name: "HealthListRequest" },
      {
        name: "HealthListResponse",
        field: [{ ...optional(1, "statuses", message("HealthListResponse.StatusesEntry")), label: "LABEL_REPEATED" }],
        nestedType: [
          {
            name: "StatusesEntry",
            field: [optional(1, "key", string), optional(2, "value", message("HealthCheckResponse"))],
            options: { mapEntry: true },
          },
        ],
      },
    ],
    service: [
      {
        name: "Health",
        method: [
          method("Check", "HealthCheckRequest", "HealthCheckResponse"),
          { ...method("Watch", "HealthCheckRequest", "HealthCheckResponse"), serverStreaming: true },
          method("List", "HealthListRequest", "HealthListResponse"),
        ],
      },
    ],
  });
  return createFileRegistry(proto, () => undefined).getFile(proto.name)!;
}
