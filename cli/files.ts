// Files of the command line: text and messages in proto3 JSON, `-` for standard input and output.
import { readFile, writeFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { type DescMessage, fromJson, type JsonValue, type MessageShape, toJson } from "@bufbuild/protobuf";
import { UsageError } from "./failure.ts";

/** The text of a file, or of standard input for `-`. Throws UsageError where it cannot be read. */
export async function readText(path: string): Promise<string> {
  if (path === "-") return textOf(process.stdin);
  return readFile(path, "utf8").catch((error: Error) => {
    throw new UsageError(`cannot read ${path}: ${error.message}`);
  });
}

/** The JSON value in a file. Throws UsageError where there is none. */
export async function readJson(path: string): Promise<JsonValue> {
  const text = await readText(path);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/** The message that a JSON value from `path` says. Throws UsageError with the field that does not fit. */
export function messageOf<D extends DescMessage>(schema: D, json: JsonValue, path: string): MessageShape<D> {
  try {
    return fromJson(schema, json);
  } catch (error) {
    throw new UsageError(`${path} is not a ${schema.typeName} in proto3 JSON: ${(error as Error).message}`);
  }
}

/** The message in a file. */
export async function readMessage<D extends DescMessage>(schema: D, path: string): Promise<MessageShape<D>> {
  return messageOf(schema, await readJson(path), path);
}

/** Proto3 JSON of a message, indented, with a line end. */
export function jsonText<D extends DescMessage>(schema: D, message: MessageShape<D>): string {
  return `${JSON.stringify(toJson(schema, message), null, 2)}\n`;
}

/** Writes to a file, or to standard output where `path` is absent or `-`. Throws UsageError where it cannot. */
export async function writeText(path: string | undefined, text: string): Promise<void> {
  if (path === undefined || path === "-") {
    process.stdout.write(text);
    return;
  }
  await writeFile(path, text).catch((error: Error) => {
    throw new UsageError(`cannot write ${path}: ${error.message}`);
  });
}
