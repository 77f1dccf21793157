// A message with all its timestamps moved.
import { clone, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

const NANOS = 1_000_000_000;

/** A copy in which every google.protobuf.Timestamp, however deep, is later by `by`. */
export function shiftTimes<D extends DescMessage>(
  schema: D,
  message: MessageShape<D>,
  by: { seconds: bigint; nanos: number },
): MessageShape<D> {
  const copy = clone(schema, message);
  walk(reflect(schema, copy), (time) => {
    const nanos = time.nanos + by.nanos;
    time.seconds += by.seconds + (nanos >= NANOS ? 1n : 0n);
    time.nanos = nanos % NANOS;
  });
  return copy;
}

function walk(message: ReflectMessage, move: (time: Timestamp) => void): void {
  if (message.desc.typeName === TimestampSchema.typeName) {
    move(message.message as Timestamp);
    return;
  }
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (field.fieldKind === "message") walk(message.get(field), move);
    else if (field.fieldKind === "list" && field.listKind === "message")
      for (const item of message.get(field)) walk(item as ReflectMessage, move);
  }
}
