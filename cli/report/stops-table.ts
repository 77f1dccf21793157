// The stops of one route as an HTML table.
import type { Format } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import type { RouteView } from "./plan-view.ts";
import type { LegView } from "./stop-view.ts";
import { routeFacts, windowWords } from "./tips.ts";

/** Turn-by-turn instructions of the leg, folded up. */
function directions({ instructions }: LegView): Markup | undefined {
  if (instructions.length === 0) return undefined;
  const summary = `${instructions.length} directions`;
  return markup`<details class="directions"><summary>${summary}</summary><ol>${instructions.map((words) => markup`<li>${words}</li>`)}</ol></details>`;
}

/** Totals of the route, then a row for each stop and one for the way to the end place. */
export function stopsTable(route: RouteView, format: Format): Markup {
  return markup`
    <p class="facts">${[route.engineer.id, route.mode, ...routeFacts(route, format)].map((fact) => markup`<span>${fact}</span>`)}</p>
    <div class="scroll"><table class="stops">
      <thead><tr><th scope="col" class="number">#</th><th scope="col">Stop</th><th scope="col">Arrive</th><th scope="col">Start–end</th><th scope="col" class="number">Wait ${format.durationUnit}</th><th scope="col" class="number">Late ${format.durationUnit}</th><th scope="col" class="number">Travel ${format.durationUnit}</th><th scope="col" class="number">${format.distanceUnit}</th></tr></thead>
      <tbody>${route.stops.map(
        (stop) => markup`<tr class="${stop.kind}">
          <td class="number">${stop.number}</td>
          <th scope="row">${stop.kind === "supply" && "supply "}${stop.title}${[stop.details.join(" · "), stop.parts && `parts: ${stop.parts}`].filter(Boolean).map((detail) => markup`<small>${detail}</small>`)}${directions(stop.leg)}</th>
          <td>${format.clock(stop.arrival)}</td>
          <td>${format.clock(stop.start)}–${format.clock(stop.departure)}${stop.windows.length > 0 && markup`<small>in ${windowWords(stop, format)}</small>`}</td>
          <td class="number">${format.amount(stop.waiting)}</td>
          <td class="number warn">${format.amount(stop.lateness)}</td>
          <td class="number">${format.amount(stop.leg.duration)}</td>
          <td class="number">${format.reach(stop.leg.distance)}</td>
        </tr>`,
      )}${
        route.finalLeg &&
        markup`<tr class="end"><td></td><th scope="row">end place${directions(route.finalLeg)}</th><td>${format.clock(route.arrival)}</td><td></td><td></td><td></td><td class="number">${format.amount(route.finalLeg.duration)}</td><td class="number">${format.reach(route.finalLeg.distance)}</td></tr>`
      }</tbody>
    </table></div>`;
}
