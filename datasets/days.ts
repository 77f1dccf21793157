// The small days of datasets/days by the name of their file; docs/datasets.md has the story of each.
import { toJson } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { loanNeeded } from "./make-days/loan-needed.ts";
import { loanPays } from "./make-days/loan-pays.ts";
import { midDayLocks } from "./make-days/mid-day-locks.ts";
import { overloaded } from "./make-days/overloaded.ts";

/** Every day by the name of its file, without `.json`. */
export const DAYS: Readonly<Record<string, () => AssignRequest>> = {
  "loan-needed": loanNeeded,
  "loan-pays": loanPays,
  overloaded,
  "mid-day-locks": midDayLocks,
};

/** The text of a day's file: proto3 JSON, two spaces, a newline at the end. */
export function dayText(request: AssignRequest): string {
  return `${JSON.stringify(toJson(AssignRequestSchema, request), null, 2)}\n`;
}
