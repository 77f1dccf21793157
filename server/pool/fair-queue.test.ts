import { expect, test } from "vitest";
import { FairQueue } from "./fair-queue.ts";

const of = (caller: string, name: string, more = {}) => ({ caller, name, share: 1, priority: 0, workMs: 10, ...more });
type Named = ReturnType<typeof of>;

function taken(queue: FairQueue<Named>): string {
  let names = "";
  for (let next = queue.shift(); next; next = queue.shift()) names += next.name;
  return names;
}

function filled(...entries: Named[]): FairQueue<Named> {
  const queue = new FairQueue<Named>();
  for (const entry of entries) queue.push(entry);
  return queue;
}

test("a caller with one request waits behind one of the crowd, not behind the crowd", () => {
  expect(taken(filled(of("a", "1"), of("a", "2"), of("a", "3"), of("b", "x")))).toBe("1x23");
});

test("work is shared, not requests: after 30 ms for a come three times 10 ms for b", () => {
  const a = { workMs: 30 };
  expect(taken(filled(of("a", "A", a), of("a", "B", a), of("b", "x"), of("b", "y"), of("b", "z"), of("b", "w")))).toBe(
    // a 30; b 10, 20, 30; then both have 30, a came first; then b
    "AxyzBw",
  );
});

test("a caller with twice the share gets twice the work", () => {
  const b = { share: 2 };
  expect(taken(filled(of("a", "1"), of("a", "2"), of("b", "x", b), of("b", "y", b), of("b", "z", b)))).toBe("1xy2z");
});

test("priority orders the requests of one caller and takes nothing from others", () => {
  const high = { priority: 1 };
  expect(taken(filled(of("a", "1"), of("b", "x"), of("b", "y"), of("b", "h", high), of("b", "i", high)))).toBe("1hixy");
});

test("who was away does not get what he left to others", () => {
  const queue = filled(of("a", "1"), of("a", "2"), of("a", "3"), of("a", "4"));
  queue.shift();
  queue.shift();
  queue.shift();
  // The clock stands at 20, where a was when "3" was chosen: b begins there and not at 0.
  for (const name of ["x", "y", "z"]) queue.push(of("b", name));
  expect(taken(queue)).toBe("x4yz");
});

test("what took longer than expected is charged", () => {
  const queue = filled(of("a", "1"), of("a", "2"), of("b", "x"), of("b", "y"));
  const first = queue.shift()!;
  queue.correct(first, 15); // a has 25 now: b goes at 0, 10, and a follows
  expect(taken(queue)).toBe("xy2");
});

test("who leaves is gone, with his work", () => {
  const entries = [of("a", "1"), of("a", "2"), of("b", "x")];
  const queue = filled(...entries);
  queue.remove(entries[1]!);
  queue.remove(entries[1]!);
  expect([queue.length, queue.workMs, queue.waitingOf("a")]).toEqual([2, 20, 1]);
  expect(taken(queue)).toBe("1x");
  expect([queue.length, queue.workMs]).toEqual([0, 0]);
});
