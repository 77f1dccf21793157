// Findings of the checker as a table.
import type { Finding } from "../solver/check/check.ts";
import { columns } from "./report/text-layout.ts";

/** One row for each finding: code, where, what the rule expects and what the plan has. */
export function findingTable(findings: readonly Finding[], width: number): string {
  const spec = [
    { head: "code" },
    { head: "engineer" },
    { head: "stop", align: "right" },
    { head: "order" },
    { head: "expected / got", fill: true },
  ] as const;
  const rows = findings.map((finding) => [
    finding.code,
    finding.engineerId ?? "",
    finding.stopIndex === undefined ? "" : String(finding.stopIndex),
    finding.orderId ?? "",
    `${finding.expected} / ${finding.got}`,
  ]);
  return `${columns(spec, rows, Math.max(80, width)).join("\n")}\n`;
}
