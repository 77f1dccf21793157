// The style of the plan page, light and dark.

export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #ffffff; --ink: #1c2430; --soft: #5d6878; --line: #e1e5eb; --lane: #eef1f5; --shift: #ffffff;
  --travel: #8d98a8; --window: #7d8aa0; --break: #d5dbe4; --alarm: #c62f3b; --focus: #2563c9; --l: 0.55; --c: 0.13; --on: #ffffff; --map: #fbfcfd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161c; --card: #1a2028; --ink: #e6eaf0; --soft: #98a4b5; --line: #2b333f; --lane: #151a21; --shift: #202833;
    --travel: #76839a; --window: #8492a8; --break: #3a4452; --alarm: #ff7b82; --focus: #7fb0ff; --l: 0.74; --c: 0.11; --on: #12161c; --map: #161b22;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1560px; margin: 0 auto; padding: 24px; display: grid; gap: 16px; }
h1 { font-size: 22px; font-weight: 650; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 15px; font-weight: 650; margin: 0 0 10px; }
h3 { font: inherit; margin: 0; }
.quiet, .hint { color: var(--soft); }
header p { margin: 2px 0 0; color: var(--soft); overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(var(--tiles), minmax(0, 1fr)); gap: 1px; margin: 16px 0 0; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.tiles div { background: var(--card); padding: 10px 14px; }
.tiles dt { color: var(--soft); font-size: 12px; }
.tiles dd { margin: 0; font-size: 16px; font-weight: 600; }
.tiles small { font-size: 12px; font-weight: 400; color: var(--soft); white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; min-width: 0; }
.board { display: grid; grid-template-columns: minmax(0, 9fr) minmax(0, 11fr); gap: 16px; align-items: start; }
.board > .card:first-child { position: sticky; top: 16px; }
.facts-board { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 16px; align-items: start; }
@media (max-width: 1100px) {
  main { padding: 14px; }
  .tiles { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .board, .facts-board { grid-template-columns: minmax(0, 1fr); }
  .board > .card:first-child { position: static; }
}
@media (max-width: 520px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 10px 0 0; padding: 0; list-style: none; font-size: 12px; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: 6px; }

/* Map */
.map-frame { position: relative; }
.map { display: block; width: 100%; background: var(--map); border: 1px solid var(--line); border-radius: 8px; --zoom: 1; touch-action: pan-y; user-select: none; cursor: default; }
.grid path { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; opacity: 0.7; }
.route { --colour: oklch(var(--l) var(--c) var(--hue)); cursor: pointer; }
.route path { fill: none; stroke: var(--colour); vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.route .way { stroke-width: 2; opacity: 0.8; }
.route .home-way { stroke-width: 1.25; stroke-dasharray: 2 4; opacity: 0.55; }
.route .hit { stroke: transparent; stroke-width: 12; pointer-events: stroke; }
.size { transform: scale(calc(var(--zoom, 1) * var(--density, 1))); }
.mark circle, .mark rect { vector-effect: non-scaling-stroke; }
.mark .catch { fill: transparent; stroke: none; }
.stop circle { fill: var(--colour); stroke: var(--map); stroke-width: 1.5; }
.stop text, .bars text { fill: var(--on); font-size: 9px; font-weight: 650; text-anchor: middle; pointer-events: none; }
.mark path { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.mark.home path { stroke: var(--colour, var(--soft)); fill: var(--map); }
.mark.unused { opacity: 0.45; }
.mark.centre rect { fill: var(--ink); stroke: var(--map); stroke-width: 1.5; }
.mark.centre path { stroke: var(--card); }
.mark.left-out circle:last-child { fill: var(--map); fill-opacity: 0.6; stroke: var(--alarm); stroke-width: 2; }
.mark.key-stop circle { fill: var(--soft); }
.mark.stop.loan path { fill: var(--map); stroke: var(--colour); stroke-width: 2; }
.mark.stop.loan text { fill: var(--colour); }
.mark.key-loan path { stroke: var(--soft); stroke-width: 2; }
.quiet-stop { visibility: hidden; }
.selected .quiet-stop { visibility: visible; }
.quiet-stop circle { fill: var(--map); stroke: var(--colour); }
.quiet-stop text { fill: var(--colour); }
.has-selection .route:not(.selected) { opacity: 0.13; }
.has-selection .left-out, .has-selection .unused { opacity: 0.4; }
.has-selection .route:not(.selected):hover { opacity: 0.6; }
.selected .size { transform: scale(var(--zoom, 1)); }
.has-selection .route.selected .way { stroke-width: 3; opacity: 1; }
.has-selection .route.selected .home-way { opacity: 1; }
.key { width: 16px; height: 16px; flex: none; }
.zoom { position: absolute; top: 10px; right: 10px; display: grid; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.zoom button { width: 28px; height: 28px; border: 0; border-top: 1px solid var(--line); background: var(--card); color: var(--ink); font-size: 15px; line-height: 1; cursor: pointer; }
.zoom button:first-child { border-top: 0; }

/* Timeline */
.swatch { width: 16px; height: 10px; border-radius: 2px; flex: none; background: var(--soft); }
.swatch.travel { height: 3px; background: var(--travel); }
.swatch.wait { height: 6px; background: none; border: 1px dashed var(--soft); }
.swatch.supply { background: none; border: 2px solid var(--soft); }
.swatch.loan { width: 5px; height: 16px; background: var(--map); border: 2px solid var(--soft); }
.swatch.break { background: var(--break); }
.swatch.window { height: 2px; background: var(--window); opacity: 0.7; }
.swatch.late { background: none; border: 2px solid var(--alarm); }
.swatch.shift { background: var(--shift); border: 1px solid var(--line); }
.lanes { margin-top: 8px; border: 1px solid var(--line); border-radius: 8px; background: var(--lane); }
.axis-row, .lane { display: grid; padding-right: 20px; grid-template-columns: 150px minmax(0, 1fr); align-items: center; }
.axis-row { position: sticky; top: 0; z-index: 1; background: var(--card); border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; font-size: 11.5px; }
.axis-row span { padding-left: 10px; white-space: nowrap; }
.axis, .bars { display: block; width: 100%; overflow: visible; }
.axis text { fill: var(--soft); font-size: 11px; text-anchor: middle; }
.lane { border-top: 1px solid var(--line); --colour: oklch(var(--l) var(--c) var(--hue)); }
.axis-row + .lane { border-top: 0; }
.lane:last-child { border-radius: 0 0 8px 8px; }
.lane:hover { background: color-mix(in oklab, var(--lane), var(--ink) 4%); }
.pick { display: flex; align-items: center; gap: 8px; width: 100%; height: 30px; padding: 0 10px; border: 0; background: none; color: inherit; font: inherit; font-size: 13px; text-align: left; cursor: pointer; }
.pick .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1; }
.dot { width: 10px; height: 10px; border-radius: 50%; background: var(--colour); flex: none; }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: -2px; border-radius: 6px; }
.bars { cursor: pointer; }
.bar.shift { fill: var(--shift); }
.tick { stroke: var(--line); stroke-width: 1; }
.now { stroke: var(--alarm); stroke-width: 1; stroke-dasharray: 3 3; }
.window { fill: var(--window); opacity: 0.45; }
.bar.travel { fill: var(--travel); }
.bar.setup { fill: var(--colour); opacity: 0.45; }
.bar.wait { fill: none; stroke: var(--soft); stroke-dasharray: 2 2; }
.bar.service { fill: var(--colour); stroke: var(--shift); stroke-width: 1; rx: 2px; }
.bar.loan { fill: var(--map); stroke: var(--colour); stroke-width: 2; rx: 1px; }
.bar.supply { fill: var(--shift); stroke: var(--colour); stroke-width: 2; rx: 2px; }
.bar.break { fill: var(--break); rx: 2px; }
.bar.is-late { stroke: var(--alarm); stroke-width: 2; }
.has-selection .lane:not(.selected) .bars, .has-selection .lane:not(.selected) .pick { opacity: 0.55; }
.lane.selected { background: var(--card); }
.lane.selected .bars { background: var(--lane); }
.lane.selected .name { font-weight: 650; }
.lane.selected .window { opacity: 0.9; }
.detail { grid-column: 1 / -1; padding: 4px 0 12px 8px; margin-right: -12px; min-width: 0; }
.detail[hidden] { display: none; }
.directions { font-weight: 400; font-size: 12px; color: var(--soft); }
.directions summary { cursor: pointer; }
.directions ol { margin: 4px 0 2px; padding-left: 20px; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 4px 0 8px; font-size: 12.5px; color: var(--soft); }

/* Tables */
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 12.5px; }
th, td { padding: 5px 6px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); font-weight: 400; white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-size: 11.5px; }
th[scope=row] { white-space: normal; overflow-wrap: anywhere; min-width: 180px; font-weight: 550; }
th small, td small { display: block; color: var(--soft); font-weight: 400; font-size: 12px; }
.number { text-align: right; }
.warn { color: var(--alarm); font-weight: 600; }
tr.break th, tr.end th { font-weight: 400; color: var(--soft); }
.wide { white-space: normal; }
.share { width: 40%; }
.share i { display: block; height: 8px; margin-top: 5px; border-radius: 2px; background: var(--focus); min-width: 1px; opacity: 0.75; }
.left-out-list { list-style: none; margin: 0; padding: 0; }
.left-out-list li { padding: 8px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.left-out-list li:first-child { border-top: 0; padding-top: 0; }
.left-out-list b { font-weight: 600; color: var(--alarm); margin-right: 8px; }
.left-out-list p { margin: 2px 0 0; }
details { border-top: 1px solid var(--line); padding: 6px 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
h2 + table, .card > table + h2 { margin-top: 0; }
.card > table + h2 { margin-top: 18px; }
footer { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
#tip { position: fixed; z-index: 9; max-width: min(380px, calc(100vw - 16px)); padding: 8px 10px; border-radius: 8px; background: var(--ink); color: var(--paper); font-size: 12.5px; white-space: pre-line; overflow-wrap: anywhere; pointer-events: none; box-shadow: 0 4px 16px rgb(0 0 0 / 0.25); }
#tip[hidden] { display: none; }
#tip::first-line { font-weight: 600; }
`;
