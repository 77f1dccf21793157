// shanpai reoptimize: running plans planned anew, one, a folder or a stream of them.
import { existsSync, statSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { SingleBar } from "cli-progress";
import { z } from "zod";
import { type AssignRequest, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  CriterionMode,
  CriterionSettingSchema,
  PolicySchema,
  SearchOptions_Mode,
  SearchOptionsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { type CommandAssigner, openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, writeText } from "../files.ts";
import { address, file, milliseconds, oneOf, parseOptions, seed, whole } from "../options.ts";
import { freeze } from "../reoptimize/freeze.ts";
import { openJournal } from "../reoptimize/journal.ts";
import { inFolder, inStream, oneFile, type Question } from "../reoptimize/questions.ts";
import { digestOf, failedRow, type ReoptimizedRow, rowOf } from "../reoptimize/row.ts";
import { changedPlan, reoptimizedTable } from "../report/plan-changes.ts";
import { refuseInvalid } from "../request.ts";

const schema = z.object({
  plan: file.optional(),
  freezeUntil: z.string().optional(),
  stability: whole(0, 1_000_000).optional(),
  timeLimit: milliseconds.optional(),
  iterations: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  seed: seed.optional(),
  jobs: whole(1, 64),
  resume: z.boolean().optional(),
  server: address.optional(),
  format: oneOf("json", "table").optional(),
  output: file.optional(),
});
type Options = z.output<typeof schema>;

/** Reoptimizes what is in `path`: a request, a folder of requests, or a stream of them (.jsonl, or - for standard input). */
export async function reoptimize(path: string, raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  if (path !== "-" && existsSync(path) && statSync(path).isDirectory())
    return many(inFolder(path, options.plan), options, true);
  if (path === "-" || path.endsWith(".jsonl")) {
    if (options.plan !== undefined)
      throw new UsageError(
        `--plan ${JSON.stringify(options.plan)}: a stream has its plans in its own lines (docs/replay.md)`,
      );
    if (path !== "-" && !existsSync(path)) throw new UsageError(`cannot read ${path}: there is no such file`);
    return many(inStream(path), options, false);
  }
  return one(oneFile(path, options.plan), options);
}

async function one(question: Question, options: Options): Promise<number> {
  if (options.resume) throw new UsageError("--resume: is for a folder or a stream of requests");
  const request = asked(await question.read(), options);
  const assigner = await openAssigner(options.server, 1);
  try {
    const response = await assigner.assign(request);
    const people = process.stdout.isTTY && options.output === undefined;
    const asTable = (options.format ?? (people ? "table" : "json")) === "table";
    await writeText(
      options.output,
      asTable ? changedPlan(request, response) : jsonText(AssignResponseSchema, response),
    );
    if (!asTable) process.stderr.write(changedPlan(request, response));
    return EXIT.ok;
  } finally {
    await assigner.close();
  }
}

/** Answers every question, `jobs` side by side; returns the exit code, 1 where one was refused. */
async function many(questions: AsyncIterable<Question>, options: Options, folder: boolean): Promise<number> {
  const { output, jobs, resume = false } = options;
  if (folder && output === undefined)
    throw new UsageError("--output: is needed for a folder of requests: where the answers go");
  if (resume && output === undefined) throw new UsageError("--resume: needs the --output of the run before");
  if (folder) await mkdir(output!, { recursive: true });
  const journal =
    output === undefined ? undefined : openJournal(folder ? join(output, "report.jsonl") : output, resume);
  const rows: ReoptimizedRow[] = [];
  const before = new Map((journal?.done ?? []).map((row) => [JSON.stringify([row.name, row.asked]), row]));
  const bar = new SingleBar({
    format: "[{bar}] {value} done | {failed} failed | {name}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    noTTYOutput: false,
  });
  let [failed, known] = [0, 0];
  const assigner = await openAssigner(options.server, jobs);
  const answer = async (question: Question) => {
    const row = await rowFor(question, options, assigner, before, folder);
    if (before.get(JSON.stringify([row.name, row.asked])) !== row) {
      if (journal) journal.append(row);
      else process.stdout.write(`${JSON.stringify(row)}\n`);
    }
    if (row.error !== undefined) failed++;
    // The answers themselves are in the file: they would fill the memory.
    const { response: _, ...kept } = row;
    rows.push(kept);
    bar.update(rows.length, { failed, name: row.name });
  };
  try {
    bar.start(0, 0, { failed, name: "" });
    const running = new Set<Promise<void>>();
    for await (const question of questions) {
      bar.setTotal(++known);
      const task = answer(question).finally(() => running.delete(task));
      running.add(task);
      if (running.size >= jobs) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    bar.stop();
    await assigner.close();
    journal?.close();
  }
  const table = reoptimizedTable(
    rows.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
    process.stderr.columns ?? 110,
  );
  // Where the answers are the output, the table is not.
  (output === undefined ? process.stderr : process.stdout).write(table);
  return failed > 0 ? EXIT.findings : EXIT.ok;
}

async function rowFor(
  question: Question,
  options: Options,
  assigner: CommandAssigner,
  before: ReadonlyMap<string, ReoptimizedRow>,
  folder: boolean,
): Promise<ReoptimizedRow> {
  const { name } = question;
  const begin = performance.now();
  const seconds = () => Math.round(performance.now() - begin) / 1000;
  let request: AssignRequest | undefined;
  try {
    request = asked(await question.read(), options);
    const done = before.get(JSON.stringify([name, digestOf(request)]));
    const target = folder ? join(options.output!, name) : undefined;
    if (done && (target === undefined || existsSync(target))) return done;
    const response = await assigner.assign(request);
    if (target !== undefined) {
      // Whole or not at all, also after a kill.
      await writeText(`${target}.next`, jsonText(AssignResponseSchema, response));
      await rename(`${target}.next`, target);
    }
    return rowOf(name, request, response, seconds(), !folder);
  } catch (error) {
    return failedRow(name, request, error as Error, seconds());
  }
}

/** The request as it is asked: what the options say on top of it. */
function asked(request: AssignRequest, options: Options): AssignRequest {
  if (!request.currentPlan)
    throw new UsageError("there is no plan to begin with: give --plan, or current_plan in the request");
  const search = request.search ?? create(SearchOptionsSchema);
  request.search = search;
  search.mode = SearchOptions_Mode.REOPTIMIZE;
  const { timeLimit, iterations, seed, stability, freezeUntil } = options;
  if (timeLimit !== undefined)
    search.timeLimit = create(DurationSchema, {
      seconds: BigInt(Math.floor(timeLimit / 1000)),
      nanos: (timeLimit % 1000) * 1e6,
    });
  if (iterations !== undefined) search.iterations = BigInt(iterations);
  if (seed !== undefined) search.seed = seed;
  if (stability !== undefined) {
    const policy = request.policy ?? create(PolicySchema);
    request.policy = policy;
    const others = policy.criteria.filter(({ id }) => id !== "plan_stability");
    const mode = CriterionMode.SOFT;
    policy.criteria = [...others, create(CriterionSettingSchema, { id: "plan_stability", mode, weightS: stability })];
  }
  refuseInvalid(request);
  if (freezeUntil !== undefined) freeze(request, freezeUntil);
  return request;
}
