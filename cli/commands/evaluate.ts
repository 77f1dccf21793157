// shanpai evaluate: what the checker says of a plan, what the plan costs, how it differs from another one.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { z } from "zod";
import {
  type AssignRequest,
  type AssignResponse,
  type EvaluateRequest,
  EvaluateRequestSchema,
  type EvaluateResponse,
  EvaluateResponseSchema,
  type Finding,
  FindingSchema,
  type WhyNotQuestionSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { RoadTravel } from "../../server/roads/road-task.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText } from "../files.ts";
import { address, file, oneOf, parseOptions } from "../options.ts";
import { readPlan } from "../plan-file.ts";
import { evaluationTable } from "../report/evaluation.ts";
import { readRequest, refuseInvalid } from "../request.ts";
import { overrideTravel, roadTravelOf } from "../travel.ts";

const schema = z.object({
  compare: file.optional(),
  whyNot: z.array(z.string()).optional(),
  server: address.optional(),
  format: oneOf("json", "table").optional(),
  travel: file.optional(),
});

/** Judges the plan (or whole answer) in `planPath` for the request in `requestPath`; returns the exit code, 1 on a finding. */
export async function evaluate(requestPath: string, planPath: string, raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const request = await readRequest(requestPath);
  const roads = overrideTravel(request, options.travel);
  refuseInvalid(request);
  // With a server its own Evaluate asks for the travel; the answer around the plan is checked here.
  const road = await roadTravelOf(request, roads, "evaluate");
  const { plan, response } = await readPlan(planPath);
  const other = options.compare === undefined ? undefined : await readPlan(options.compare);
  const asked = create(EvaluateRequestSchema, {
    request,
    plan,
    ...(other && { otherPlan: other.plan }),
    whyNot: (options.whyNot ?? []).map((pair) => questionOf(request, pair)),
  });
  const answer = await judge(asked, options.server, road);
  if (response) await addAnswerFindings(answer, request, response, road?.tables);
  const asTable = (options.format ?? (process.stdout.isTTY ? "table" : "json")) === "table";
  process.stdout.write(
    asTable
      ? evaluationTable(request, answer, process.stdout.columns ?? 110)
      : jsonText(EvaluateResponseSchema, answer),
  );
  return answer.valid ? EXIT.ok : EXIT.findings;
}

/** An order and an engineer with a colon between them; ids may have colons of their own. */
function questionOf(request: AssignRequest, pair: string): MessageInitShape<typeof WhyNotQuestionSchema> {
  const orders = new Set(request.orders.map(({ id }) => id));
  const parts = pair.split(":");
  const at = parts.findIndex((_, end) => orders.has(parts.slice(0, end).join(":")));
  if (at < 0)
    throw new UsageError(`--why-not ${JSON.stringify(pair)}: must be order:engineer, with ids of the request`);
  return { orderId: parts.slice(0, at).join(":"), engineerId: parts.slice(at).join(":") };
}

/** By the server at `address`, else in this thread. */
async function judge(
  asked: EvaluateRequest,
  address: string | undefined,
  road: RoadTravel | undefined,
): Promise<EvaluateResponse> {
  if (address === undefined) {
    const { evaluate } = await import("../../server/answer/evaluate.ts");
    return evaluate(asked, {
      deadlineMs: Number.POSITIVE_INFINITY,
      stopped: () => false,
      ...(road && { road }),
    });
  }
  const { connect } = await import("../../server/client.ts");
  const client = connect(address);
  try {
    return await client.evaluate(asked);
  } finally {
    client.close();
  }
}

/** Of a whole answer its cost, assignments and bound are checked, too. */
async function addAnswerFindings(
  answer: EvaluateResponse,
  request: AssignRequest,
  response: AssignResponse,
  tables: RoadTables | undefined,
): Promise<void> {
  const { checkResponse } = await import("../../solver/check/check.ts");
  const text = ({ code, engineerId, orderId, stopIndex, expected, got }: Partial<Finding>) =>
    JSON.stringify([code, engineerId ?? "", orderId ?? "", stopIndex, expected, got]);
  const known = new Set(answer.findings.map(text));
  const more = checkResponse(request, response, tables).filter((finding) => !known.has(text(finding)));
  answer.findings.push(...more.map((finding) => create(FindingSchema, finding)));
  answer.valid = answer.findings.length === 0;
}
