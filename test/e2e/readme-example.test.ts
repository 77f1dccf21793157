// What the READMEs show is what happens: the command and its output, the call and its output, in both languages.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { start } from "./servers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** Contents of the README's fenced blocks in `language`, in sequence. */
function blocks(readme: string, language: string): string[] {
  const text = readFileSync(join(root, readme), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter((block) => block[1] === language)
    .map((block) => block[2]!);
}

test("both languages show the same commands, code and output", () => {
  for (const language of ["text", "js"]) {
    expect(blocks("README.md", language).length).toBeGreaterThan(0);
    expect(blocks("README.zh-CN.md", language)).toEqual(blocks("README.md", language));
  }
});

test("the plan in the README is the one the command makes", async () => {
  const command = blocks("README.md", "sh").find((block) => block.includes(" solve "))!;
  const args = /main\.js (.*)/.exec(command)![1]!.split(" ");
  const { stdout } = await run(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], { cwd: root });
  // An ellipsis stands for lines left out; what lies between two of them is there as it is, in sequence.
  let from = 0;
  for (const part of blocks("README.md", "text")[0]!.split("…\n")) {
    expect(stdout.slice(from)).toContain(part);
    from = stdout.indexOf(part, from) + part.length;
  }
});

test("the call in the README prints what the README says", async () => {
  const { server } = await start();
  // Beside node_modules, so that its imports are found.
  const folder = mkdtempSync(join(root, "node_modules", ".readme-"));
  try {
    const file = join(folder, "example.mjs");
    const code = blocks("README.md", "js")[0]!;
    expect(code).toContain("127.0.0.1:50051");
    writeFileSync(file, code.replace("127.0.0.1:50051", `127.0.0.1:${server.port}`));
    const { stdout } = await run(process.execPath, [file], { cwd: root });
    expect(stdout).toBe(blocks("README.md", "text")[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
