// Rules that the running plan breaks: no findings, but noted.
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** Reports a broken rule, or notes it where it is `allowed`: the running plan breaks it no less. */
export function unless(allowed: boolean, { allowances }: Facts, report: Report): Report {
  if (!allowed || !allowances) return report;
  return (code, at, expected, got) =>
    allowances.met.push({ code, ...at, expected: String(expected), got: String(got) });
}
