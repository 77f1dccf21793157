// The core refuses bytes that are not laid out as it expects.
import { expect, test } from "vitest";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { encodedBytes, writeColumns } from "../../solver/columns.ts";
import { CoreError, createCore, loadCoreModule } from "../../solver/core.ts";
import { encodeProblem } from "../../solver/encode.ts";
import { COLUMN_NAMES, HEADER_WORDS } from "../../solver/gen/layout.ts";
import { goodRequest } from "../oracle/good-plan.ts";

// assembly/status.ts
const [OK, BAD_MAGIC, BAD_VERSION, BAD_COLUMN] = [0, 1, 2, 1000];

const module = loadCoreModule();
const columns = encodeProblem(problemFromProto(goodRequest(), new Set())).columns;

/** Status of the good bytes with words changed. */
async function statusOf(change: (words: Int32Array) => void): Promise<number> {
  const { exports } = createCore(await module);
  exports.resetArena();
  const bytes = encodedBytes(columns);
  const base = exports.allocate(bytes);
  const words = new Int32Array(exports.memory.buffer, base, bytes / 4);
  writeColumns(columns, words);
  change(words);
  return exports.buildProblem(base);
}

test("good bytes are taken", async () => {
  expect(await statusOf(() => {})).toBe(OK);
});

test("another magic word or version is refused", async () => {
  const plusOne = (word: number) => (words: Int32Array) => {
    words[word]!++;
  };
  expect(await statusOf(plusOne(0))).toBe(BAD_MAGIC);
  expect(await statusOf(plusOne(1))).toBe(BAD_VERSION);
});

test("a column that is longer or shorter than its rows is refused by its index", async () => {
  const wrong: [string, number][] = [];
  for (const [index, name] of COLUMN_NAMES.entries())
    for (const by of [1, -1]) {
      const status = await statusOf((words) => {
        words[HEADER_WORDS + 2 * index + 1]! += by;
      });
      if (status !== BAD_COLUMN + index) wrong.push([name, status]);
    }
  expect(wrong).toEqual([]);
});

test("a column outside the buffer is refused by its index", async () => {
  const wrong: [string, number][] = [];
  for (const [index, name] of COLUMN_NAMES.entries())
    for (const offset of [-8, encodedBytes(columns) + 8, 0x7ffffff8]) {
      // An empty column is nowhere.
      if (columns[name].length === 0) continue;
      const status = await statusOf((words) => {
        words[HEADER_WORDS + 2 * index] = offset;
      });
      if (status !== BAD_COLUMN + index) wrong.push([`${name} at ${offset}`, status]);
    }
  expect(wrong).toEqual([]);
});

test("the host throws the status as an error", async () => {
  const core = createCore(await module);
  const short = { ...columns, orderService: columns.orderService.slice(1) };
  const attempt = () => core.load(short, () => false);
  expect(attempt).toThrow(CoreError);
  expect(attempt).toThrow(`status ${BAD_COLUMN + COLUMN_NAMES.indexOf("orderService")}`);
});
