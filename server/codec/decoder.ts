// Decoders of messages as code written out from their descriptors: the library's own looks up every field, which takes four times as long.
import { type DescField, type DescMessage, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { scalarOf } from "./scalars.ts";

/** What `fromBinary` gives, fields without a value set to undefined; with `into`, what `mergeFromBinary` does. Throws on undecodable bytes. */
export type Decoder<D extends DescMessage> = (bytes: Uint8Array, into?: MessageShape<D>) => MessageShape<D>;

/** The decoder of a message. Throws on kinds of fields that the contract does not have. */
export function decoderOf<D extends DescMessage>(schema: D): Decoder<D> {
  const read = readOf(schema);
  return (bytes, into) => read(new BinaryReader(bytes), bytes.length, into) as MessageShape<D>;
}

/** Reads `length` bytes into `message`, or into a new one. */
type Read = (reader: BinaryReader, length: number, message?: unknown) => unknown;

const reads = new Map<DescMessage, Read>();

function readOf(desc: DescMessage): Read {
  const known = reads.get(desc);
  if (known) return known;
  const children: Read[] = [];
  const text = desc.fields.map((field) => `case ${field.number}: ${readField(field, children)} break;`).join("\n");
  const read = new Function(
    "children",
    "setOwn",
    "stringOf",
    `const [${children.map((_, at) => `child${at}`)}] = children;
    const create = () => (${newMessage(desc)});
    return (r, length, m = create()) => {
      const end = r.pos + length;
      while (r.pos < end) {
        const [no, type] = r.tag();
        switch (no) {
          ${text}
          default: (m.$unknown ??= []).push({ no, wireType: type, data: r.skip(type, no) });
        }
      }
      return m;
    };`,
  )(children, setOwn, stringOf) as Read;
  reads.set(desc, read);
  return read;
}

/** Every field has its place from the beginning, so that all messages of a type have one shape. */
function newMessage(desc: DescMessage): string {
  const members = desc.members.map((member) => {
    if (member.kind === "oneof") return `${member.localName}: { case: undefined }`;
    return `${member.localName}: ${emptyValue(member)}`;
  });
  return `{ $typeName: ${JSON.stringify(desc.typeName)}, ${members.join(", ")} }`;
}

function emptyValue(field: DescField): string {
  if (field.fieldKind === "list") return "[]";
  if (field.fieldKind === "map") return "{}";
  if (field.fieldKind === "message" || field.presence !== FeatureSet_FieldPresence.IMPLICIT) return "undefined";
  return field.fieldKind === "enum" ? `${field.enum.values[0]!.number}` : scalarOf(field.scalar).zero;
}

function readField(field: DescField, children: Read[]): string {
  const name = `m.${field.localName}`;
  const message = (before: string) => {
    if (field.fieldKind === "map" || !field.message) throw new Error(`no decoder for ${field}`);
    return `child${children.push(readOf(field.message)) - 1}(r, r.uint32(), ${before})`;
  };
  switch (field.fieldKind) {
    case "message":
      if (!field.oneof) return `${name} = ${message(name)};`;
      return inOneof(
        field,
        message(
          `m.${field.oneof.localName}.case === "${field.localName}" ? m.${field.oneof.localName}.value : undefined`,
        ),
      );
    case "scalar":
    case "enum":
      return field.oneof ? inOneof(field, readValue(field)) : `${name} = ${readValue(field)};`;
    case "list": {
      if (field.listKind === "message") return `${name}.push(${message("undefined")});`;
      const push = `${name}.push(${readValue(field)});`;
      if (field.scalar === ScalarType.STRING) return push;
      return `if (type === ${WireType.LengthDelimited}) for (const stop = r.uint32() + r.pos; r.pos < stop; ) ${push} else ${push}`;
    }
    case "map": {
      const value = scalarOf(field.scalar);
      return `{
        let key = ${scalarOf(field.mapKey).zero}, value = ${value.zero};
        for (const stop = r.uint32() + r.pos; r.pos < stop; ) {
          const [no, type] = r.tag();
          if (no === 1) key = r.${scalarOf(field.mapKey).method}(true);
          else if (no === 2) value = r.${value.method}(true);
          else r.skip(type, no);
        }
        setOwn(${name}, key, value);
      }`;
    }
  }
}

function inOneof({ localName, oneof }: DescField, value: string): string {
  return `m.${oneof!.localName} = { case: "${localName}", value: ${value} };`;
}

function readValue(field: DescField): string {
  if (field.enum) return "r.int32()";
  const { method } = scalarOf(field.scalar);
  return method === "string" ? "stringOf(r)" : `r.${method}()`;
}

/** Longest string that is made of its characters one by one. */
const SHORT = 32;
/** By length room for the characters of a string: the library's own reader makes a list for every one. */
const rooms = Array.from({ length: SHORT + 1 }, (_, length) => new Array<number>(length).fill(0));

/** The next string; strings of proto3 are UTF-8, which is looked at. */
function stringOf(reader: BinaryReader): string {
  const from = reader.pos;
  const length = reader.uint32();
  const { buf, pos, len } = reader as unknown as {
    readonly buf: Uint8Array;
    readonly pos: number;
    readonly len: number;
  };
  if (length <= SHORT && pos + length <= len) {
    const room = rooms[length]!;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const byte = buf[pos + at]!;
      room[at] = byte;
      all |= byte;
    }
    if (all < 0x80) {
      reader.pos = pos + length;
      return String.fromCharCode.apply(String, room);
    }
  }
  reader.pos = from;
  return reader.string(true);
}

/** Sets an entry of a map, whose key may be "__proto__". */
function setOwn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}
