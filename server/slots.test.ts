import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

const never = new AbortController().signal;

/** Work that begins and ends by name. */
function works(slots: ReturnType<typeof createSlots>) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, count: number, stop = never) =>
    slots.run(count, stop, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)!();
    await settle();
  };
  return { begun, run, end };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("more than the size wait, and begin in order as slots are given back", async () => {
  const slots = createSlots(2);
  const { begun, run, end } = works(slots);
  for (const name of ["a", "b", "c", "d"]) void run(name, 1);
  await settle();
  expect([begun, slots.tasks]).toEqual([["a", "b"], 4]);
  await end("b");
  expect([begun, slots.tasks]).toEqual([["a", "b", "c"], 3]);
  await end("a");
  await end("c");
  expect([begun, slots.tasks]).toEqual([["a", "b", "c", "d"], 1]);
});

test("two calls that both need all slots run one after the other, and nobody overtakes them", async () => {
  const slots = createSlots(2);
  const { begun, run, end } = works(slots);
  void run("first pair", 2);
  void run("second pair", 2);
  void run("single", 1);
  await settle();
  expect([begun, slots.tasks]).toEqual([["first pair"], 5]); // 2 + 2 + 1
  await end("first pair");
  expect(begun).toEqual(["first pair", "second pair"]);
  await end("second pair");
  expect(begun).toEqual(["first pair", "second pair", "single"]);
});

test("who stops waiting leaves the line at once, and those behind who fit begin", async () => {
  const slots = createSlots(2);
  const { begun, run } = works(slots);
  void run("single", 1);
  const stop = new AbortController();
  const leaving = run("pair", 2, stop.signal);
  void run("behind", 1);
  await settle();
  expect([begun, slots.tasks]).toEqual([["single"], 4]);
  stop.abort();
  await expect(leaving).rejects.toMatchObject({ code: "CANCELLED" });
  await settle();
  expect([begun, slots.tasks]).toEqual([["single", "behind"], 2]);
});

test("who comes stopped never begins, and failed work gives its slot back", async () => {
  const slots = createSlots(1);
  await expect(slots.run(1, AbortSignal.abort(), () => Promise.resolve())).rejects.toMatchObject({ code: "CANCELLED" });
  await expect(slots.run(1, never, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(slots.tasks).toBe(0);
});
