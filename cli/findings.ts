// Findings of the checker as a table.
import { columns } from "./report/text-layout.ts";

/** A finding of the checker, as it says it or as a message. */
interface FindingRow {
  readonly code: string;
  readonly engineerId?: string;
  readonly orderId?: string;
  readonly stopIndex?: number | undefined;
  readonly expected: string;
  readonly got: string;
}

/** One row for each finding: code, where, what the rule expects and what the plan has. */
export function findingTable(findings: readonly FindingRow[], width: number): string {
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
