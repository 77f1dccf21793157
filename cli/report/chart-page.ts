// One HTML page with charts that needs nothing else: Apache ECharts and the data are in it, and nothing is fetched.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { EChartsOption } from "echarts";
import { type Markup, markup, trusted } from "./markup.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** A part of the page. */
export interface ChartSection {
  readonly title: string;
  /** What the chart shows, in a sentence or two. */
  readonly note?: string;
  /** Plain JSON: functions do not reach the page. */
  readonly chart?: EChartsOption;
  /** Pixels, 320 if absent. */
  readonly height?: number;
  readonly content?: Markup;
  /** Takes the whole width. */
  readonly wide?: boolean;
}

export interface ChartPage {
  readonly title: string;
  /** A line below the title. */
  readonly about: string;
  readonly sections: readonly ChartSection[];
  /** Browser JavaScript after the charts are drawn; `data` is what it finds as `DATA`. */
  readonly script?: string;
  readonly data?: unknown;
}

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008). */
export const CHART_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#666666"];

const STYLE = `
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.charts > .full { grid-column: 1 / -1; }
.charts .card > p { margin: -6px 0 8px; }
@media (max-width: 900px) { .charts { grid-template-columns: minmax(0, 1fr); } }
.day-maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 12px; }
.day-clock { display: flex; align-items: center; gap: 8px; margin-bottom: 10px; }
.day-clock input { flex: 1; }
.day-clock button { min-width: 34px; height: 30px; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--ink); font: inherit; cursor: pointer; }
.day-clock output { min-width: 60px; font-size: 18px; font-weight: 650; text-align: right; }
.day-maps h3 { font-weight: 600; margin: 0 0 4px; }
`;

const DRAW = `"use strict";
const DATA = JSON.parse(document.getElementById("data").textContent);
const DARK = matchMedia("(prefers-color-scheme: dark)").matches;
const draw = (element, option) => {
  const chart = echarts.init(element, DARK ? "dark" : null, { renderer: "svg" });
  chart.setOption({ animation: false, backgroundColor: "transparent", ...option });
  addEventListener("resize", () => chart.resize());
  return chart;
};
for (const element of document.querySelectorAll("[data-chart]")) draw(element, DATA.charts[element.dataset.chart]);
`;

/** The page; text is escaped, and a content security policy lets only its own scripts run. */
export function chartPage({ title, about, sections, script = "", data }: ChartPage): string {
  const library = readFileSync(createRequire(import.meta.url).resolve("echarts/dist/echarts.common.min.js"), "utf8");
  const own = `${DRAW}${script}`;
  const hashes = [library, own].map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${hashes.join(" ")}`;
  const charts = sections.flatMap(({ chart }) => (chart ? [{ color: CHART_COLOURS, ...chart }] : []));
  // Text in it may look like the end of the element.
  const json = JSON.stringify({ charts, ...(data !== undefined && { own: data }) }).replaceAll("<", "\\u003c");
  let next = 0;
  const cards = sections.map(
    (section) => markup`<section class="card ${section.wide ? "full" : ""}">
      <h2>${section.title}</h2>${section.note && markup`<p class="quiet">${section.note}</p>`}
      ${section.chart && markup`<div data-chart="${next++}" style="height:${section.height ?? 320}px" role="img" aria-label="${section.title}"></div>`}
      ${section.content}
    </section>`,
  );
  return `<!doctype html>\n${
    markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(PAGE_STYLE)}${trusted(STYLE)}</style>
</head>
<body>
<main>
  <header><h1>${title}</h1><p>${about}</p></header>
  <div class="charts">${cards}</div>
</main>
<script type="application/json" id="data">${trusted(json)}</script>
<script>${trusted(library)}</script>
<script>${trusted(own)}</script>
</body>
</html>
`.markup
  }`;
}

/** A table for a section: heads, and rows whose first cell names them. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return markup`<div class="scroll"><table>
    <thead><tr>${heads.map((head, at) => markup`<th${at > 0 && trusted(' class="number"')}>${head}</th>`)}</tr></thead>
    <tbody>${rows.map(([name = "", ...cells]) => markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td class="number">${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
