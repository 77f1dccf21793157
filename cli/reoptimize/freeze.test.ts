import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { freeze, momentIn } from "./freeze.ts";

const at = (text: string) => ({ seconds: BigInt(Date.parse(text) / 1000), nanos: 0 });
const utc = (text: string) => Date.parse(text);

test.each([
  ["a moment with its offset", "2026-03-02T14:30:00+08:00", "UTC", "2026-03-02T06:30:00Z"],
  ["a time of day in the zone", "14:30", "Asia/Shanghai", "2026-03-02T06:30:00Z"],
  // Now is 02:00 UTC: the evening before in New York, five hours behind in winter.
  ["the zone's day, not that of UTC", "22:15:30", "America/New_York", "2026-03-02T03:15:30Z"],
])("%s", (_name, text, zone, expected) =>
  expect(momentIn(text, utc("2026-03-02T02:00:00Z"), zone)).toBe(utc(expected)),
);

test("a time of day behind a change of the clocks", () =>
  // Berlin, 29 March 2026: at 02:00 clocks go to 03:00; 12:00 is 10:00 UTC although at 00:30 UTC it is one hour ahead.
  expect(momentIn("12:00", utc("2026-03-29T00:30:00Z"), "Europe/Berlin")).toBe(utc("2026-03-29T10:00:00Z")));

test.each(["24:00", "noon", "2026-03-02T14:30:00", "2026-03-02"])("%s is refused with what is meant", (text) =>
  expect(() => momentIn(text, 0, "UTC")).toThrow(`--freeze-until "${text}": must be a time of day such as 14:30`),
);

const requestOf = (starts: readonly [Stop_Kind, string | undefined, Stop_Lock][]) =>
  create(AssignRequestSchema, {
    now: at("2026-03-02T08:00:00Z"),
    timeZone: "UTC",
    currentPlan: {
      routes: [
        {
          engineerId: "e1",
          stops: starts.map(([kind, start, lock]) => ({
            kind,
            lock,
            ...(start && { start: at(`2026-03-02T${start}Z`) }),
          })),
        },
      ],
    },
  });
const { SERVICE, BREAK, SUPPLY } = Stop_Kind;
const { NONE, ENGINEER, SEQUENCE, TIME, DONE } = Stop_Lock;

test("stops up to the last service that begins until then are locked, harder locks stay", () => {
  const request = requestOf([
    [SERVICE, "07:00:00", DONE],
    [SUPPLY, "08:30:00", NONE],
    [SERVICE, "09:00:00", TIME],
    [SERVICE, "10:00:00", ENGINEER],
    // Begins in time, but no service behind it does.
    [BREAK, "10:00:00", NONE],
    [SERVICE, "10:00:01", NONE],
  ]);
  freeze(request, "10:00");
  expect(request.currentPlan!.routes[0]!.stops.map(({ lock }) => lock)).toEqual([
    DONE,
    SEQUENCE,
    TIME,
    SEQUENCE,
    NONE,
    NONE,
  ]);
});

test("a moment that is not after now, and a plan without times, are refused", () => {
  expect(() => freeze(requestOf([]), "08:00")).toThrow('--freeze-until "08:00": must be after the request\'s now');
  expect(() => freeze(requestOf([[SERVICE, undefined, NONE]]), "10:00")).toThrow('stop without start (engineer "e1")');
});
