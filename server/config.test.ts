import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CONFIG_KEYS, readConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "shanpai-config-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function fileOf(text: string): string {
  const file = join(folder, `${files++}.server.json`);
  writeFileSync(file, text);
  return file;
}

test("without anything the defaults hold and the object is frozen", () => {
  const config = readConfig();
  expect(config).toMatchObject({ host: "127.0.0.1", maxQueue: 64, maxMessageBytes: 67_108_864, marginMs: 100 });
  expect(config.defaultTimeLimitMs).toBe(10_000);
  expect(config.workers).toBeGreaterThanOrEqual(1);
  expect(Object.isFrozen(config)).toBe(true);
});

test("a flag wins over the file, the file over the default, and an undefined flag is no flag", () => {
  const file = fileOf('{"port": 1000, "workers": 3}');
  expect(readConfig({ port: 2000, workers: undefined }, file)).toMatchObject({ port: 2000, workers: 3 });
});

test("every bad key is named with its value and where it comes from", () => {
  const file = fileOf('{"workers": 0, "colour": "red", "marginMs": 1.5}');
  const read = () => readConfig({ port: 70_000 }, file);
  expect(read).toThrow(/server\.json: workers = 0: /);
  expect(read).toThrow(/server\.json: marginMs = 1\.5: /);
  expect(read).toThrow(/server\.json: .*colour/);
  expect(read).toThrow(/flags: port = 70000: /);
});

test.each(["0.0.0.0", "192.168.1.4", "example.org"])("listening on %s needs allowInsecure", (host) => {
  expect(() => readConfig({ host })).toThrow(`host = "${host}": not a loopback address`);
  expect(readConfig({ host, allowInsecure: true }).host).toBe(host);
});

test("TLS and known callers together open an address that is not loopback, one of them does not", () => {
  const tls = { certFile: "c.pem", keyFile: "k.pem" };
  const auth = { tokens: [{ tenant: "north", sha256: "0".repeat(64) }] };
  expect(readConfig({ host: "0.0.0.0", tls, auth }).host).toBe("0.0.0.0");
  expect(readConfig({ host: "0.0.0.0", tls: { ...tls, clientCaFile: "ca.pem" } }).host).toBe("0.0.0.0");
  expect(() => readConfig({ host: "0.0.0.0", tls })).toThrow("callers are not known");
  expect(() => readConfig({ host: "0.0.0.0", auth })).toThrow("calls are not encrypted");
});

test("a token in place of its hash is refused and not repeated", () => {
  const read = () => readConfig({ auth: { tokens: [{ tenant: "north", sha256: "my-secret-token" }] } });
  expect(read).toThrow(/auth\.tokens\.0\.sha256: must be a SHA-256/);
  expect(read).not.toThrow(/my-secret-token/);
});

test.each(["127.0.0.1", "::1", "localhost"])("%s is loopback", (host) => {
  expect(readConfig({ host }).host).toBe(host);
});

test.each([
  ["not JSON", "{port: 1}"],
  ["a list", "[1]"],
])("a file that is %s is refused by name", (_name, text) => {
  const file = fileOf(text);
  expect(() => readConfig({}, file)).toThrow(file);
});

test("a file that is not there is refused by name", () => {
  expect(() => readConfig({}, "/nowhere/server.json")).toThrow("/nowhere/server.json");
});

test("every key has a sentence", () => {
  expect(Object.keys(CONFIG_KEYS)).toEqual(expect.arrayContaining(Object.keys(readConfig())));
  for (const sentence of Object.values(CONFIG_KEYS)) expect(sentence).not.toBe("");
});
