// The totals of a plan as rows of a name and its value in words, and a note, for the table and the page.
import { count, groups } from "./format.ts";
import type { PlanView } from "./plan-view.ts";
import { criterionWords, levelWords } from "./words.ts";

/** Served orders, engineers, travel, distance and times of the whole plan. */
export function totalRows({
  request,
  totals,
  format,
}: PlanView): (readonly [name: string, value: string, note?: string])[] {
  return [
    ["Served", groups(totals.orders), `of ${groups(request.orders.length)}`],
    ["Engineers", groups(totals.engineers), `of ${groups(request.engineers.length)}`],
    ["Travel", format.duration(totals.travel)],
    ["Distance", format.distance(totals.distance)],
    ["Working time", format.duration(totals.working)],
    ["Waiting", format.duration(totals.waiting)],
    ["Late", format.duration(totals.lateness), totals.late > 0 ? `at ${count(totals.late, "stop")}` : ""],
    ["Overtime", format.duration(totals.overtime)],
    ...(totals.loans > 0
      ? ([
          [
            "Loans",
            groups(totals.loans),
            totals.detour === undefined ? "" : `(${format.duration(totals.detour)} detour)`,
          ],
        ] as const)
      : []),
  ];
}

/** Each level of the objective with its value, and the proved bound where there is one. */
export function levelRows({ request, response }: PlanView): (readonly [string, string])[] {
  const words = levelWords(request);
  const levels = response.cost?.levels ?? [];
  const rows = levels.map((level, at) => [`${at + 1}. ${words[at] ?? "level"}`, groups(level)] as const);
  const { noBoundReason = "" } = response.statistics ?? {};
  if (noBoundReason !== "") return [...rows, ["no bound proved", noBoundReason]];
  if (response.bound === undefined) return rows;
  const { levels: bounds, gap, provenOptimal } = response.bound;
  return [
    ...rows,
    ["proved bound", bounds.map(groups).join(" | ")] as const,
    ["gap", provenOptimal ? "0 (proven optimal)" : `${(gap * 100).toFixed(2)} %`] as const,
  ];
}

/** What each criterion adds to the soft cost, largest first, in seconds and in words. */
export function costRows({ response, format }: PlanView): { name: string; seconds: number; words: string }[] {
  return (response.cost?.criteria ?? [])
    .map(({ criterionId, cost }) => {
      const seconds = Number(cost) * format.secondsPerTick;
      return { name: criterionWords(criterionId), seconds, words: format.duration(seconds) };
    })
    .sort((a, b) => b.seconds - a.seconds);
}
