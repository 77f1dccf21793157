// Server reflection (grpc.reflection.v1 and v1alpha), over the descriptors that the generated code carries.
// Messages are written by hand: field numbers of grpc/reflection/v1/reflection.proto, the same in v1alpha.
import { type DescFile, toBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { type Server, type ServerDuplexStream, type ServiceDefinition, status } from "@grpc/grpc-js";

/** Fields of ServerReflectionRequest that are answered. */
const REQUEST = { fileByFilename: 3, fileContainingSymbol: 4, listServices: 7 } as const;
/** Fields of ServerReflectionResponse. */
const RESPONSE = { originalRequest: 2, fileDescriptor: 4, listServices: 6, error: 7 } as const;

/** Adds reflection of the services declared in `files` to a server; their imports are served too. */
export function addReflection(server: Server, files: readonly DescFile[]): void {
  const index = reflectionIndex(files);
  for (const version of ["v1", "v1alpha"]) {
    server.addService(serviceDefinition(`/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`), {
      ServerReflectionInfo: (call: ServerDuplexStream<Buffer, Uint8Array>) => {
        call.on("data", (request: Buffer) => call.write(answerReflection(request, index)));
        call.on("end", () => call.end());
      },
    });
  }
}

/** What can be asked for. */
export interface ReflectionIndex {
  /** Full names of the services. */
  readonly services: readonly string[];
  /** Files by path, such as google/protobuf/duration.proto. */
  readonly byPath: ReadonlyMap<string, DescFile>;
  /** Files by the full name of a service, method, message, field, enum or enum value they declare. */
  readonly bySymbol: ReadonlyMap<string, DescFile>;
}

/** Index of `files` and everything they import. */
export function reflectionIndex(files: readonly DescFile[]): ReflectionIndex {
  const byPath = new Map<string, DescFile>();
  const bySymbol = new Map<string, DescFile>();
  for (const file of files.flatMap(withImports)) {
    byPath.set(file.proto.name, file);
    for (const symbol of symbolsOf(file)) bySymbol.set(symbol, file);
  }
  const services = files.flatMap((file) => file.services.map(({ typeName }) => typeName)).sort();
  return { services, byPath, bySymbol };
}

/** The encoded answer to an encoded question; what cannot be answered is an error inside the answer, as the protocol asks. */
export function answerReflection(request: Uint8Array, index: ReflectionIndex): Uint8Array {
  const response = new BinaryWriter().tag(RESPONSE.originalRequest, WireType.LengthDelimited).bytes(request);
  const reader = new BinaryReader(request);
  try {
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag();
      if (number === REQUEST.listServices) return writeServices(response, index.services).finish();
      if (number === REQUEST.fileByFilename) return writeFile(response, reader.string(), index.byPath).finish();
      if (number === REQUEST.fileContainingSymbol) return writeFile(response, reader.string(), index.bySymbol).finish();
      reader.skip(type, number);
    }
    return writeError(response, status.UNIMPLEMENTED, "ask for a file, a symbol or the list of services").finish();
  } catch {
    return writeError(response, status.INVALID_ARGUMENT, "the bytes are not a ServerReflectionRequest").finish();
  }
}

function writeServices(response: BinaryWriter, services: readonly string[]): BinaryWriter {
  response.tag(RESPONSE.listServices, WireType.LengthDelimited).fork();
  for (const name of services)
    response.tag(1, WireType.LengthDelimited).fork().tag(1, WireType.LengthDelimited).string(name).join();
  return response.join();
}

function writeFile(response: BinaryWriter, name: string, files: ReadonlyMap<string, DescFile>): BinaryWriter {
  const found = files.get(name);
  if (!found) return writeError(response, status.NOT_FOUND, `${name} is not known`);
  response.tag(RESPONSE.fileDescriptor, WireType.LengthDelimited).fork();
  for (const file of withImports(found))
    response.tag(1, WireType.LengthDelimited).bytes(toBinary(FileDescriptorProtoSchema, file.proto));
  return response.join();
}

function writeError(response: BinaryWriter, code: status, message: string): BinaryWriter {
  response.tag(RESPONSE.error, WireType.LengthDelimited).fork();
  return response.tag(1, WireType.Varint).int32(code).tag(2, WireType.LengthDelimited).string(message).join();
}

/** The file and everything it imports, each once, the file first. */
function withImports(file: DescFile): DescFile[] {
  const seen = new Set<DescFile>();
  const visit = (next: DescFile) => {
    if (seen.has(next)) return;
    seen.add(next);
    next.dependencies.forEach(visit);
  };
  visit(file);
  return [...seen];
}

function symbolsOf(file: DescFile): string[] {
  const symbols = file.services.flatMap(({ typeName, methods }) => [
    typeName,
    ...methods.map(({ name }) => `${typeName}.${name}`),
  ]);
  for (const type of nestedTypes(file)) {
    symbols.push(type.typeName);
    if (type.kind === "message") symbols.push(...type.fields.map(({ name }) => `${type.typeName}.${name}`));
    // Enum values live in the scope around their enum.
    const scope = type.typeName.slice(0, type.typeName.lastIndexOf(".") + 1);
    if (type.kind === "enum") symbols.push(...type.values.map(({ name }) => `${scope}${name}`));
  }
  return symbols;
}

function serviceDefinition(path: string): ServiceDefinition {
  const keep = (bytes: Buffer) => bytes;
  return {
    ServerReflectionInfo: {
      path,
      requestStream: true,
      responseStream: true,
      requestSerialize: keep,
      requestDeserialize: keep,
      responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
      responseDeserialize: keep,
    },
  };
}
