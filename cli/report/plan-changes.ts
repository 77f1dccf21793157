// What became of a running plan: every changed order in words, and a line for each of many plans.
import type { AssignRequest, AssignResponse, PlanChange } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanChange_Kind } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { ReoptimizedRow } from "../reoptimize/row.ts";
import { count, type Format, formatOf } from "./format.ts";
import { momentOf } from "./stop-view.ts";
import { columns } from "./text-layout.ts";
import { visitWords } from "./visit-words.ts";
import { levelWords } from "./words.ts";

/** One line for each changed order. */
export function changeLines(request: AssignRequest, { running }: AssignResponse): string[] {
  const { timeZone, ticksPerSecond } = request;
  const format = formatOf({ timeZone, fine: true, planar: false, ticksPerSecond: ticksPerSecond || 1 });
  return (running?.changes ?? []).map((change) => `${change.orderId}: ${changeWords(change, format)}`);
}

function changeWords({ kind, before, after }: PlanChange, format: Format): string {
  const [was, is] = [visitWords(before, format), visitWords(after, format)];
  switch (kind) {
    case PlanChange_Kind.ADDED:
      return `new in the plan, ${is}`;
    case PlanChange_Kind.DROPPED:
      return `left out now, was ${was}`;
    case PlanChange_Kind.RETIMED:
      return `${was} -> ${is}, ${shiftWords(momentOf(after!.start!) - momentOf(before!.start!), format)}`;
    default:
      return `${was} -> ${is}`;
  }
}

const shiftWords = (ms: number, format: Format) =>
  `${format.duration(Math.abs(ms) / 1000)} ${ms < 0 ? "earlier" : "later"}`;

/** One plan: what it was and is worth, and every changed order. */
export function changedPlan(request: AssignRequest, response: AssignResponse): string {
  const { running, cost } = response;
  const names = levelWords(request);
  const levels = (cost?.levels ?? []).map((value, row) => [
    names[row] ?? "",
    `${running?.levels[row] ?? 0n}`,
    `${value}`,
  ]);
  const lines = changeLines(request, response);
  const parts = [
    columns(
      [{ head: "level" }, { head: "plan at now", align: "right" }, { head: "reoptimized", align: "right" }],
      levels,
      110,
    ),
    [
      lines.length === 0 ? "No order changed." : `${count(lines.length, "order")} changed:`,
      ...lines.map((line) => `  ${line}`),
    ],
    ...(running && running.releasedOrderIds.length > 0
      ? [[`Could not stay: ${running.releasedOrderIds.join(", ")}`]]
      : []),
    ...(running && running.inherited.length > 0
      ? [
          [
            `${count(running.inherited.length, "rule")} that the plan broke at now ${running.inherited.length === 1 ? "is" : "are"} still broken, no further.`,
          ],
        ]
      : []),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Many plans, a line each, and their sums. */
export function reoptimizedTable(rows: readonly ReoptimizedRow[], width: number): string {
  const of = (row: ReoptimizedRow, kind: string) => row.changes.filter((change) => change.kind === kind).length;
  const KINDS = ["added", "moved", "retimed", "dropped"] as const;
  const cells = rows.map((row) =>
    row.error === undefined
      ? [
          row.name,
          ...KINDS.map((kind) => `${of(row, kind) || ""}`),
          `${row.leftOut || ""}`,
          row.levels.before.join(" "),
          row.levels.after.join(" "),
          row.seconds.toFixed(1),
        ]
      : [`${row.name}: ${row.error}`, "", "", "", "", "", "", "", row.seconds.toFixed(1)],
  );
  const sum = (value: (row: ReoptimizedRow) => number) => rows.reduce((total, row) => total + value(row), 0);
  const failed = rows.filter(({ error }) => error !== undefined).length;
  const totals = [
    `${count(rows.length, "plan")}${failed > 0 ? `, ${failed} failed` : ""}`,
    ...KINDS.map((kind) => `${sum((row) => of(row, kind))}`),
    `${sum(({ leftOut }) => leftOut)}`,
    "",
    "",
    sum(({ seconds }) => seconds).toFixed(1),
  ];
  const spec = [
    { head: "request", fill: true },
    ...KINDS.map((head) => ({ head, align: "right" as const })),
    { head: "left out", align: "right" as const },
    { head: "levels at now" },
    { head: "levels after" },
    { head: "s", align: "right" as const },
  ];
  return `${columns(spec, [...cells, totals], Math.max(100, width)).join("\n")}\n`;
}
