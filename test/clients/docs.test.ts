// The examples of docs/clients.md do what they say.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { start } from "../e2e/servers.ts";
import { commandOrSkip, toolOrSkip } from "./tools.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const python = toolOrSkip("build/python/bin/python");
const goPlugin = toolOrSkip("build/go/protoc-gen-go");
const maven = commandOrSkip("mvn");
/** The gRPC that CI's Go, 1.19, still takes. */
const GO_GRPC = "v1.64.1";

/** The first block in `language`. */
function block(language: string): string {
  const text = readFileSync(join(root, "docs/clients.md"), "utf8");
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms").exec(text)![1]!;
}

/** The example in `language`, asking a server on `port`. */
function example(language: string, port: number): string {
  const code = block(language);
  expect(code).toContain("127.0.0.1:50051");
  return code.replace("127.0.0.1:50051", `127.0.0.1:${port}`);
}

test("Node.js", async () => {
  const { server } = await start();
  // Beside node_modules, so that its imports are found.
  const folder = mkdtempSync(join(root, "node_modules", ".clients-"));
  try {
    writeFileSync(join(folder, "example.mjs"), example("js", server.port));
    const { stdout } = await run(process.execPath, [join(folder, "example.mjs")], { cwd: root });
    expect(stdout).toBe("fridge -> mei\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(python === undefined)("Python", async () => {
  const { server } = await start();
  const folder = mkdtempSync(join(tmpdir(), "shanpai-clients-"));
  try {
    const files = "dispatch engineer order place plan policy travel"
      .split(" ")
      .map((file) => `shanpai/dispatch/v1/${file}.proto`);
    const out = [`--python_out=${folder}`, `--grpc_python_out=${folder}`];
    await run(python!, ["-m", "grpc_tools.protoc", "-Iproto", ...out, ...files], { cwd: root });
    writeFileSync(join(folder, "example.py"), example("python", server.port));
    const { stdout } = await run(python!, ["example.py"], { cwd: folder });
    expect(stdout).toBe("fridge -> mei\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(goPlugin === undefined)("Go", { timeout: 600_000 }, async () => {
  const { server } = await start();
  const folder = mkdtempSync(join(tmpdir(), "shanpai-clients-"));
  try {
    writeFileSync(join(folder, "go.mod"), `module example\n\ngo 1.19\n\nrequire google.golang.org/grpc ${GO_GRPC}\n`);
    writeFileSync(join(folder, "buf.gen.yaml"), block("yaml"));
    writeFileSync(join(folder, "main.go"), example("go", server.port));
    const path = `${dirname(goPlugin!)}${delimiter}${process.env.PATH}`;
    const options = { cwd: folder, env: { ...process.env, PATH: path, GOFLAGS: "-mod=mod" } };
    await run(join(root, "node_modules/.bin/buf"), ["generate", join(root, "proto")], options);
    await run("go", ["build", "-o", "example", "."], options);
    const { stdout } = await run(join(folder, "example"), [], options);
    expect(stdout).toBe("fridge -> mei\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(maven === undefined)("Java", { timeout: 600_000 }, async () => {
  const { server } = await start();
  const folder = mkdtempSync(join(tmpdir(), "shanpai-clients-"));
  try {
    const sources = join(folder, "src/main/java");
    mkdirSync(sources, { recursive: true });
    writeFileSync(join(folder, "pom.xml"), block("xml"));
    writeFileSync(join(sources, "Example.java"), example("java", server.port));
    const goals = ["compile", "exec:java", `-Dproto=${join(root, "proto")}`];
    const { stdout } = await run(maven!, ["--quiet", "--batch-mode", ...goals], { cwd: folder });
    // Maven writes colours around it.
    expect(stripVTControlCharacters(stdout)).toBe("fridge -> mei\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
