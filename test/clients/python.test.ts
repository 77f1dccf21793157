// A Python client on grpcio, generated from the .proto files, without and with client certificates.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority } from "../e2e/certificates.ts";
import { start } from "../e2e/servers.ts";
import { toolOrSkip } from "./tools.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const python = toolOrSkip("build/python/bin/python");

describe.skipIf(python === undefined)("a Python client", () => {
  let generated: string;
  beforeAll(async () => {
    generated = mkdtempSync(join(tmpdir(), "shanpai-python-"));
    const files = "dispatch engineer order place plan policy travel".split(" ");
    await run(
      python!,
      [
        "-m",
        "grpc_tools.protoc",
        "-Iproto",
        `--python_out=${generated}`,
        `--grpc_python_out=${generated}`,
        ...files.map((file) => `shanpai/dispatch/v1/${file}.proto`),
      ],
      { cwd: root },
    );
  });
  afterAll(() => rmSync(generated, { recursive: true, force: true }));

  const client = async (port: number, ...args: string[]) => {
    const script = fileURLToPath(new URL("outside_client.py", import.meta.url));
    const { stdout } = await run(python!, [script, generated, `localhost:${port}`, ...args]).catch((error) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    });
    return stdout;
  };

  test("assigns, streams, cancels, keeps deadlines, reads bad input's details and sends 20 MB", async () => {
    const { server } = await start({ workers: 2, marginMs: 1_000 });
    const said = await client(server.port);
    expect(said).not.toContain("NOT OK");
    expect(said.trim().split("\n").length).toBeGreaterThan(10);
  }, 300_000);

  test("does the same with a client certificate, and gets nothing without one", async () => {
    const authority = createAuthority();
    try {
      const { certFile, keyFile } = authority.issue("localhost", "DNS:localhost");
      const own = authority.issue("north", "DNS:north");
      const tls = { certFile, keyFile, clientCaFile: authority.caFile };
      const { server } = await start({ workers: 2, marginMs: 1_000, tls });
      const said = await client(server.port, "--ca", authority.caFile, "--cert", own.certFile, "--key", own.keyFile);
      expect(said).toContain("ok mTLS: no certificate, no answer");
    } finally {
      authority.close();
    }
  }, 300_000);
});
