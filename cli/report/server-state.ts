// The state of a server in a few lines, from its metrics at two moments.
import type { Sample } from "./metrics-text.ts";
import { columns } from "./text-layout.ts";

const WIDTH = 100;

/** Lines for a terminal; rates are over the `seconds` between the two. */
export function serverState(before: readonly Sample[], now: readonly Sample[], seconds: number): string[] {
  const of = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
    samples
      .filter((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
      .reduce((sum, one) => sum + one.value, 0);
  const gauge = (name: string, labels = {}) => of(now, name, labels);
  const since = (name: string, labels = {}) => of(now, name, labels) - of(before, name, labels);
  const rate = (name: string, labels = {}) => (since(name, labels) / seconds).toFixed(1);
  const each = (name: string, label: string) => [
    ...new Set(now.filter((one) => one.name === name).map((one) => one.labels[label] ?? "")),
  ];
  const mean = (name: string, labels = {}) => {
    const count = since(`${name}_count`, labels);
    return count === 0 ? "" : `${((1000 * since(`${name}_sum`, labels)) / count).toFixed(1)} ms`;
  };
  /** Upper end of the bucket in which the quantile lies. */
  const quantile = (name: string, share: number, labels = {}) => {
    const count = since(`${name}_count`, labels);
    const buckets = each(`${name}_bucket`, "le").map((le) => [le, since(`${name}_bucket`, { ...labels, le })] as const);
    const bucket = buckets.find(([, below]) => below >= share * count);
    if (count === 0 || !bucket) return "";
    return bucket[0] === "+Inf" ? "more" : `<= ${1000 * Number(bucket[0])} ms`;
  };
  const megabytes = (name: string) => `${(gauge(name) / 1e6).toFixed(0)} MB`;

  const methods = each("shanpai_requests_total", "method").map((method) => [
    method,
    rate("shanpai_requests_total", { method }),
    mean("shanpai_request_seconds", { method }),
    quantile("shanpai_request_seconds", 0.99, { method }),
    each("shanpai_requests_total", "status")
      .filter((status) => status !== "OK" && since("shanpai_requests_total", { method, status }) > 0)
      .map((status) => `${status} ${rate("shanpai_requests_total", { method, status })}`)
      .join(", "),
  ]);
  const lanes = each("shanpai_lane_busy_threads", "lane").map((lane) => [
    lane,
    String(gauge("shanpai_lane_busy_threads", { lane })),
    String(gauge("shanpai_lane_waiting_requests", { lane })),
    mean("shanpai_queue_seconds", { lane }),
    quantile("shanpai_queue_seconds", 0.99, { lane }),
  ]);
  const phases = each("shanpai_phase_seconds_count", "phase").map((phase) => [
    phase,
    rate("shanpai_phase_seconds_count", { phase }),
    mean("shanpai_phase_seconds", { phase }),
    quantile("shanpai_phase_seconds", 0.99, { phase }),
  ]);
  const right = (head: string) => ({ head, align: "right" as const });
  const table = (head: string, spec: { head: string }[], rows: string[][]) =>
    rows.length === 0 ? [] : ["", head, ...columns(spec, rows, WIDTH)];
  return [
    `${gauge("shanpai_in_flight_requests")} calls under way · ${gauge("shanpai_threads")} threads, ${gauge("shanpai_replaced_threads")} replaced · ` +
      `queue ${gauge("shanpai_lane_waiting_requests")} of ${gauge("shanpai_queue_places")}, ${megabytes("shanpai_queue_bytes")} of ${megabytes("shanpai_queue_limit_bytes")}`,
    `memory ${megabytes("process_resident_memory_bytes")} · event loop p99 ${(1000 * gauge("nodejs_eventloop_lag_p99_seconds")).toFixed(1)} ms · ` +
      `remembered ${gauge("shanpai_remembered_answers")} answers, ${megabytes("shanpai_remembered_bytes")}`,
    ...table(
      "Calls",
      [{ head: "method" }, right("a second"), right("mean"), right("p99"), { head: "not OK, a second" }],
      methods,
    ),
    ...table(
      "Lanes",
      [{ head: "lane" }, right("threads busy"), right("waiting"), right("mean wait"), right("p99 wait")],
      lanes,
    ),
    ...table("Phases", [{ head: "phase" }, right("a second"), right("mean"), right("p99")], phases),
    ...table(
      "Plans",
      [{ head: "mode" }, right("a second"), right("orders"), right("left out"), right("iterations a second")],
      each("shanpai_plans_total", "mode").map((mode) => [
        mode,
        rate("shanpai_plans_total", { mode }),
        rate("shanpai_plan_orders_total", { mode, outcome: "assigned" }),
        rate("shanpai_plan_orders_total", { mode, outcome: "unassigned" }),
        rate("shanpai_plan_iterations_total", { mode }),
      ]),
    ),
  ];
}
