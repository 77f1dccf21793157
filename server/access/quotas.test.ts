import { afterEach, expect, test, vi } from "vitest";
import { createQuotas } from "./quotas.ts";

afterEach(() => {
  vi.useRealTimers();
});

const code = (enter: () => unknown) => {
  try {
    enter();
    return "in";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test("without a quota everybody is let in with share 1", () => {
  const quotas = createQuotas({}, {});
  for (let call = 0; call < 1_000; call++) quotas.enter("a");
  expect(quotas.shareOf("a")).toBe(1);
});

test("calls under way are counted by caller, and a place is given back once", () => {
  const quotas = createQuotas({ maxInFlight: 2 }, { big: { maxInFlight: 3, share: 5 } });
  const leave = quotas.enter("a");
  quotas.enter("a");
  expect([code(() => quotas.enter("a")), code(() => quotas.enter("b"))]).toEqual(["RESOURCE_EXHAUSTED", "in"]);
  leave();
  leave();
  expect([code(() => quotas.enter("a")), code(() => quotas.enter("a"))]).toEqual(["in", "RESOURCE_EXHAUSTED"]);
  for (let call = 0; call < 3; call++) quotas.enter("big");
  expect([code(() => quotas.enter("big")), quotas.shareOf("big")]).toEqual(["RESOURCE_EXHAUSTED", 5]);
});

test("calls a second come back over time, up to the burst", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const quotas = createQuotas({ requestsPerSecond: 2, burst: 3 }, {});
  const many = (count: number) => Array.from({ length: count }, () => code(() => quotas.enter("a")));
  expect(many(4)).toEqual(["in", "in", "in", "RESOURCE_EXHAUSTED"]);
  vi.advanceTimersByTime(500); // 0.5 s x 2 = 1 call
  expect(many(2)).toEqual(["in", "RESOURCE_EXHAUSTED"]);
  expect(() => quotas.enter("a")).toThrow(expect.objectContaining({ retryMs: 500 }));
  vi.advanceTimersByTime(60_000);
  expect(many(4)).toEqual(["in", "in", "in", "RESOURCE_EXHAUSTED"]);
});
