// Plans of generated instances must not become worse than those of reference.json; npm run quality:reference writes it anew.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../../solver/check/check.ts";
import { INSTANCES, solveInstance } from "./instances.ts";
import { type Quality, regressions } from "./verdict.ts";

describe("generated instances", () => {
  const reference = JSON.parse(readFileSync(new URL("./reference.json", import.meta.url), "utf8"));
  const measured: Record<string, Quality> = {};

  test.each(INSTANCES)("plans of $name keep every rule", async (instance) => {
    const { request, responses, quality } = await solveInstance(instance);
    measured[instance.name] = quality;
    for (const { plan } of responses) expect(check(request, plan!)).toEqual([]);
  });

  test("no plan is worse than it may be", () => {
    expect(regressions(reference, measured)).toEqual([]);
  });
});

describe("the verdict", () => {
  const reference = { a: { unassigned: 2, cost: 1000 }, b: { unassigned: 0, cost: 200 } };
  const changed = (a: Partial<Quality>, b: Partial<Quality> = {}) => ({
    a: { ...reference.a, ...a },
    b: { ...reference.b, ...b },
  });

  test.each([
    ["equal plans", changed({})],
    ["one that costs 1.9 % more", changed({ cost: 1019 })],
    // Mean of 3.9 % and -3 %.
    ["one that costs 3.9 % more beside a cheaper one", changed({ cost: 1039 }, { cost: 194 })],
    ["one that leaves out less and costs more", changed({ unassigned: 1, cost: 1500 })],
  ])("%s are no worse", (_name, measured) => {
    expect(regressions(reference, measured)).toEqual([]);
  });

  test.each([
    ["one that costs more than 4 % more", changed({ cost: 1041 }, { cost: 190 }), ["a: +4.10 %, 1041 after 1000"]],
    ["a mean of more than 1 %", changed({ cost: 1030 }), ["mean: +1.50 % (a +3.00 %, b 0.00 %)"]],
    ["one that leaves out more for less", changed({ unassigned: 3, cost: 500 }), ["a: 3 left out, before 2"]],
    [
      "an instance without a reference",
      { a: reference.a, c: reference.b },
      ["not in both: c, b; npm run quality:reference"],
    ],
  ])("%s is worse", (_name, measured, words) => {
    expect(regressions(reference, measured)).toEqual(words);
  });
});
