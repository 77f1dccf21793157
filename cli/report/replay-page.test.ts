import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Measures } from "../../replay/measures.ts";
import { replayPage } from "./replay-page.ts";

const place = (x: number, y: number) => create(PlaceSchema, { position: { case: "planar", value: { x, y } } });
const measures = (served: number) => ({ served, orders: 4, workingS: 7_200, travelS: 3_600, idleS: 0 }) as Measures;
const page = () =>
  replayPage({
    days: ["/somewhere/day.jsonl"],
    runs: [
      { side: "nearest", day: "day", seed: 1, measures: measures(2), refused: [] },
      { side: "rolling", day: "day", seed: 1, measures: measures(3), refused: [] },
    ],
    compared: [{ measure: "served", mean: 1, low: undefined, high: undefined, pairs: 1 }],
    traced: [
      {
        name: "rolling",
        trace: {
          ...{ begin: 1_000, end: 10_000, timeZone: "UTC", centres: [] },
          orders: [
            {
              ...{ id: "</script><b>", place: place(10, 0), created: 1_000, answered: 1_060, cancelled: undefined },
              ...{ begin: 4_600, finish: 5_200, late: true },
            },
          ],
          shifts: [
            {
              engineerId: "e1",
              start: place(0, 0),
              stops: [
                {
                  ...{ place: place(10, 0), leave: 1_000, arrival: 4_600, start: 4_600, finish: 5_200 },
                  ...{ kind: "service", orderId: "</script><b>" },
                },
              ],
            },
          ],
        },
      },
    ],
  });

const dataIn = (html: string) =>
  JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1]!);

test("the page carries what happened, and nothing of the day can end its script", () => {
  const { own } = dataIn(page());
  expect(own).toMatchObject({ begin: 1_000, end: 10_000, zone: "UTC" });
  const [{ orders, shifts }] = own.sides;
  // Created, answered, never called off, begun, finished, late.
  expect(orders[0].slice(3)).toEqual([1_000, 1_060, null, 4_600, 5_200, 1]);
  expect(orders[0][0]).toBe("</script><b>");
  const [engineer, x, , [stop]] = shifts[0];
  expect(engineer).toBe("e1");
  expect(stop.slice(2)).toEqual([1_000, 4_600, 4_600, 5_200]);
  // The order lies right of where the engineer starts.
  expect(stop[0]).toBeGreaterThan(x);
});

test("the page needs nothing else and lets nothing else run", () => {
  const html = page();
  expect(html).toContain("default-src &#39;none&#39;");
  // The chart library has templates of its own in its text.
  expect(html.replace(/<script>.*?<\/script>/gs, "")).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/);
  expect(html).not.toContain("/somewhere/");
});

test("shares of the working time are in hours", () => {
  const charts = dataIn(page()).charts as { series: { name?: string; stack?: string; data: number[] }[] }[];
  const time = charts.find(({ series }) => series.some(({ stack }) => stack === "time"))!;
  expect(time.series.map(({ name, data }) => [name, data])).toEqual([
    ["travel", [1, 1]],
    ["idle", [0, 0]],
    ["service, breaks and centres", [1, 1]],
  ]);
});
