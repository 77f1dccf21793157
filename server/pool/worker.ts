// One worker thread: decodes a request, lets the core solve it and encodes the answer.
import { create, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import { move, transferableSymbol, valueSymbol, workerData } from "piscina";
import {
  type AssignRequest,
  AssignResponseSchema,
  EvaluateRequestSchema,
  EvaluateResponseSchema,
  ProgressSchema,
  RecommendResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Core, createCore } from "../../solver/core.ts";
import { loadHighs } from "../../solver/prove/highs.ts";
import { type AssignControl, answerFrom, assign, searchOnly } from "../answer/assign.ts";
import { decodeRequest } from "../answer/decode-request.ts";
import { evaluate } from "../answer/evaluate.ts";
import { createRecommender } from "../answer/recommender.ts";
import { decoderOf } from "../codec/decoder.ts";
import { type Encoder, encoderOf } from "../codec/encoder.ts";
import { invalidRequest, RequestError, toPlainError } from "../errors.ts";
import { bodyViolations } from "../validate/server-limits.ts";
import { decoding, durationMs } from "./peek.ts";
import { monotonicMs, type PlanReport, STOP, type Task, type TaskResult, type WorkerSetup } from "./task.ts";
import { planReport, Stopwatch } from "./task-report.ts";
import { warmUp } from "./warm-up.ts";

const { module, limits, keepCoreMb, started } = workerData as WorkerSetup;
let core: Core | undefined = createCore(module);
try {
  if (Atomics.load(started, 0) === 0) await warmUp(core);
} catch {
  // The request that makes it fail again is told so.
  core = undefined;
}
const recommender = createRecommender();
const decodeEvaluate = decoderOf(EvaluateRequestSchema);
const encodeAnswer = encoderOf(AssignResponseSchema);
const encodeJudged = encoderOf(EvaluateResponseSchema);
const encodePlaces = encoderOf(RecommendResponseSchema);

/** Answers as soon as tasks can be done. */
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
    // Memory of WebAssembly never shrinks: a core that has grown is given up, and the next task gets a new one.
    if (core && core.exports.memory.buffer.byteLength > keepCoreMb * 2 ** 20) core = undefined;
  }
}

async function solve(task: Task): Promise<TaskResult> {
  const started = monotonicMs();
  if (started >= task.deadline)
    throw new RequestError("DEADLINE_EXCEEDED", "the deadline came before a worker was free");
  const stopwatch = new Stopwatch(started);
  const stopped = () => Atomics.load(task.flags, STOP) !== 0;
  if (task.kind === "evaluate") {
    const asked = decoding(EvaluateRequestSchema, () => decodeEvaluate(task.request.slice()));
    if (asked.request) refuseTooMuch(asked.request);
    stopwatch.lap("decode");
    const judged = evaluate(asked, controlOf(task, task.deadline, stopped));
    stopwatch.lap("answer");
    return encoded(encodeJudged, judged, stopwatch);
  }
  if (task.kind === "recommend") {
    core ??= createCore(module);
    const control = controlOf(task, task.deadline, stopped);
    const places = recommender.answer(core, task.request.slice(), control, (request) => {
      refuseTooMuch(request);
      stopwatch.lap("decode");
    });
    stopwatch.lap("answer");
    return encoded(encodePlaces, places, stopwatch);
  }
  // Text decoders refuse shared memory, so the worker decodes its own copy.
  const bytes = task.request.slice();
  const request = decodeRequest(bytes, stopped);
  refuseTooMuch(request);
  stopwatch.lap("decode");
  core ??= createCore(module);
  const highs = request.search?.prove && task.kind !== "search" ? await loadHighs() : undefined;
  const control = {
    ...controlOf(task, Math.min(task.deadline, started + task.timeLimitMs), stopped),
    bytes,
    ...(highs && { highs }),
  };
  if (task.kind === "search") {
    const solution = searchOnly(core, request, control);
    stopwatch.lap("answer", { search: solution.searchMs });
    return { kind: "solution", solution, report: stopwatch.report() };
  }
  const answer =
    task.kind === "assign"
      ? assign(core, request, control)
      : answerFrom(core, request, control, [...(task.solutions ?? [])]);
  const { search, proof } = answer.statistics ?? {};
  // With several searches the time of the search is theirs.
  stopwatch.lap("answer", {
    search: task.kind === "assign" && search ? durationMs(search) : 0,
    prove: proof ? durationMs(proof) : 0,
  });
  return encoded(encodeAnswer, answer, stopwatch, planReport(request, answer));
}

function refuseTooMuch(request: AssignRequest): void {
  const violations = bodyViolations(request, limits);
  if (violations.length > 0) throw invalidRequest(violations);
}

/** The encoded message, moved and not copied to the main thread. */
function encoded<D extends DescMessage>(
  encode: Encoder<D>,
  message: MessageShape<D>,
  stopwatch: Stopwatch,
  plan?: PlanReport,
): TaskResult {
  const response = encode(message);
  stopwatch.lap("encode");
  const result: TaskResult = { kind: "answer", response, report: stopwatch.report(plan) };
  return move({ [transferableSymbol]: response.buffer, [valueSymbol]: result }) as unknown as TaskResult;
}

function controlOf(task: Task, deadline: number, stopped: () => boolean): AssignControl {
  const { islands, progress, progressIntervalMs } = task;
  return {
    workerIndex: task.workerIndex,
    deadlineMs: performance.now() + (deadline - monotonicMs()),
    stopped,
    ...(task.road ? { road: task.road } : {}),
    ...(progress ? { onProgress: (p) => progress.postMessage(create(ProgressSchema, p)) } : {}),
    ...(islands ? { islands } : {}),
    ...(progressIntervalMs === undefined ? {} : { progressIntervalMs }),
  };
}
