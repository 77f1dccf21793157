// The judgement of a plan as text: findings, values, and how another plan differs.
import type {
  AssignRequest,
  EvaluateResponse,
  Finding,
  WhyNot,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Cost } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { findingTable } from "../findings.ts";
import { count, formatOf } from "./format.ts";
import { columns } from "./text-layout.ts";
import { visitWords } from "./visit-words.ts";
import { levelWords } from "./words.ts";

/** The judgement in at most `width` columns, 80 at least. */
export function evaluationTable(request: AssignRequest, answer: EvaluateResponse, width: number): string {
  const { findings, cost, comparison } = answer;
  const parts = [verdict("The plan", findings, width)];
  if (comparison) {
    parts.push(verdict("The other plan", comparison.otherFindings, width), movedLines(request, answer));
    parts.push(comparedValues(request, cost, comparison.otherCost, comparison.difference));
  } else parts.push(values(request, cost));
  if (answer.whyNot.length > 0) parts.push(answer.whyNot.map(whyNotLines).join("\n"));
  return `${parts.join("\n\n")}\n`;
}

function verdict(name: string, findings: readonly Finding[], width: number): string {
  if (findings.length === 0) return `${name} keeps every rule.`;
  return `${name} breaks rules at ${count(findings.length, "place")}:\n${findingTable(findings, width).trimEnd()}`;
}

function values(request: AssignRequest, cost: Cost | undefined): string {
  const rows = valueRows(request, cost).map(([name, value]) => [name, String(value)]);
  return columns([{ head: "value" }, { head: "ticks, metres or count", align: "right" }], rows, 80).join("\n");
}

/** Names and numbers of levels, measures and criteria. */
function valueRows(request: AssignRequest, cost: Cost | undefined): (readonly [string, bigint])[] {
  const levels = levelWords(request);
  return [
    ...(cost?.levels ?? []).map((value, row) => [`level ${row + 1}: ${levels[row] ?? ""}`, value] as const),
    ...(cost?.measures ?? []).map(({ measure, value }) => [Measure[measure]!, value] as const),
    ...(cost?.criteria ?? []).map(({ criterionId, cost }) => [`soft cost: ${criterionId}`, cost] as const),
  ];
}

function comparedValues(
  request: AssignRequest,
  cost: Cost | undefined,
  other: Cost | undefined,
  difference: Cost | undefined,
): string {
  const [base, others, changes] = [cost, other, difference].map((one) => new Map(valueRows(request, one)));
  const names = [...new Set([...base!.keys(), ...others!.keys()])];
  const rows = names.map((name) => {
    const change = changes!.get(name) ?? 0n;
    return [name, `${base!.get(name) ?? 0n}`, `${others!.get(name) ?? 0n}`, change > 0n ? `+${change}` : `${change}`];
  });
  const spec = [
    { head: "value" },
    { head: "plan", align: "right" },
    { head: "other", align: "right" },
    { head: "difference", align: "right" },
  ] as const;
  return columns(spec, rows, 110).join("\n");
}

function movedLines(request: AssignRequest, { comparison }: EvaluateResponse): string {
  const moved = comparison?.moved ?? [];
  if (moved.length === 0) return "No order moved.";
  const { timeZone, ticksPerSecond } = request;
  const format = formatOf({ timeZone, fine: true, planar: false, ticksPerSecond: ticksPerSecond || 1 });
  const rows = moved.map(({ orderId, before, after }) => [
    orderId,
    visitWords(before, format),
    visitWords(after, format),
  ]);
  const table = columns([{ head: "order" }, { head: "plan" }, { head: "other plan" }], rows, 110);
  return [`${count(moved.length, "order")} moved:`, ...table].join("\n");
}

/** The answer to one question, and what would have to be otherwise. */
function whyNotLines({ orderId, engineerId, message, relaxations }: WhyNot): string {
  const more = relaxations.map((relaxation) => `  ${relaxation.message}`);
  return [`${orderId} by ${engineerId}: ${message}`, ...more].join("\n");
}
