// How commands fail: exit codes, errors of usage, and what is said on stderr.
import { RequestError, type StatusName } from "../server/errors.ts";
import { RoadError } from "../solver/roads/engine.ts";
import { columns } from "./report/text-layout.ts";

/** Exit codes of every command. */
export const EXIT = { ok: 0, findings: 1, usage: 2, failure: 3 } as const;

/** The caller gave something that cannot be used: a bad option, an unreadable file. The message says which and its value. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Statuses that say that the request, not the server, is the reason. */
const BAD_REQUEST: ReadonlySet<StatusName> = new Set(["INVALID_ARGUMENT", "UNIMPLEMENTED", "FAILED_PRECONDITION"]);

/** Says on stderr what went wrong and returns the exit code. What nobody expected is shown with its stack. */
export function reportFailure(thrown: unknown): number {
  if (thrown instanceof UsageError) {
    console.error(`shanpai: ${thrown.message}`);
    return EXIT.usage;
  }
  // A benchmark says first which instance it was.
  const refused = thrown instanceof Error && thrown.cause instanceof RequestError ? thrown.cause : thrown;
  if (refused instanceof RequestError) {
    console.error(`shanpai: ${refused.code}: ${(thrown as Error).message}`);
    if (refused.violations.length > 0) console.error(violationTable(refused.violations));
    return BAD_REQUEST.has(refused.code) ? EXIT.usage : EXIT.failure;
  }
  if (thrown instanceof RoadError) {
    console.error(`shanpai: ${thrown.message}`);
    return thrown.fault === "refused" ? EXIT.usage : EXIT.failure;
  }
  console.error("shanpai: unexpected error");
  console.error(thrown);
  return EXIT.failure;
}

function violationTable(violations: RequestError["violations"]): string {
  const spec = [{ head: "field" }, { head: "problem", fill: true }, { head: "code" }];
  const rows = violations.map(({ field, description, code }) => [field, description, code]);
  return columns(spec, rows, Math.max(80, process.stderr.columns ?? 110)).join("\n");
}
