// A plan as one HTML page that needs nothing else: totals, map, timeline, stops, orders left out, costs, explanations.
import { createHash } from "node:crypto";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { costRows, levelRows, totalRows } from "./cost-rows.ts";
import { explanations } from "./explanations.ts";
import { planMap } from "./map.ts";
import { type Markup, markup, trusted } from "./markup.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { type PlanView, viewPlan } from "./plan-view.ts";
import { timeline } from "./timeline.ts";
import { windowWords } from "./tips.ts";

/**
 * The page of a plan. Text of the request and the answer is escaped, and a content security policy lets only the page's own script
 * run and nothing be fetched. It takes about 1.5 kB for each stop. Throws where the answer has no plan or does not belong to the request.
 */
export function planHtml(request: AssignRequest, response: AssignResponse, tables?: RoadTables): string {
  if (response.plan === undefined) throw new Error("the answer has no plan: the request was only validated");
  const view = viewPlan(request, response, response.plan, tables);
  const hash = createHash("sha256").update(PAGE_SCRIPT).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'`;
  return `<!doctype html>\n${
    markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${titleOf(view)}</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
<main>
  <header>
    <h1>${titleOf(view)}</h1>
    <p>${[request.requestId, `times in ${request.timeZone || "UTC"}`].filter(Boolean).join(" · ")}</p>
    <dl class="tiles" style="--tiles:${totalRows(view).length}">${totalRows(view).map(([name, value, note]) => markup`<div><dt>${name}</dt><dd>${value} ${note && markup`<small>${note}</small>`}</dd></div>`)}</dl>
  </header>
  <div class="board">
    <section class="card" aria-labelledby="map-title"><h2 id="map-title">Routes</h2>${planMap(view)}</section>
    <section class="card" aria-labelledby="time-title"><h2 id="time-title">Engineers</h2>${timeline(view)}${unused(view)}</section>
  </div>
  <div class="facts-board">
    <section class="card" aria-labelledby="left-title"><h2 id="left-title">Left out</h2>${leftOut(view)}</section>
    <section class="card" aria-labelledby="cost-title"><h2 id="cost-title">Objective</h2>${costs(view)}</section>
  </div>
  ${explanations(response.explanations)}
  <footer>${provenance(view)}</footer>
</main>
<div id="tip" aria-hidden="true" hidden></div>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`.markup
  }`;
}

function titleOf({ routes, format }: PlanView): string {
  const first = routes.reduce((a, { departure }) => Math.min(a, departure), Number.POSITIVE_INFINITY);
  return routes.length === 0 ? "Plan without routes" : `Plan for ${format.day(first)}`;
}

function unused({ unused: engineers }: PlanView): Markup | undefined {
  if (engineers.length === 0) return undefined;
  const names = engineers.map((engineer) => engineer.name || engineer.id).join(", ");
  return markup`<p class="hint">Not needed: ${names}</p>`;
}

function leftOut({ unassigned, format }: PlanView): Markup {
  if (unassigned.length === 0) return markup`<p class="hint">Every order is served.</p>`;
  return markup`<ul class="left-out-list">${unassigned.map((row) => {
    const window = windowWords(row, format);
    const facts = [...row.details, window && `window ${window}`, `priority ${row.order.priority}`].filter(Boolean);
    return markup`<li><b>${row.order.id}</b><span class="quiet">${facts.join(" · ")}</span>${row.reasons.map((reason) => markup`<p>${reason}</p>`)}</li>`;
  })}</ul>`;
}

function costs(view: PlanView): Markup {
  const rows = costRows(view);
  const largest = Math.max(1, ...rows.map(({ seconds }) => Math.abs(seconds)));
  return markup`
    <table>${levelRows(view).map(([name, value]) => markup`<tr><th scope="row">${name}</th><td class="number">${value}</td></tr>`)}</table>
    ${
      rows.length > 0 &&
      markup`<h2>Cost by criterion, in equivalent time</h2>
    <table>${rows.map(({ name, seconds, words }) => markup`<tr><th scope="row">${name}</th><td class="share"><i style="width:${(100 * Math.abs(seconds)) / largest}%"></i></td><td class="number">${words}</td></tr>`)}</table>`
    }`;
}

function provenance({ response: { provenance: from, statistics } }: PlanView): string {
  return [
    from && `travel ${from.travelSource.replaceAll("_", " ")}`,
    ["osrm", "valhalla"].includes(from?.travelSource ?? "") && "roads © OpenStreetMap contributors",
    from?.coreVersion && `core ${from.coreVersion}`,
    from?.catalogueVersion && `catalogue ${from.catalogueVersion}`,
    from && `seed ${from.seed}`,
    statistics && `${statistics.iterations} iterations, ${statistics.workers} workers`,
    from?.requestDigest && `request ${from.requestDigest}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
