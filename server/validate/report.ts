// How rules report: paths into the request as protobuf-es names, written out as proto paths in the order of the request.
import type { DescMessage, DescOneof } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { ViolationCode } from "./codes.ts";

/** One broken rule; `field` is the proto path from the request's root, such as orders[3].windows[0].end. */
export interface FieldViolation {
  readonly field: string;
  /** What is wrong, with the value. */
  readonly description: string;
  readonly code: ViolationCode;
}

/** Property names and indices from the request down, a oneof written as its name and `value`, as zod writes them. */
export type Path = readonly PropertyKey[];

export type Report = (path: Path, code: ViolationCode, description: string) => void;

/** Collects reports; `violations` gives them by place in the request, then in the order of reporting. */
export class Violations {
  readonly #rows: { key: (number | string)[]; violation: FieldViolation }[] = [];
  readonly #request: AssignRequest;

  constructor(request: AssignRequest) {
    this.#request = request;
  }

  readonly report: Report = (path, code, description) => {
    const { key, field } = protoPath(this.#request, path);
    this.#rows.push({ key, violation: { field, description, code } });
  };

  get violations(): FieldViolation[] {
    return this.#rows.sort((a, b) => compareKeys(a.key, b.key)).map((row) => row.violation);
  }
}

/** A value for a message: short, and never a whole message. */
export function show(value: unknown): string {
  if (typeof value === "string") return value.length > 60 ? `"${value.slice(0, 60)}..."` : `"${value}"`;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  return value === undefined || value === null ? "absent" : Array.isArray(value) ? "a list" : "a message";
}

/** A path from the request's root as it is named in the contract. */
export function fieldOf(request: AssignRequest, path: Path): string {
  return protoPath(request, path).field;
}

function protoPath(root: unknown, path: Path): { key: (number | string)[]; field: string } {
  const key: (number | string)[] = [];
  let field = "";
  let at = root;
  let message: DescMessage | undefined = AssignRequestSchema;
  let oneof: DescOneof | undefined;
  const enter = (name: string, number: number, inner: DescMessage | undefined) => {
    field += field === "" ? name : `.${name}`;
    key.push(number);
    message = inner;
  };
  for (const part of path) {
    if (oneof) {
      const chosen = oneof.fields.find((candidate) => candidate.localName === property(at, "case"));
      if (part === "value" && chosen) enter(chosen.name, chosen.number, chosen.message);
      else enter(oneof.name, oneof.fields[0]!.number, undefined);
      oneof = undefined;
    } else if (typeof part === "number") {
      field += `[${part}]`;
      key.push(part);
    } else if (message) {
      const inner: DescMessage = message;
      const found = inner.fields.find((candidate) => candidate.localName === part);
      oneof = found ? undefined : inner.oneofs.find((candidate) => candidate.localName === part);
      if (found) enter(found.name, found.number, found.message);
    } else {
      field += `["${String(part)}"]`;
      key.push(String(part));
    }
    at = property(at, part);
  }
  if (oneof) enter(oneof.name, oneof.fields[0]!.number, undefined);
  return { key, field };
}

/** The value at a path, undefined where the way ends. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(property, root);
}

function property(value: unknown, name: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined;
}

function compareKeys(a: (number | string)[], b: (number | string)[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  }
  return a.length - b.length;
}
