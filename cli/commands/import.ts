// shanpai import: published instances as requests.
import { z } from "zod";
import { euroNeuripsRequest } from "../../datasets/euro-neurips.ts";
import { solomonRequest } from "../../datasets/solomon.ts";
import { trspRequest } from "../../datasets/trsp.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, readText, writeText } from "../files.ts";
import { file, oneOf, parseOptions } from "../options.ts";

const READERS = {
  solomon: solomonRequest,
  homberger: solomonRequest,
  trsp: trspRequest,
  "euro-neurips": euroNeuripsRequest,
};

const schema = z.object({ format: oneOf("solomon", "homberger", "trsp", "euro-neurips"), output: file.optional() });

/** Reads the instance in `path` and writes it as a request; returns the exit code. */
export async function importInstance(formatName: string, path: string, raw: object): Promise<number> {
  const { format, output } = parseOptions(schema, { ...raw, format: formatName }, ["format"]);
  const text = await readText(path);
  let request: AssignRequest;
  try {
    request = READERS[format](text);
  } catch (error) {
    throw new UsageError(`${path} is not a ${format} instance: ${(error as Error).message}`);
  }
  await writeText(output, jsonText(AssignRequestSchema, request));
  return EXIT.ok;
}
