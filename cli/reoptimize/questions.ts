// Requests with their running plans: from a file, a folder of files, or lines of JSON.
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  EvaluateRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { UsageError } from "../failure.ts";
import { messageOf, readMessage } from "../files.ts";
import { readPlan } from "../plan-file.ts";

/** One request, which is read when its turn comes. */
export interface Question {
  readonly name: string;
  read(): Promise<AssignRequest>;
}

/** The request in `path`; the plan of `planPath` takes the place of its own. */
export function oneFile(path: string, planPath: string | undefined): Question {
  return {
    name: path,
    read: async () => {
      const request = await readMessage(AssignRequestSchema, path);
      if (planPath !== undefined) request.currentPlan = (await readPlan(planPath)).plan;
      return request;
    },
  };
}

/** The .json files of a folder by name; a folder of plans has plans of the same names. */
export async function* inFolder(folder: string, planFolder: string | undefined): AsyncGenerator<Question> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (names.length === 0) throw new UsageError(`${folder} has no .json files`);
  for (const name of names.sort()) {
    const planPath = planFolder === undefined ? undefined : join(planFolder, name);
    if (planPath !== undefined && !existsSync(planPath))
      throw new UsageError(`--plan ${JSON.stringify(planFolder)}: has no ${name}`);
    yield { ...oneFile(join(folder, name), planPath), name };
  }
}

/** Lines of JSON: an AssignRequest with its current_plan, or `{"request": ..., "plan": ...}`; empty lines are skipped. */
export async function* inStream(path: string): AsyncGenerator<Question> {
  const input = path === "-" ? process.stdin : createReadStream(path);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const name = `line ${number}`;
    if (line.trim() !== "") yield { name, read: async () => requestIn(line, `${path}, ${name}`) };
  }
}

function requestIn(line: string, where: string): AssignRequest {
  let json: JsonValue;
  try {
    json = JSON.parse(line) as JsonValue;
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`);
  }
  if (!("request" in ((json ?? {}) as JsonObject))) return messageOf(AssignRequestSchema, json, where);
  const { request, plan } = messageOf(EvaluateRequestSchema, json, where);
  if (!request) throw new UsageError(`${where}: request is empty`);
  if (plan) request.currentPlan = plan;
  return request;
}
