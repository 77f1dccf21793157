// One worker thread: decodes a request, lets the core solve it and encodes the answer.
import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { move, workerData } from "piscina";
import {
  AssignRequestSchema,
  AssignResponseSchema,
  EvaluateRequestSchema,
  EvaluateResponseSchema,
  ProgressSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Core, createCore } from "../solver/core.ts";
import { loadHighs } from "../solver/prove/highs.ts";
import { type AssignControl, answerFrom, assign, searchOnly } from "./assign.ts";
import { RequestError, toPlainError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { decoding } from "./peek.ts";
import { monotonicMs, STOP, type Task, type TaskResult } from "./task.ts";
import { warmUp } from "./warm-up.ts";

const { module } = workerData as { module: WebAssembly.Module };
let core: Core | undefined = createCore(module);
await warmUp(core);

/** Answers as soon as tasks can be done: when this module is loaded, the worker is warm. */
export function ready(): void {}

/** Does one task. Never throws: errors are part of the result. */
export async function run(task: Task): Promise<TaskResult> {
  try {
    return await solve(task);
  } catch (thrown) {
    // After anything unexpected the core's memory is not to be trusted; the next task gets a new one.
    if (!(thrown instanceof RequestError)) core = undefined;
    return { kind: "error", error: toPlainError(thrown) };
  } finally {
    task.progress?.close();
    for (const port of task.islands?.ports ?? []) port.close();
  }
}

async function solve(task: Task): Promise<TaskResult> {
  const started = monotonicMs();
  if (started >= task.deadline)
    throw new RequestError("DEADLINE_EXCEEDED", "the deadline came before a worker was free");
  if (task.kind === "evaluate") {
    const asked = decoding(EvaluateRequestSchema, () => fromBinary(EvaluateRequestSchema, task.request.slice()));
    return encoded(EvaluateResponseSchema, evaluate(asked, controlOf(task, task.deadline)));
  }
  // Text decoders refuse shared memory, so the worker decodes its own copy.
  const request = decoding(AssignRequestSchema, () => fromBinary(AssignRequestSchema, task.request.slice()));
  core ??= createCore(module);
  const highs = request.search?.prove && task.kind !== "search" ? await loadHighs() : undefined;
  const control = {
    ...controlOf(task, Math.min(task.deadline, started + task.timeLimitMs)),
    ...(highs && { highs }),
  };
  if (task.kind === "search") return { kind: "solution", solution: searchOnly(core, request, control) };
  const response =
    task.kind === "assign"
      ? assign(core, request, control)
      : answerFrom(core, request, control, [...(task.solutions ?? [])]);
  return encoded(AssignResponseSchema, response);
}

function encoded<D extends DescMessage>(schema: D, message: MessageShape<D>): Uint8Array<ArrayBuffer> {
  return move(toBinary(schema, message)) as Uint8Array<ArrayBuffer>;
}

function controlOf(task: Task, deadline: number): AssignControl {
  const { islands, progress, progressIntervalMs } = task;
  return {
    workerIndex: task.workerIndex,
    deadlineMs: performance.now() + (deadline - monotonicMs()),
    stopped: () => Atomics.load(task.flags, STOP) !== 0,
    ...(progress ? { onProgress: (p) => progress.postMessage(create(ProgressSchema, p)) } : {}),
    ...(islands ? { islands } : {}),
    ...(progressIntervalMs === undefined ? {} : { progressIntervalMs }),
  };
}
