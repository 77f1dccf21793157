// Any message of a type: every field, every kind of value, whether valid to the rules of the contract or not.
import { create, type DescField, type DescMessage, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import fc, { type GeneratorValue } from "fast-check";

const MOST_ITEMS = 2;
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const NANOS = { min: 0, max: 999_999_999 };

/** Messages at most so many levels deep. */
export function anyMessage<D extends DescMessage>(desc: D, depth = 5): fc.Arbitrary<MessageShape<D>> {
  return fc.gen().map((gen) => draw(gen, desc, depth));
}

function draw<D extends DescMessage>(gen: GeneratorValue, desc: D, depth: number): MessageShape<D> {
  const message = create(desc);
  if (desc.typeName === TimestampSchema.typeName) {
    // The years 1 to 9999.
    const seconds = gen(fc.bigInt, { min: -62_135_596_800n, max: 253_402_300_799n });
    return Object.assign(message, { seconds, nanos: gen(fc.integer, NANOS) });
  }
  if (desc.typeName === DurationSchema.typeName) {
    const seconds = gen(fc.bigInt, { min: -315_576_000_000n, max: 315_576_000_000n });
    const nanos = gen(fc.integer, NANOS);
    return Object.assign(message, { seconds, nanos: seconds < 0n && nanos > 0 ? -nanos : nanos });
  }
  const open = reflect(desc, message);
  for (const member of desc.members) {
    if (!gen(fc.boolean)) continue;
    const field = member.kind === "oneof" ? pick(gen, member.fields) : member;
    if (depth === 0 && field.message) continue;
    const value = () => one(gen, field, depth);
    if (field.fieldKind === "list") {
      for (let count = gen(fc.nat, MOST_ITEMS); count > 0; count--) open.get(field).add(value());
    } else if (field.fieldKind === "map") {
      for (let count = gen(fc.nat, MOST_ITEMS); count > 0; count--) open.get(field).set(text(gen), value());
    } else open.set(field, value());
  }
  return message;
}

const text = (gen: GeneratorValue) => gen(fc.string, { unit: "grapheme", maxLength: 8 });

const pick = <T>(gen: GeneratorValue, items: readonly T[]) => items[gen(fc.nat, items.length - 1)]!;

// biome-ignore lint/suspicious/noExplicitAny: what a field takes is known at run time only.
function one(gen: GeneratorValue, field: DescField, depth: number): any {
  if (field.message) return reflect(field.message, draw(gen, field.message, depth - 1));
  if (field.enum) return pick(gen, field.enum.values).number;
  switch (field.scalar) {
    case ScalarType.STRING:
      return text(gen);
    case ScalarType.BOOL:
      return gen(fc.boolean);
    case ScalarType.DOUBLE:
      // JSON has no -0.
      return gen(fc.double, { noNaN: true }) + 0;
    case ScalarType.INT32:
      return gen(fc.integer, { min: -(2 ** 31), max: 2 ** 31 - 1 });
    case ScalarType.UINT32:
      return gen(fc.integer, { min: 0, max: 2 ** 32 - 1 });
    case ScalarType.INT64:
      return gen(fc.bigInt, INT64);
    case ScalarType.UINT64:
      return gen(fc.bigInt, { min: 0n, max: 2n ** 64n - 1n });
    default:
      throw new Error(`${field} has a kind that the contract did not have when this was written`);
  }
}
