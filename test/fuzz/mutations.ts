// Mutated requests: hostile values at every field of a valid message, and broken bytes; all from a seed.
import { clone, ScalarType, toBinary } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { type Random, randomFrom } from "../../datasets/city/random.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

const TEXTS = [
  "",
  "o1",
  "\u0000",
  "订单一",
  "🛠️".repeat(40),
  "x".repeat(200),
  "../../etc/passwd",
  "%s%n",
  "ﷺ",
  "a\u202eb",
  "__proto__",
  "Asia/Nowhere",
];
const INT32 = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 86_400];
const UINT32 = [0, 1, 2 ** 32 - 1, 2 ** 31, 65_536];
const INT64 = [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 31n, 253_402_300_800n];
const UINT64 = [0n, 1n, 2n ** 64n - 1n, 2n ** 53n];
const DOUBLES = [
  0,
  -0,
  1,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e308,
  5e-324,
  181,
  2 ** 31,
];

function hostile(random: Random, type: ScalarType): unknown {
  switch (type) {
    case ScalarType.STRING:
      return random.pick(TEXTS);
    case ScalarType.BOOL:
      return random.chance(50);
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return random.pick(DOUBLES);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return random.pick(INT64);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return random.pick(UINT64);
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return random.pick(UINT32);
    case ScalarType.BYTES:
      return new Uint8Array(random.int(0, 9));
    default:
      return random.pick(INT32);
  }
}

/** Changes one field somewhere in the message: deeper messages are entered as likely as fields are changed. */
function change(message: ReflectMessage, random: Random): void {
  const field = random.pick(message.fields);
  switch (field.fieldKind) {
    case "scalar":
      message.set(field, hostile(random, field.scalar) as never);
      return;
    case "enum":
      message.set(field, random.pick([0, 1, 2, 3, 7, 99, -1]));
      return;
    case "message": {
      if (message.isSet(field) && random.chance(75)) change(message.get(field) as ReflectMessage, random);
      else if (message.isSet(field)) message.clear(field);
      else message.set(field, reflect(field.message));
      return;
    }
    case "list": {
      const list = message.get(field) as unknown as {
        size: number;
        get(row: number): unknown;
        add(value: unknown): void;
        clear(): void;
      };
      const row = list.size > 0 ? list.get(random.int(0, list.size - 1)) : undefined;
      const choice = random.int(0, 7);
      if (choice === 0) list.clear();
      else if (choice === 1 && row !== undefined)
        list.add(row); // twice the same: duplicate ids
      else if (field.listKind === "message") {
        if (row !== undefined) change(row as ReflectMessage, random);
        else list.add(reflect(field.message));
      } else if (field.listKind === "enum") list.add(random.pick([0, 1, 5, 99]));
      else list.add(hostile(random, field.scalar));
      return;
    }
    case "map":
      return;
  }
}

/** A request with one to four hostile values, by its number. */
export function mutatedRequest(valid: AssignRequest, seed: number): AssignRequest {
  const random = randomFrom(seed);
  const copy = clone(AssignRequestSchema, valid);
  // Unchecked, so that values of the wrong range get in as a careless client would put them.
  const message = reflect(AssignRequestSchema, copy, false);
  for (let times = random.int(1, 4); times > 0; times--) change(message, random);
  return copy;
}

/** Bytes with one to eight of them changed, cut, doubled or put in from elsewhere. */
export function mutatedBytes(valid: Uint8Array, seed: number): Uint8Array {
  const random = randomFrom(seed);
  let bytes = Uint8Array.from(valid);
  for (let times = random.int(1, 8); times > 0; times--) {
    const at = random.int(0, Math.max(0, bytes.length - 1));
    const length = random.int(1, 16);
    switch (random.int(0, 4)) {
      case 0:
        bytes[at] = random.int(0, 255);
        break;
      case 1:
        bytes[at]! ^= 1 << random.int(0, 7);
        break;
      case 2:
        bytes = bytes.slice(0, at);
        break;
      case 3:
        bytes = concat(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
        break;
      default:
        bytes = concat(bytes.subarray(0, at), bytes.subarray(at + length));
    }
  }
  return bytes;
}

/** Encoded, where it can be: strings and numbers that protobuf itself refuses give undefined. */
export function encodedOrNot(request: AssignRequest): Uint8Array | undefined {
  try {
    return toBinary(AssignRequestSchema, request);
  } catch {
    return undefined;
  }
}

const concat = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
