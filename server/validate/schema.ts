// Structure and ranges of a whole request, and zod's issues in the words of the contract.
import { z } from "zod";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { OnInvalidOrder } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { ViolationCode } from "./codes.ts";
import { holds } from "./holds.ts";
import { explain, objective, policy, search } from "./policy.ts";
import { type Report, show, valueAt } from "./report.ts";
import { required, rule, shortText, timestamp, timeZone } from "./schema-basics.ts";
import { engineer, operatingCentre } from "./schema-engineer.ts";
import { order } from "./schema-order.ts";
import { plan } from "./schema-plan.ts";
import { directions, travel } from "./schema-travel.ts";

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Structure and ranges of a request. */
export const request = z.object({
  requestId: shortText,
  now: required(timestamp),
  timeZone: rule(timeZone, "REQUIRED", "is required", (zone) => zone !== ""),
  currencyCode: rule(
    z.string(),
    "UNKNOWN_CURRENCY",
    "must be an ISO 4217 code such as CNY",
    (code) => code === "" || CURRENCIES.has(code),
  ),
  ticksPerSecond: z.int().min(0).max(1_000_000),
  orders: z.array(order),
  engineers: z.array(engineer).min(1),
  operatingCentres: z.array(operatingCentre),
  travel: travel.optional(),
  directions: directions.optional(),
  objective: objective.optional(),
  policy: policy.optional(),
  currentPlan: plan.optional(),
  search: search.optional(),
  onInvalidOrder: z.enum(OnInvalidOrder),
  explain: explain.optional(),
});

const isSound = holds(request);

/**
 * Reports every breach of structure and ranges. False when a value has another type than the contract's, which no wire
 * and no JSON can bring; other rules cannot read such a request.
 */
export function checkSchema(message: AssignRequest, report: Report): boolean {
  if (isSound(message)) return true;
  const result = request.safeParse(message);
  let readable = true;
  for (const issue of result.error?.issues ?? []) {
    const { code, text } = inWords(issue, valueAt(message, issue.path));
    if (code === "WRONG_TYPE") readable = false;
    report(issue.path, code, text);
  }
  return readable;
}

function inWords(issue: z.core.$ZodIssue, value: unknown): { code: ViolationCode; text: string } {
  switch (issue.code) {
    case "custom": {
      const code = issue.params?.code as ViolationCode | undefined;
      if (code === "REQUIRED") return { code, text: issue.message };
      return code ? { code, text: `${issue.message}, is ${show(value)}` } : wrongType(value);
    }
    case "too_small":
      if (issue.origin === "string" || issue.origin === "array") return { code: "REQUIRED", text: "must not be empty" };
      return {
        code: "OUT_OF_RANGE",
        text: `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}, is ${show(value)}`,
      };
    case "too_big":
      return { code: "OUT_OF_RANGE", text: `must be at most ${issue.maximum}, is ${show(value)}` };
    case "invalid_value":
      if (typeof value !== "number") return wrongType(value);
      return { code: "UNKNOWN_ENUM", text: `must be a known value, is ${show(value)}` };
    case "invalid_union":
      if (value === undefined && issue.path.at(-1) === "case") return { code: "REQUIRED", text: "is required" };
      return wrongType(value);
    case "invalid_type":
      if (issue.expected === "nonoptional") return { code: "REQUIRED", text: "is required" };
      // Only a number that is none, or no integer where one is asked for, is a wrong value of the right type.
      if (typeof value === "number" && (issue.expected === "number" || issue.expected === "int"))
        return {
          code: "OUT_OF_RANGE",
          text: `must be a ${issue.expected === "int" ? "whole" : "finite"} number, is ${value}`,
        };
      return wrongType(value);
    default:
      return wrongType(value);
  }
}

const wrongType = (value: unknown) => ({
  code: "WRONG_TYPE" as const,
  text: `has a value of the wrong type for ${AssignRequestSchema.typeName}: ${show(value)}`,
});
