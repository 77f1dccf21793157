// One broken rule of a plan, and the way rules report it.
import type { FindingCode } from "./codes.ts";

/** One broken rule: where it is, what the rule expects and what the plan has, in words or numbers. */
export interface Finding {
  readonly code: FindingCode;
  readonly orderId?: string;
  readonly engineerId?: string;
  /** Index in the route's stops, from 0. */
  readonly stopIndex?: number;
  readonly expected: string;
  readonly got: string;
}

/** Where a finding is. */
export type At = Pick<Finding, "orderId" | "engineerId" | "stopIndex">;

/** Takes one finding. */
export type Report = (code: FindingCode, at: At, expected: unknown, got: unknown) => void;

/** A list and the function that fills it. */
export function findings(): { list: Finding[]; report: Report } {
  const list: Finding[] = [];
  const report: Report = (code, at, expected, got) =>
    list.push({ code, ...at, expected: String(expected), got: String(got) });
  return { list, report };
}
