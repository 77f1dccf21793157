// A plan and its explanations as plain text for a terminal.
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { costRows, levelRows, totalRows } from "./cost-rows.ts";
import { count, type Format, groups } from "./format.ts";
import { type PlanView, type RouteView, viewPlan } from "./plan-view.ts";
import type { LegView, Span } from "./stop-view.ts";
import { columns, pad, textWidth, wrap } from "./text-layout.ts";
import { criterionWords, STATUS_WORDS } from "./words.ts";

const WIDTH = 110;

/**
 * A plan in at most 110 columns: each route with its stops, orders left out with reasons, totals. Times are local to
 * `request.time_zone`. An answer without a plan (`validate_only`) gives its violations. Throws where the two do not belong together.
 */
export function planTable(request: AssignRequest, response: AssignResponse, tables?: RoadTables): string {
  if (response.plan === undefined) return `${violations(response).join("\n")}\n`;
  const view = viewPlan(request, response, response.plan, tables);
  const parts = [
    ...view.routes.map((route) => routeLines(route, view.format)),
    unassignedLines(view),
    totalLines(view),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** Every criterion of one order for each explained engineer, the chosen one first. Throws where the order is not explained. */
export function explanationTable(response: AssignResponse, orderId: string): string {
  const found = response.explanations.filter((explanation) => explanation.orderId === orderId);
  if (found.length === 0) {
    const explained = [...new Set(response.explanations.map((explanation) => explanation.orderId))].join(", ");
    throw new Error(
      `order ${JSON.stringify(orderId)} is not explained in this answer, which explains: ${explained || "nothing"}`,
    );
  }
  const spec = [
    { head: "criterion" },
    { head: "status" },
    { head: "score", align: "right" },
    { head: "cost", align: "right" },
    { head: "why", fill: true },
  ] as const;
  const blocks = found.map((explanation) => {
    const rows = explanation.rows.map((row) => [
      criterionWords(row.criterionId),
      STATUS_WORDS[row.status],
      String(row.score),
      groups(row.cost),
      row.sentence,
    ]);
    const title = `${orderId} by ${explanation.engineerId}${explanation.chosen ? " (chosen)" : explanation.runnerUp ? " (runner-up)" : ""}`;
    return [title, ...columns(spec, rows, WIDTH)].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

function routeLines(route: RouteView, format: Format): string[] {
  const title = [
    route.title === route.engineer.id ? route.title : `${route.title} (${route.engineer.id})`,
    route.mode,
    `${format.day(route.departure)}, shift ${spanWords(route.shiftSpan, format)}`,
    count(route.orders, "order"),
  ].join(" · ");
  const totals = [
    `out ${format.clock(route.departure)}, ${route.finalLeg ? "back" : "done"} ${format.clock(route.arrival)}`,
    `working ${format.duration(route.working)}`,
    `travel ${format.duration(route.travel)}`,
    format.distance(route.distance),
    route.waiting > 0 ? `waiting ${format.duration(route.waiting)}` : "",
    route.lateness > 0 ? `late ${format.duration(route.lateness)}` : "",
    route.overtime > 0 ? `overtime ${format.duration(route.overtime)}` : "",
  ];
  const spec = [
    { head: "#", align: "right" },
    { head: "stop" },
    { head: "arrive" },
    { head: "start-end" },
    { head: `wait ${format.durationUnit}`, align: "right" },
    { head: `late ${format.durationUnit}`, align: "right" },
    { head: `travel ${format.durationUnit}`, align: "right" },
    { head: format.distanceUnit, align: "right" },
    { head: "what", fill: true },
  ] as const;
  const rows = route.stops.map((stop) => [
    String(stop.number),
    stop.kind,
    format.clock(stop.arrival),
    spanWords([stop.start, stop.departure], format),
    format.amount(stop.waiting),
    format.amount(stop.lateness),
    format.amount(stop.leg.duration),
    format.reach(stop.leg.distance),
    [
      [stop.title, ...stop.details].join(" · "),
      ...(stop.parts ? [`parts: ${stop.parts}`] : []),
      ...directionLines(stop.leg),
    ],
  ]);
  if (route.finalLeg !== undefined)
    rows.push([
      "",
      "end",
      format.clock(route.arrival),
      "",
      "",
      "",
      format.amount(route.finalLeg.duration),
      format.reach(route.finalLeg.distance),
      directionLines(route.finalLeg),
    ]);
  return [
    ...wrap(title, WIDTH),
    ...wrap(totals.filter(Boolean).join(" · "), WIDTH),
    ...columns(spec, rows, WIDTH - 2).map((line) => `  ${line}`),
  ];
}

/** Turn-by-turn instructions of a leg, numbered. */
function directionLines({ instructions }: LegView): string[] {
  return instructions.map((words, index) => `${index + 1}. ${words}`);
}

function unassignedLines({ unassigned, format }: PlanView): string[] {
  if (unassigned.length === 0) return [];
  return [
    `Left out: ${count(unassigned.length, "order")}`,
    ...unassigned.flatMap((row) => {
      const windows = row.windows.map((window) => spanWords(window, format)).join(", ");
      const facts = [...row.details, windows && `window ${windows}`, `priority ${row.order.priority}`];
      return [
        ...wrap([row.order.id, ...facts.filter(Boolean)].join(" · "), WIDTH - 2).map((line) => `  ${line}`),
        ...row.reasons.flatMap((reason) => wrap(reason, WIDTH - 4)).map((line) => `    ${line}`),
      ];
    }),
  ];
}

function totalLines(view: PlanView): string[] {
  const block = (title: string, rows: readonly (readonly [string, string])[]) => {
    const [left, right] = [0, 1].map((at) => Math.max(0, ...rows.map((row) => textWidth(row[at]!))));
    return rows.length === 0
      ? []
      : [title, ...rows.map(([name, value]) => `  ${pad(name, left!)}  ${pad(value, right!, "right")}`)];
  };
  return [
    ...block(
      "Totals",
      totalRows(view).map(([name, ...value]) => [name, value.filter(Boolean).join(" ")] as const),
    ),
    ...block("Objective", levelRows(view)),
    ...block(
      "Cost by criterion (equivalent time)",
      costRows(view).map(({ name, words }) => [name, words] as const),
    ),
  ];
}

function violations(response: AssignResponse): string[] {
  if (response.violations.length === 0) return ["The request is valid."];
  return [
    `The request breaks ${count(response.violations.length, "rule")}:`,
    ...response.violations.map(({ field, description, code }) => `  ${field}: ${description} (${code})`),
  ];
}

function spanWords([start, end]: Span, format: Format): string {
  return `${format.clock(start)}-${format.clock(end)}`;
}
