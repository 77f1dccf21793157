// Google's own protobuf for Python as a second implementation of the contract, in an environment of its own.
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const VERSION = "1.85.1";
const ENVIRONMENT = join(tmpdir(), `shanpai-python-${VERSION}`);
const PYTHON = join(ENVIRONMENT, "bin", "python");
const PROTO = fileURLToPath(new URL("../../proto", import.meta.url));
const SCRIPT = fileURLToPath(new URL("convert.py", import.meta.url));

/** A message to convert: `json` to base64 of its bytes, or `binary` (base64) to proto3 JSON. */
export interface Conversion {
  readonly type: "AssignRequest" | "AssignResponse";
  readonly from: "json" | "binary";
  readonly data: string;
}

/** Converts messages, in order. */
export type Converter = (conversions: readonly Conversion[]) => Promise<string[]>;

/** The converter; undefined, with a warning, where Python or its packages cannot be had. With CI set that is an error. */
export async function pythonConverter(): Promise<Converter | undefined> {
  try {
    await install();
  } catch (error) {
    if (process.env.CI) throw error;
    console.warn(`SKIPPED: proto3 JSON is not checked against Python's protobuf: ${error}`);
    return undefined;
  }
  return async (conversions) => {
    const child = run(PYTHON, [SCRIPT], { maxBuffer: 1 << 28, env: { ...process.env, PYTHONPATH: ENVIRONMENT } });
    child.child.stdin!.end(conversions.map((conversion) => JSON.stringify(conversion)).join("\n"));
    const { stdout } = await child;
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as string);
  };
}

/** Makes the environment once and generates the message classes anew. */
async function install(): Promise<void> {
  try {
    await run(PYTHON, ["-c", "import grpc_tools"]);
  } catch {
    await run("python3", ["-m", "venv", ENVIRONMENT]);
    const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", `grpcio-tools==${VERSION}`];
    await run(PYTHON, pip, { timeout: 120_000 });
  }
  const folder = "shanpai/dispatch/v1";
  const files = (await readdir(join(PROTO, folder))).filter((file) => file.endsWith(".proto"));
  const paths = files.map((file) => `${folder}/${file}`);
  await run(PYTHON, ["-m", "grpc_tools.protoc", "-I", PROTO, `--python_out=${ENVIRONMENT}`, ...paths]);
}
