// The best places for one order as text: who, when, what it changes, and on request why.
import type {
  AssignRequest,
  Recommendation,
  RecommendResponse,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { formatOf, groups } from "./format.ts";
import { momentOf } from "./stop-view.ts";
import { columns } from "./text-layout.ts";
import { criterionWords, levelWords, STATUS_WORDS } from "./words.ts";

const WIDTH = 110;

/** The recommendations in at most 110 columns; with `explain` all criteria of each. Times are local to `request.time_zone`. */
export function recommendationTable(
  request: AssignRequest,
  orderId: string,
  { recommendations, reasons }: RecommendResponse,
  { explain }: { explain: boolean },
): string {
  if (recommendations.length === 0)
    return `Nobody can take ${orderId}: ${reasons.map(({ message }) => message).join(" ")}\n`;
  const format = formatOf({
    timeZone: request.timeZone,
    fine: request.travel?.source.case === "planar",
    planar: request.travel?.source.case === "planar",
    ticksPerSecond: request.ticksPerSecond || 1,
  });
  const clock = (moment: Recommendation["start"]) => (moment ? format.clock(momentOf(moment)) : "");
  const words = levelWords(request);
  const spec = [
    { head: "#", align: "right" },
    { head: "engineer" },
    { head: "shift", align: "right" },
    { head: "stop", align: "right" },
    { head: "day" },
    { head: "arrive" },
    { head: "start-end" },
    { head: `travel ${format.durationUnit}`, align: "right" },
    ...words.map((_, level) => ({ head: `level ${level + 1}`, align: "right" }) as const),
  ] as const;
  const rows = recommendations.map((one, index) => [
    `${index + 1}`,
    one.engineerId,
    `${one.shiftIndex}`,
    `${one.stopIndex + 1}`,
    one.start ? format.day(momentOf(one.start)) : "",
    clock(one.arrival),
    `${clock(one.start)}-${clock(one.departure)}${one.lateness?.seconds ? " late" : ""}`,
    signed(Math.round(Number(one.travelChange?.seconds ?? 0n) / (format.durationUnit === "min" ? 60 : 1))),
    ...one.levelChanges.map(signed),
  ]);
  const legend = words.map((text, level) => `level ${level + 1}: ${text}`).join("; ");
  const lines = [`Places for ${orderId}, best first`, ...columns(spec, rows, WIDTH), "", `Changes of ${legend}.`];
  if (explain) for (const one of recommendations) lines.push("", ...criteriaLines(one));
  return `${lines.join("\n")}\n`;
}

const signed = (value: number | bigint) => (value > 0 ? `+${groups(value)}` : groups(value));

function criteriaLines({ engineerId, explanation }: Recommendation): string[] {
  const spec = [
    { head: "criterion" },
    { head: "status" },
    { head: "score", align: "right" },
    { head: "cost", align: "right" },
    { head: "why", fill: true },
  ] as const;
  const rows = (explanation?.rows ?? []).map((row) => [
    criterionWords(row.criterionId),
    STATUS_WORDS[row.status],
    `${row.score}`,
    groups(row.cost),
    row.sentence,
  ]);
  return [engineerId, ...columns(spec, rows, WIDTH)];
}
