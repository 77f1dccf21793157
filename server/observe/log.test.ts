import { expect, test } from "vitest";
import { createLog, redactText } from "./log.ts";

const secrets = ["Wang Wei", "13812345678", "31.230416", "121.473701", "Nanjing Road 1", "token-1"];
const entry = {
  requestId: "day-7",
  caller: "north",
  customerName: "Wang Wei",
  phone: "13812345678",
  order: { id: "o1", place: { latitude: 31.230416, longitude: 121.473701, address: "Nanjing Road 1" } },
  list: [{ note: "ring Wang Wei" }],
  authorization: "Bearer token-1",
  stack: 'Error: place "Nanjing Road 1" at 31.230416, 121.473701; call +86 13812345678\n    at file.ts:12:34',
};

function written(logPersonal: boolean): string {
  let text = "";
  createLog({ logLevel: "info", logPersonal }, { write: (line) => (text += line) }).info(entry, "said");
  return text;
}

test("names, phones, addresses, exact places and tokens are not in the log, ids are", () => {
  const text = written(false);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({ requestId: "day-7", caller: "north", order: { id: "o1" }, msg: "said" });
  expect(text).toContain("file.ts:12:34");
});

test("who asks for personal data gets it", () => {
  for (const secret of secrets) expect(written(true)).toContain(secret);
});

test.each([
  ["a uuid", "0f8b6c1e-7d4a-4b9e-9c53-1234567890ab"],
  ["a time", "2026-11-23T09:00:00.123Z"],
  ["counts", "1999 violations; orders[13].windows[2]"],
  ["an amount of bytes", "73400320 vs 67108864"],
])("%s stays", (_name, text) => {
  expect(redactText(text)).toBe(text);
});
