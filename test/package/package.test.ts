// The package as somebody else gets it: packed from the build, installed into an empty folder, and run.
import { type ExecFileOptions, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shanpai-package-"));
const home = join(folder, "home");
const run = promisify(execFile);
let files: string[];

/** Runs a command that must end well; gives what it wrote. */
async function output(command: string, args: string[], options: ExecFileOptions): Promise<string> {
  const { stdout } = await run(command, args, { ...options, encoding: "utf8" });
  return stdout;
}

const npm = (args: string[], cwd: string) => output("npm", args, { cwd });
/** The installed command; `--no`: never one of the registry. */
const shanpai = (...args: string[]) => output("npx", ["--no", "--", "shanpai", ...args], { cwd: home });

beforeAll(async () => {
  if (!existsSync(join(root, "dist/cli/main.js"))) throw new Error("nothing to pack: run `npm run build` first");
  // No scripts: packing would build again, under the feet of the tests beside this one.
  const packed = await npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
  const [{ filename, files: list }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  files = list.map(({ path }) => path).sort();
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "home", private: true }));
  await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, basename(filename))], home);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files of the repository below `path` that end with `ending`, as the package names them. */
function repositoryFiles(path: string, ending: string): string[] {
  return readdirSync(join(root, path), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${path}/${name}`);
}

test("the package holds the build, the core, the contract, the docs and the small data, and nothing else", () => {
  expect([...new Set(files.map((path) => path.split("/")[0]))]).toEqual([
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "bench",
    "build",
    "datasets",
    "dist",
    "docs",
    "package.json",
    "proto",
  ]);
  expect(files.filter((path) => /^(bench|build|datasets|docs|proto)\//.test(path))).toEqual(
    [
      ...repositoryFiles("bench/best-known", ".csv"),
      "build/core.wasm",
      ...["loan-needed", "loan-pays", "mid-day-locks", "overloaded"].map((day) => `datasets/days/${day}.json`),
      ...repositoryFiles("docs", ".md"),
      ...repositoryFiles("docs", ".svg"),
      ...["alerts.yaml", "grafana-dashboard.json"].map((file) => `docs/operations/${file}`),
      ...repositoryFiles("proto/shanpai", ".proto"),
    ].sort(),
  );
});

test("every file of the build comes from a source of today, and none from a test", () => {
  const built = files.filter((path) => path.startsWith("dist/"));
  const sources = built.map((path) => path.replace(/^dist\//, "").replace(/\.(js|js\.map|d\.ts)$/, ".ts"));
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
  expect(built.filter((path) => /\.test\.|^dist\/test\//.test(path))).toEqual([]);
});

test("the installed command says the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect((await shanpai("--version")).trim()).toBe(version);
});

test("the installed command generates, solves and judges a day", async () => {
  await shanpai("generate", "city", "--orders", "10", "--engineers", "4", "-o", "r.json");
  const request = JSON.parse(readFileSync(join(home, "r.json"), "utf8"));
  expect([request.orders.length, request.engineers.length]).toEqual([10, 4]);

  // A finding of the checker would end either command with code 1, and so throw here.
  await shanpai("solve", "r.json", "--iterations", "200", "--check", "--format", "json", "-o", "p.json");
  const { plan } = JSON.parse(readFileSync(join(home, "p.json"), "utf8"));
  const services = plan.routes.flatMap((route: { stops: { kind: string }[] }) =>
    route.stops.filter(({ kind }) => kind === "KIND_SERVICE"),
  );
  expect(services.length + (plan.unassigned ?? []).length).toBe(10);
  const judged = JSON.parse(await shanpai("evaluate", "r.json", "p.json", "--format", "json"));
  expect(judged.findings ?? []).toEqual([]);
}, 120_000);

test("the installed server listens, and ends by itself with code 0 on SIGTERM", async () => {
  // Not through npx: the signal is for the server itself.
  const server = spawn(join(home, "node_modules/.bin/shanpai"), ["serve", "--port", "0", "--workers", "1"], {
    cwd: home,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => server.on("close", resolve));
  const log = await new Promise<string>((resolve, reject) => {
    let text = "";
    server.stderr.on("data", (chunk) => {
      text += chunk;
      if (text.includes("listening")) resolve(text);
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
  expect(JSON.parse(log.split("\n")[0]!)).toMatchObject({ host: "127.0.0.1", workers: 1 });
  server.kill("SIGTERM");
  expect(await ended).toBe(0);
});
