// The core with one exported function that traps: what a mistake in WebAssembly looks like to the worker.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const EXPORTS = 7;
const CODE = 10;
const UNREACHABLE = 0x00;
const NOP = 0x01;
const END = 0x0b;

/** What the declarations of Node leave out: the constructor and the list of imports. */
declare const WebAssembly: {
  Module: { new (bytes: Uint8Array): object; imports(module: object): { kind: string }[] };
  compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
};

/** Compiles the core with the body of `name` replaced by `unreachable`. Format: WebAssembly specification, "Binary Format". */
export function coreThatTrapsIn(name: string): Promise<WebAssembly.Module> {
  const bytes = new Uint8Array(readFileSync(fileURLToPath(new URL("../../build/core.wasm", import.meta.url))));
  const functions = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function");
  let at = 8; // past magic and version
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  let wanted = -1;
  while (at < bytes.length) {
    const section = bytes[at++]!;
    const length = number();
    const next = at + length;
    if (section === EXPORTS) {
      for (let left = number(); left > 0; left--) {
        const size = number();
        const text = new TextDecoder().decode(bytes.subarray(at, at + size));
        at += size;
        const kind = bytes[at++]!;
        const index = number();
        if (kind === 0 && text === name) wanted = index - functions.length;
      }
    }
    if (section === CODE) {
      number();
      for (let index = 0; index < wanted; index++) {
        const size = number();
        at += size;
      }
      const size = number();
      bytes[at] = 0; // no locals
      bytes.fill(NOP, at + 1, at + size);
      bytes[at + 1] = UNREACHABLE;
      bytes[at + size - 1] = END;
      return WebAssembly.compile(bytes);
    }
    at = next;
  }
  throw new Error(`the core has no function ${name}`);
}
