// The explanations of an answer as HTML: for each order and engineer the criteria and what became of them.
import type { Explanation } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { groups } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import { criterionWords, STATUS_WORDS } from "./words.ts";

/** One fold for each explanation, as the answer orders them; undefined when there are none. */
export function explanations(list: readonly Explanation[]): Markup | undefined {
  if (list.length === 0) return undefined;
  return markup`<section class="card" aria-labelledby="why-title"><h2 id="why-title">Why</h2>${list.map(
    ({ orderId, engineerId, chosen, runnerUp, rows }) => markup`
    <details>
      <summary>${orderId} by ${engineerId}${(chosen || runnerUp) && markup` <span class="quiet">${chosen ? "chosen" : "runner-up"}</span>`}</summary>
      <div class="scroll"><table>
        <thead><tr><th scope="col">Criterion</th><th scope="col">Status</th><th scope="col" class="number">Score</th><th scope="col" class="number">Cost</th><th scope="col">Reason</th></tr></thead>
        <tbody>${rows.map((row) => markup`<tr><th scope="row">${criterionWords(row.criterionId)}</th><td>${STATUS_WORDS[row.status]}</td><td class="number">${row.score}</td><td class="number">${groups(row.cost)}</td><td class="wide">${row.sentence}</td></tr>`)}</tbody>
      </table></div>
    </details>`,
  )}</section>`;
}
