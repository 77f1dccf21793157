// What a worker tells of its work: time by phase, and a plan in a few numbers.
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { searchMode } from "../messages/from-proto.ts";
import { monotonicMs, type Phase, type PlanReport, type TaskReport } from "./task.ts";

/** Time of a task, phase by phase. */
export class Stopwatch {
  readonly #began: number;
  readonly #phases: Phase[] = [];
  #last: number;

  /** `began`: moment of `monotonicMs`. */
  constructor(began: number) {
    this.#began = began;
    this.#last = began;
  }

  /** Ends a phase; of its time the `parts` are phases of their own. */
  lap(name: Phase["name"], parts: { readonly [name in Phase["name"]]?: number } = {}): void {
    const now = monotonicMs();
    let rest = now - this.#last;
    for (const [part, ms] of Object.entries(parts) as [Phase["name"], number][]) {
      if (ms <= 0) continue;
      const within = Math.min(ms, rest);
      this.#phases.push({ name: part, ms: within });
      rest -= within;
    }
    this.#phases.push({ name, ms: rest });
    this.#last = now;
  }

  report(plan?: PlanReport): TaskReport {
    return { began: this.#began, phases: this.#phases, ...(plan && { plan }) };
  }
}

/** The plan of an answer in a few numbers; undefined where it has none. */
export function planReport(request: AssignRequest, answer: AssignResponse): PlanReport | undefined {
  if (!answer.plan) return undefined;
  return {
    mode: searchMode(request),
    assigned: answer.assignments.length,
    unassigned: answer.plan.unassigned.length,
    iterations: Number(answer.statistics?.iterations ?? 0n),
    ...(answer.bound && { gap: answer.bound.gap }),
    criteria: (answer.cost?.criteria ?? []).map(({ criterionId, cost }) => ({ id: criterionId, cost: Number(cost) })),
    travelSource: answer.provenance?.travelSource ?? "",
  };
}
