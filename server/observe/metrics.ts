// Prometheus metrics of the server: calls, lanes, time by phase, quality of plans, workers, event loop and memory.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { CORE_VERSION } from "../../solver/core.ts";
import type { Answers } from "../idempotency.ts";
import type { Pool } from "../pool/pool.ts";
import { type CallRecord, methodOf } from "./record.ts";
import { addRoadMetrics } from "./road-metrics.ts";

/** What is looked at when metrics are asked for. */
export interface Observed {
  readonly pool: Pool;
  readonly answers: Answers;
  /** Calls under way. */
  readonly inFlight: () => number;
  readonly maxQueue: number;
  readonly maxQueueBytes: number;
  /** When the certificate in use ends; undefined without TLS. */
  readonly certificateValidUntil: () => Date | undefined;
}

export interface Metrics {
  /** Parts with metrics of their own, such as a cache, register them here; whoever asks for metrics gets them, too. */
  readonly registry: Registry;
  /** Counts a call that has ended. */
  call(record: CallRecord): void;
  /** Counts a call that was not let in. */
  refused(path: string, status: string): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const BYTES = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
const GAPS = [0, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

export function createMetrics(observed: Observed): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Of the event loop a timer tells, whose interval is part of every value; a shorter one would take up more of the core.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 5 });

  const counter = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Counter({ name: `shanpai_${name}`, help, labelNames, registers });
  const histogram = <T extends string>(name: string, help: string, buckets: number[], ...labelNames: T[]) =>
    new Histogram({ name: `shanpai_${name}`, help, buckets, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: T[], collect: (gauge: Gauge<T>) => void) =>
    new Gauge({
      name: `shanpai_${name}`,
      help,
      labelNames,
      registers,
      collect() {
        collect(this);
      },
    });

  const requests = counter("requests_total", "Calls that have ended.", "method", "status");
  const seconds = histogram("request_seconds", "From the arrival of the request to the answer.", SECONDS, "method");
  const bytes = histogram("request_bytes", "Size of requests.", BYTES, "method");
  const repeated = counter(
    "repeated_requests_total",
    "Calls answered by the work of another under the same request_id.",
  );
  const queued = histogram("queue_seconds", "Until the threads of a request were free.", SECONDS, "lane");
  const phase = histogram("phase_seconds", "Time in workers by phase.", SECONDS, "phase");
  const orders = counter("plan_orders_total", "Orders in answers.", "mode", "outcome");
  const gaps = histogram("plan_gap_ratio", "Proved gap of plans that have one.", GAPS, "mode");
  const iterations = counter("plan_iterations_total", "Iterations of the search.", "mode");
  const criteria = counter("plan_criterion_cost_ticks_total", "What criteria cost in answers.", "criterion");
  const travel = counter("plans_total", "Answers with a plan.", "mode", "travel_source");

  const { pool, answers } = observed;
  gauge("lane_busy_threads", "Threads in use by a lane.", ["lane"], (lanes) => {
    for (const { lane, busy } of pool.lanes()) lanes.set({ lane }, busy);
  });
  gauge("lane_waiting_requests", "Requests that wait in a lane.", ["lane"], (lanes) => {
    for (const { lane, waiting } of pool.lanes()) lanes.set({ lane }, waiting);
  });
  gauge("threads", "Worker threads.", [], (one) => one.set(pool.threadIds().length));
  gauge("replaced_threads", "Threads replaced since the start: stopped, killed or out of memory.", [], (one) =>
    one.set(pool.replacedThreads),
  );
  gauge("queue_places", "Tasks that may wait.", [], (one) => one.set(observed.maxQueue));
  gauge("queue_bytes", "Requests that wait or are answered.", [], (one) => one.set(pool.queueBytes));
  gauge("queue_limit_bytes", "Most bytes of requests that wait or are answered.", [], (one) =>
    one.set(observed.maxQueueBytes),
  );
  gauge("in_flight_requests", "Calls under way.", [], (one) => one.set(observed.inFlight()));
  gauge("remembered_answers", "Answers remembered under their request_id, and calls under way.", [], (one) =>
    one.set(answers.size),
  );
  gauge("remembered_bytes", "Size of the answers remembered.", [], (one) => one.set(answers.bytes));
  gauge(
    "certificate_valid_until_seconds",
    "End of the certificate in use, seconds since 1970; 0 without TLS.",
    [],
    (one) => one.set((observed.certificateValidUntil()?.getTime() ?? 0) / 1000),
  );
  gauge("info", "Version of the core.", ["core"], (one) => one.set({ core: CORE_VERSION }, 1));
  addRoadMetrics(registry, pool.roads);

  return {
    registry,
    refused: (path, status) => requests.inc({ method: methodOf({ path }), status }),
    call: (record) => {
      const method = methodOf(record);
      requests.inc({ method, status: record.status });
      seconds.observe({ method }, record.ms / 1000);
      bytes.observe({ method }, record.bytes);
      if (record.repeated) repeated.inc();
      if (!record.report) return;
      queued.observe({ lane: record.report.lane }, record.report.queuedMs / 1000);
      for (const { phases, plan } of record.report.tasks) {
        for (const { name, ms } of phases) phase.observe({ phase: name }, ms / 1000);
        if (!plan) continue;
        const { mode } = plan;
        travel.inc({ mode, travel_source: plan.travelSource });
        orders.inc({ mode, outcome: "assigned" }, plan.assigned);
        orders.inc({ mode, outcome: "unassigned" }, plan.unassigned);
        iterations.inc({ mode }, plan.iterations);
        if (plan.gap !== undefined) gaps.observe({ mode }, plan.gap);
        for (const { id, cost } of plan.criteria) criteria.inc({ criterion: id }, Math.max(0, cost));
      }
    },
  };
}
