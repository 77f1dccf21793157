// Prometheus metrics of the road engines and their cache, asked of their thread when metrics are asked for.
import { Counter, Gauge, type Registry } from "prom-client";
import type { RoadDesk } from "../roads/road-desk.ts";

const NOTHING = { hits: 0, misses: 0, pairs: 0, wayHits: 0, wayMisses: 0, calls: 0, failures: 0 };

/** Registers them; before the first question to a road engine all are 0. */
export function addRoadMetrics(registry: Registry, roads: RoadDesk): void {
  const registers = [registry];
  const statistics = async () => (await roads.statistics()) ?? NOTHING;
  // The thread counts by itself: a counter is set to what it says.
  new Counter({
    name: "shanpai_road_cache_lookups_total",
    help: "Pairs of points and ways looked up in the cache of the road engines.",
    labelNames: ["what", "outcome"],
    registers,
    async collect() {
      const { hits, misses, wayHits, wayMisses } = await statistics();
      this.reset();
      this.inc({ what: "pair", outcome: "hit" }, hits);
      this.inc({ what: "pair", outcome: "miss" }, misses);
      this.inc({ what: "way", outcome: "hit" }, wayHits);
      this.inc({ what: "way", outcome: "miss" }, wayMisses);
    },
  });
  new Gauge({
    name: "shanpai_road_cache_pairs",
    help: "Pairs of points whose times are remembered.",
    registers,
    async collect() {
      this.set((await statistics()).pairs);
    },
  });
  new Counter({
    name: "shanpai_road_calls_total",
    help: "Questions put to road engines, for tables and ways.",
    registers,
    async collect() {
      this.reset();
      this.inc((await statistics()).calls);
    },
  });
  new Counter({
    name: "shanpai_road_failures_total",
    help: "Requests and ways that a road engine failed, great circle standing in or not.",
    registers,
    async collect() {
      this.reset();
      this.inc((await statistics()).failures);
    },
  });
}
