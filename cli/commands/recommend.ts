// shanpai recommend: the best engineers and arrival slots for one order against a running plan.
import { create, type JsonObject } from "@bufbuild/protobuf";
import { z } from "zod";
import {
  AssignResponseSchema,
  type RecommendRequest,
  RecommendRequestSchema,
  type RecommendResponse,
  RecommendResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { RoadSetup } from "../../server/roads/road-setup.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, messageOf, readJson } from "../files.ts";
import { address, file, oneOf, parseOptions, whole } from "../options.ts";
import { recommendationTable } from "../report/recommendation.ts";
import { readRequest, refuseInvalid } from "../request.ts";
import { overrideTravel, roadTravelOf } from "../travel.ts";

const schema = z.object({
  order: z.string({ error: "must be an order's id" }).min(1, "must be an order's id"),
  plan: file.optional(),
  limit: whole(1, 100).optional(),
  slots: whole(1, 10).optional(),
  explain: z.boolean().optional(),
  server: address.optional(),
  format: oneOf("table", "json").optional(),
  travel: file.optional(),
});

/** Writes the recommendations for one order of the request in `path`; returns the exit code. */
export async function recommend(path: string, raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const request = await readRequest(path);
  if (options.plan !== undefined) request.currentPlan = await readPlan(options.plan);
  const roads = overrideTravel(request, options.travel);
  refuseInvalid(request);
  const asked = create(RecommendRequestSchema, {
    request,
    orderId: options.order,
    limit: options.limit ?? 0,
    slotsPerEngineer: options.slots ?? 0,
  });
  const answer = await answerTo(asked, options.server, roads);
  const asTable = (options.format ?? (process.stdout.isTTY ? "table" : "json")) === "table";
  process.stdout.write(
    asTable
      ? recommendationTable(request, options.order, answer, { explain: options.explain === true })
      : jsonText(RecommendResponseSchema, answer),
  );
  return EXIT.ok;
}

/** A bare plan, or the plan of an answer. */
async function readPlan(path: string): Promise<Plan> {
  const json = await readJson(path);
  const keys = Object.keys((json ?? {}) as JsonObject);
  if (keys.every((key) => key === "routes" || key === "unassigned")) return messageOf(PlanSchema, json, path);
  const { plan } = messageOf(AssignResponseSchema, json, path);
  if (!plan) throw new UsageError(`${path} is an answer without a plan`);
  return plan;
}

/** By the server at `address`, else in this thread. */
async function answerTo(
  asked: RecommendRequest,
  address: string | undefined,
  roads: Partial<RoadSetup>,
): Promise<RecommendResponse> {
  if (address === undefined) {
    const { recommend } = await import("../../server/answer/recommend.ts");
    const { createCore, loadCoreModule } = await import("../../solver/core.ts");
    const road = await roadTravelOf(asked.request!, roads, "recommend");
    const control = {
      workerIndex: 0,
      deadlineMs: Number.POSITIVE_INFINITY,
      stopped: () => false,
      ...(road && { road }),
    };
    return recommend(createCore(await loadCoreModule()), asked, control);
  }
  const { connect } = await import("../../server/client.ts");
  const client = connect(address);
  try {
    return await client.recommend(asked);
  } finally {
    client.close();
  }
}
