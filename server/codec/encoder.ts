// Encoders of messages as code written out from their descriptors: the library's own goes from field to field by calls, which takes twice as long.
import { type DescField, type DescMessage, type MessageShape, ScalarType, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { scalarOf } from "./scalars.ts";

/** What `toBinary` gives. Throws on values that a field cannot hold. */
export type Encoder<D extends DescMessage> = (message: MessageShape<D>) => Uint8Array<ArrayBuffer>;

/** The encoder of a message. Throws on kinds of fields that the contract does not have. */
export function encoderOf<D extends DescMessage>(schema: D): Encoder<D> {
  const write = writeOf(schema);
  let writer = new BinaryWriter();
  return (message) => {
    try {
      write(writer, message);
    } catch {
      writer = new BinaryWriter();
      // The library says of which field it cannot be done.
      return toBinary(schema, message);
    }
    const bytes = writer.finish();
    // A writer keeps the room that it has made.
    if (bytes.length > KEPT_BYTES) writer = new BinaryWriter();
    return bytes;
  };
}

/** Longest message whose room is kept for the next one. */
const KEPT_BYTES = 1_048_576;

type Write = (writer: BinaryWriter, message: unknown) => void;

const writes = new Map<DescMessage, Write>();

function writeOf(desc: DescMessage): Write {
  const known = writes.get(desc);
  if (known) return known;
  const children: Write[] = [];
  const fields = [...desc.fields].sort((a, b) => a.number - b.number);
  const text = fields.map((field) => `{ ${writeField(field, children)} }`).join("\n");
  const write = new Function(
    "children",
    `const [${children.map((_, at) => `child${at}`)}] = children;
    return (w, m) => {
      ${text}
      if (m.$unknown !== undefined) for (const { no, wireType, data } of m.$unknown) w.tag(no, wireType).raw(data);
    };`,
  )(children) as Write;
  writes.set(desc, write);
  return write;
}

function writeField(field: DescField, children: Write[]): string {
  const name = `m.${field.localName}`;
  const bytes = tagOf(field, WireType.LengthDelimited);
  switch (field.fieldKind) {
    case "message":
    case "scalar":
    case "enum": {
      const put = field.message ? writeMessage(field, children, "v") : writeValue(field, "v");
      if (field.oneof) {
        const oneof = `m.${field.oneof.localName}`;
        return `if (${oneof}.case === "${field.localName}") { const v = ${oneof}.value; ${put} }`;
      }
      return `const v = ${name}; if (${isSet(field)}) { ${put} }`;
    }
    case "list": {
      const each = (put: string) => `for (let i = 0; i < list.length; i++) { ${put} }`;
      const list = `const list = ${name};`;
      if (field.listKind === "message") return `${list} ${each(writeMessage(field, children, "list[i]"))}`;
      if (!field.packed) return `${list} ${each(writeValue(field, "list[i]"))}`;
      return `${list} if (list.length > 0) { w.uint32(${bytes}).fork(); ${each(`w.${methodOf(field)}(list[i]);`)} w.join(); }`;
    }
    case "map": {
      const { method, wireType } = scalarOf(field.scalar);
      if (field.mapKey !== ScalarType.STRING) throw new Error(`no encoder for ${field}`);
      return `for (const key of Object.keys(${name}))
        w.uint32(${bytes}).fork().tag(1, ${WireType.LengthDelimited}).string(key).tag(2, ${wireType}).${method}(${name}[key]).join();`;
    }
  }
}

/** Whether `v` is written, as code. */
function isSet(field: DescField): string {
  if (field.fieldKind === "message" || field.presence !== FeatureSet_FieldPresence.IMPLICIT) return "v !== undefined";
  if (field.enum) return `v !== ${field.enum.values[0]!.number}`;
  // -0 is not 0.
  return field.scalar === ScalarType.DOUBLE ? "!Object.is(v, 0)" : `v !== ${scalarOf(field.scalar).zero}`;
}

function writeMessage(field: DescField, children: Write[], value: string): string {
  if (field.fieldKind === "map" || !field.message) throw new Error(`no encoder for ${field}`);
  const child = `child${children.push(writeOf(field.message)) - 1}`;
  return `w.uint32(${tagOf(field, WireType.LengthDelimited)}).fork(); ${child}(w, ${value}); w.join();`;
}

function writeValue(field: DescField, value: string): string {
  const wireType = field.enum ? WireType.Varint : scalarOf(field.scalar).wireType;
  return `w.uint32(${tagOf(field, wireType)}).${methodOf(field)}(${value});`;
}

const methodOf = (field: DescField) => (field.enum ? "int32" : scalarOf(field.scalar).method);

const tagOf = ({ number }: DescField, wireType: WireType) => ((number << 3) | wireType) >>> 0;
