// Answers too large for one message of a stream: encoded, cut between the entries of their lists, and put together again.
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  type AssignResponse,
  AssignResponseSchema,
  AssignStreamResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";

/** Largest answer that is sent in one message, bytes: gRPC clients take 4 MB (2^22) unless told otherwise. */
export const MOST_BYTES = 3_000_000;

const { assignments, explanations, plan } = AssignResponseSchema.field;
/** Lists of the answer that are cut; those of the plan are cut, too. */
const LISTS: ReadonlySet<number> = new Set([assignments.number, explanations.number]);
const PLAN_LISTS: ReadonlySet<number> = new Set([PlanSchema.field.routes.number, PlanSchema.field.unassigned.number]);

/** The encoded events that bring an encoded AssignResponse: chunks of about `most` bytes, then the response with the rest. */
export function responseEvents(response: Uint8Array, most: number = MOST_BYTES): Uint8Array[] {
  const { chunk, response: last } = AssignStreamResponseSchema.field;
  if (response.length <= most) return [event(last.number, response)];
  const events: Uint8Array[] = [];
  const rest: Uint8Array[] = [];
  let piece = new Piece();
  const room = (bytes: number) => {
    if (piece.bytes > 0 && piece.bytes + bytes > most) {
      events.push(event(chunk.number, piece.encoded([])));
      piece = new Piece();
    }
  };
  for (const field of fieldsOf(response)) {
    if (field.number === plan.number)
      for (const inner of fieldsOf(field.content)) {
        if (!PLAN_LISTS.has(inner.number)) continue;
        room(inner.whole.length);
        piece.add(inner.whole, piece.ofPlan);
      }
    else if (LISTS.has(field.number)) {
      room(field.whole.length);
      piece.add(field.whole, piece.others);
    } else rest.push(field.whole);
  }
  events.push(event(last.number, piece.encoded(rest)));
  return events;
}

/** The answer from the chunks of a stream and its last message. */
export function joined(chunks: readonly AssignResponse[], last: AssignResponse): AssignResponse {
  for (const chunk of [...chunks].reverse()) {
    last.plan?.routes.unshift(...(chunk.plan?.routes ?? []));
    last.plan?.unassigned.unshift(...(chunk.plan?.unassigned ?? []));
    last.assignments.unshift(...chunk.assignments);
    last.explanations.unshift(...chunk.explanations);
  }
  return last;
}

/** Entries that go into one message. */
class Piece {
  readonly ofPlan: Uint8Array[] = [];
  readonly others: Uint8Array[] = [];
  bytes = 0;

  add(entry: Uint8Array, list: Uint8Array[]): void {
    list.push(entry);
    this.bytes += entry.length;
  }

  /** As an AssignResponse with the fields in `rest`; its plan is there even without entries. */
  encoded(rest: readonly Uint8Array[]): Uint8Array {
    const planBytes = Buffer.concat(this.ofPlan);
    const head = new BinaryWriter().tag(plan.number, WireType.LengthDelimited).bytes(planBytes).finish();
    return Buffer.concat([head, ...this.others, ...rest]);
  }
}

interface Field {
  readonly number: number;
  /** With its tag. */
  readonly whole: Uint8Array;
  /** Without tag and length; empty unless the field is length-delimited. */
  readonly content: Uint8Array;
}

function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const [number, type] = reader.tag();
    const content = type === WireType.LengthDelimited ? reader.bytes() : new Uint8Array();
    if (type !== WireType.LengthDelimited) reader.skip(type, number);
    yield { number, whole: message.subarray(from, reader.pos), content };
  }
}

function event(number: number, message: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(message).finish();
}
