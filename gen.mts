import { generateDay } from "./datasets/day/generated.ts";
import { dayText, parseDay } from "./datasets/day/day-file.ts";
import { serviceRequestDay } from "./datasets/day/service-requests.ts";
import { validate } from "./server/validate/validate.ts";
import { readFileSync, writeFileSync } from "node:fs";
const d = generateDay({ orders: 125, engineers: 38, seed: 1 }); const t = dayText(d);
console.log(d.start.orders.length, d.events.length, dayText(parseDay(t)) === t, validate(d.start));
const h = new Map(); for (const e of d.events) h.set(e.event.case, (h.get(e.event.case) ?? 0) + 1); console.log(h);
writeFileSync("/tmp/w/scratch/replay/day.jsonl", t);
writeFileSync("/tmp/w/scratch/replay/small.jsonl", dayText(generateDay({ orders: 40, engineers: 12, seed: 2 })));
const s = serviceRequestDay(readFileSync("/work/shared/instances/service_311/sf311_sample.csv", "utf8")); console.log(s.start.orders.length, s.events.length, validate(s.start));
import { replay } from "./replay/run.ts";
import { solveForTest } from "./test/solve-for-test.ts";
const small = parseDay(readFileSync("/tmp/w/scratch/replay/small.jsonl", "utf8"));
for (const dispatch of ["nearest", "immediate", "batch", "rolling", "deferred"] as const) {
  const r = await replay(small, { dispatch, speed: "max", policy: undefined, search: { seed: 1, iterations: 300 }, everyS: dispatch === "deferred" ? 180 : 600, freezeS: 1800, responseS: 600, scenarios: 2, changeCostS: 600 }, { assign: (q) => solveForTest(q) });
  console.log(dispatch, JSON.stringify(r.measures), r.refused.slice(0, 3));
}
