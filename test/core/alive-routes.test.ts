// Every criterion of routes and plans is alive: on a generated city it changes who serves what and when, in its own direction.
import { expect, test } from "vitest";
import { changeOf, ROUTE_CRITERIA } from "./alive-routes.ts";

test("there are seven of them", () => expect(ROUTE_CRITERIA.length).toBe(7));

test.each(ROUTE_CRITERIA)("%s: ten times its weight, or hard, against off", async (id) => {
  const { moved, without, heavy } = await changeOf(id);
  expect(moved).toBeGreaterThan(0);
  expect(heavy).toBeLessThan(without);
});
