// Errors of a request: a gRPC status name, a message and field violations, able to cross threads as plain data.
import type { status } from "@grpc/grpc-js";

/** Name of a gRPC status other than OK. */
export type StatusName = Exclude<keyof typeof status, "OK">;

/** One broken rule: proto path from the request's root, words with the value, code of docs/errors.md. */
export interface Violation {
  readonly field: string;
  readonly description: string;
  readonly code: string;
}

/** A request that is not answered, and why. `violations` go with INVALID_ARGUMENT, `retryMs` with RESOURCE_EXHAUSTED. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: StatusName;
  readonly violations: readonly Violation[];
  /** When a retry makes sense, milliseconds from now. */
  readonly retryMs: number | undefined;

  constructor(code: StatusName, message: string, violations: readonly Violation[] = [], retryMs?: number) {
    super(message);
    this.code = code;
    this.violations = violations;
    this.retryMs = retryMs;
  }
}

/** The error for a request that breaks rules of the contract; the message has the total and the first of them. */
export function invalidRequest(violations: readonly Violation[]): RequestError {
  const first = violations[0];
  const total = violations.length === 1 ? "1 violation" : `${violations.length} violations`;
  return new RequestError(
    "INVALID_ARGUMENT",
    first ? `${total}; ${violations.length > 1 ? "the first: " : ""}${first.field}: ${first.description}` : total,
    violations,
  );
}

/** Throws RequestError CANCELLED where the caller has gone. */
export function stopIfGone({ stopped }: { readonly stopped: () => boolean }): void {
  if (stopped()) throw new RequestError("CANCELLED", "the caller has gone");
}

/** A RequestError as structured-cloneable data. */
export interface PlainError {
  readonly code: StatusName;
  readonly message: string;
  readonly violations: readonly Violation[];
  /** Stack of an unexpected error, for the log. */
  readonly stack?: string;
}

/** Plain data of any thrown value; what is not a RequestError becomes INTERNAL. */
export function toPlainError(thrown: unknown): PlainError {
  if (thrown instanceof RequestError) {
    const violations = thrown.violations.map(({ field, description, code }) => ({ field, description, code }));
    return { code: thrown.code, message: thrown.message, violations };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    code: "INTERNAL",
    message: `unexpected error: ${error.message}`,
    violations: [],
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

/** The error again, on the other side of the thread boundary. */
export function fromPlainError(plain: PlainError): RequestError {
  const error = new RequestError(plain.code, plain.message, plain.violations);
  if (plain.stack !== undefined) error.stack = plain.stack;
  return error;
}
