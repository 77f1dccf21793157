// shanpai solve: the plan for a request.
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import cliProgress from "cli-progress";
import { z } from "zod";
import {
  type AssignRequest,
  type AssignResponse,
  AssignResponseSchema,
  type Progress,
  ProgressSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CandidatesSchema, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { DirectionsSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { durationMs } from "../../server/pool/peek.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { type CommandAssigner, openAssigner } from "../assigner.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, writeText } from "../files.ts";
import { findingTable } from "../findings.ts";
import { address, file, milliseconds, oneOf, parseOptions, seed, whole } from "../options.ts";
import { policyOf } from "../policy.ts";
import { readRequest, refuseInvalid } from "../request.ts";
import { overrideTravel, roadTravelOf } from "../travel.ts";

const schema = z.object({
  output: file.optional(),
  timeLimit: milliseconds.optional(),
  iterations: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  seed: seed.optional(),
  workers: whole(1, 64).optional(),
  candidates: z.literal("all").or(whole(1, 10_000)).optional(),
  regions: z.boolean().optional(),
  prove: z.boolean().optional(),
  proveTimeLimit: milliseconds.optional(),
  policy: file.optional(),
  check: z.boolean().optional(),
  format: oneOf("json", "table", "html", "geojson").optional(),
  server: address.optional(),
  travel: file.optional(),
  instructions: z.string().min(1, "must not be empty").optional(),
});
type Options = z.output<typeof schema>;

/** Solves the request in `path` and writes the answer; returns the exit code. */
export async function solve(path: string, raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const request = await readRequest(path);
  await override(request, options);
  const roads = overrideTravel(request, options.travel);
  if (roads.valhallaTiles !== undefined && options.server !== undefined)
    throw new UsageError("--travel: a folder of tiles is of no use to --server; its own --travel says where they are");
  if (!request.validateOnly) refuseInvalid(request);

  const assigner = await openAssigner(options.server, request.search?.workers || 1, roads);
  let response: AssignResponse;
  try {
    response = await withProgress((onProgress) =>
      options.regions ? byRegions(request, assigner, onProgress) : assigner.assign(request, onProgress),
    );
  } finally {
    await assigner.close();
  }
  const tables = assigner.roadTables();
  await writeText(options.output, await written(request, response, options, tables));
  if (response.violations.length > 0) return EXIT.usage;
  if (!options.check) return EXIT.ok;
  refuseOtherTravel(request, response);
  return checked(request, response, tables ?? (await roadTravelOf(request, roads, "assign"))?.tables);
}

/** Longest solve by regions where neither time nor iterations are given. */
const REGIONS_MS = 60_000;

async function byRegions(
  request: AssignRequest,
  assigner: CommandAssigner,
  onProgress?: (progress: Progress) => void,
): Promise<AssignResponse> {
  const { assignByRegions } = await import("../../server/regions/assign-by-regions.ts");
  const { search } = request;
  const iterations = Number(search?.iterations ?? 0n) || undefined;
  const given = search?.timeLimit && durationMs(search.timeLimit);
  const timeLimitMs = given ?? (iterations === undefined ? REGIONS_MS : undefined);
  return assignByRegions(request, (part) => assigner.assign(part), {
    ...{ timeLimitMs, iterations, jobs: search?.workers || 1 },
    onPlan: ({ elapsedMs, levels, share }) =>
      onProgress?.(
        create(ProgressSchema, {
          elapsed: create(DurationSchema, { seconds: BigInt(Math.floor(elapsedMs / 1000)) }),
          ...{ fraction: share, levels: [...levels] },
        }),
      ),
  });
}

/** Flags win over what the request says. */
async function override(request: AssignRequest, options: Options): Promise<void> {
  request.search ??= create(SearchOptionsSchema);
  const { timeLimit, iterations, seed, workers, candidates, prove, proveTimeLimit, policy, instructions, format } =
    options;
  const duration = (ms: number) =>
    create(DurationSchema, { seconds: BigInt(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1_000_000 });
  if (timeLimit !== undefined) request.search.timeLimit = duration(timeLimit);
  if (prove) request.search.prove = true;
  if (proveTimeLimit !== undefined) request.search.proveTimeLimit = duration(proveTimeLimit);
  if (iterations !== undefined) request.search.iterations = BigInt(iterations);
  if (seed !== undefined) request.search.seed = seed;
  if (workers !== undefined) request.search.workers = workers;
  if (candidates === "all") request.search.candidates = create(CandidatesSchema, { allPairs: true });
  else if (candidates !== undefined) request.search.candidates = create(CandidatesSchema, { engineers: candidates });
  if (instructions !== undefined)
    request.directions = create(DirectionsSchema, { geometry: true, language: instructions });
  else if (format === "geojson") request.directions ??= create(DirectionsSchema, { geometry: true });
  if (policy !== undefined) request.policy = await policyOf(policy);
}

/** Shows a bar on stderr while `solve` runs, where that is a terminal. */
async function withProgress<T>(solve: (onProgress?: (progress: Progress) => void) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return solve();
  const bar = new cliProgress.SingleBar({
    format: "[{bar}] {percentage}% | {seconds} s | {unassigned} left out | levels {levels}",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(1, 0, { seconds: 0, unassigned: "?", levels: "?" });
  try {
    return await solve(({ elapsed, fraction, levels, unassigned }) => {
      const seconds = (Number(elapsed?.seconds ?? 0n) + (elapsed?.nanos ?? 0) / 1e9).toFixed(1);
      bar.update(Math.min(1, fraction), { seconds, unassigned, levels: levels.join(" ") });
    });
  } finally {
    bar.stop();
  }
}

/** A request that names no travel has the server's, which the checker here does not know. Throws UsageError. */
function refuseOtherTravel(request: AssignRequest, { provenance }: AssignResponse): void {
  if (!request.travel?.source.case && ["osrm", "valhalla"].includes(provenance?.travelSource ?? ""))
    throw new UsageError(`--check: the server's own travel is ${provenance?.travelSource}; name it with --travel, too`);
}

async function written(
  request: AssignRequest,
  response: AssignResponse,
  options: Options,
  tables: RoadTables | undefined,
): Promise<string> {
  const people = process.stdout.isTTY && options.output === undefined;
  switch (options.format ?? (people ? "table" : "json")) {
    case "table":
      return (await import("../report/table.ts")).planTable(request, response, tables);
    case "geojson":
      return (await import("../report/geojson.ts")).planGeoJson(request, response);
    case "html":
      return (await import("../report/html.ts")).planHtml(request, response, tables);
    default:
      return jsonText(AssignResponseSchema, response);
  }
}

async function checked(request: AssignRequest, response: AssignResponse, tables?: RoadTables): Promise<number> {
  const { checkResponse } = await import("../../solver/check/check.ts");
  const findings = checkResponse(request, response, tables);
  if (findings.length === 0) {
    console.error("checker: no findings");
    return EXIT.ok;
  }
  console.error(`checker: ${findings.length} findings`);
  process.stderr.write(findingTable(findings, process.stderr.columns ?? 110));
  return EXIT.findings;
}
