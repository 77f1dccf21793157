import { expect, test } from "vitest";
import { MEETINGS, meetingAt } from "./islands.ts";

test("a meeting is due after the first iteration that reaches its share of the budget", () => {
  expect(meetingAt(100n, 70)).toBe(70n);
  expect(meetingAt(101n, 70)).toBe(71n);
  // Floating point rounds the first two one iteration down, and the second was not even due there: the search stood still.
  for (const budget of [1_588_161_500_191_233n, 985_111_813_988_763n, 7n, 1n])
    for (const percent of MEETINGS) {
      const at = meetingAt(budget, percent);
      expect(100n * at >= budget * BigInt(percent)).toBe(true);
      expect(100n * (at - 1n) < budget * BigInt(percent)).toBe(true);
    }
});
