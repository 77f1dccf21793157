// Answers to `why_not`: questions checked, pairs explained, as messages.
import { create } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  type EvaluateRequest,
  type WhyNot,
  WhyNot_Verdict,
  type WhyNotQuestion,
  WhyNotSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Relaxation } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { PlannedRoute } from "../../solver/decode.ts";
import { Context, Draft, remove } from "../../solver/explain/draft.ts";
import { type WhyNot as Answer, type Hindrance, whyNot, whyNotWords } from "../../solver/explain/why-not.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../../solver/model/problem.ts";
import { stopIfGone, type Violation } from "../errors.ts";
import { differenceToProto, insertionToProto } from "../messages/insertion-to-proto.ts";
import { languageOf, nameOf } from "../messages/language.ts";
import { relaxationsOf } from "../messages/relaxations-to-proto.ts";
import { show } from "../validate/report.ts";
import type { AssignControl } from "./assign.ts";
import { rowsOf } from "./explanations.ts";

/** Questions at most. */
const MOST_QUESTIONS = 10_000;

/** What is wrong with the questions of a valid request. */
export function questionViolations({ request, whyNot }: EvaluateRequest): Violation[] {
  if (whyNot.length > MOST_QUESTIONS)
    return [
      {
        field: "why_not",
        description: `must have at most ${MOST_QUESTIONS} items, has ${whyNot.length}`,
        code: "TOO_MANY",
      },
    ];
  const orders = new Set(request!.orders.map(({ id }) => id));
  const engineers = new Set(request!.engineers.map(({ id }) => id));
  return whyNot.flatMap(({ orderId, engineerId }, row) => [
    ...unknown(orders, orderId, `why_not[${row}].order_id`, "order"),
    ...unknown(engineers, engineerId, `why_not[${row}].engineer_id`, "engineer"),
  ]);
}

function unknown(ids: ReadonlySet<string>, id: string, field: string, kind: "order" | "engineer"): Violation[] {
  if (id === "") return [{ field, description: "must not be empty", code: "REQUIRED" }];
  if (ids.has(id)) return [];
  return [
    { field, description: `names no ${kind} of the request: ${show(id)}`, code: `UNKNOWN_${kind.toUpperCase()}` },
  ];
}

/** Answers in the order of the questions; those that the deadline cut off are missing. Throws RequestError CANCELLED. */
export function answersOf(
  request: AssignRequest,
  problem: Problem,
  planned: readonly PlannedRoute[],
  questions: readonly WhyNotQuestion[],
  control: Pick<AssignControl, "deadlineMs" | "stopped">,
): WhyNot[] {
  const draft = new Draft(new Context(problem), planned);
  const answers: WhyNot[] = [];
  for (const question of questions) {
    stopIfGone(control);
    if (performance.now() > control.deadlineMs) break;
    answers.push(answerOf(request, draft, question, () => stopIfGone(control)));
  }
  return answers;
}

const VERDICTS = {
  chosen: WhyNot_Verdict.CHOSEN,
  locked: WhyNot_Verdict.LOCKED,
  meeting: WhyNot_Verdict.MEETING,
  ineligible: WhyNot_Verdict.INELIGIBLE,
  infeasible: WhyNot_Verdict.INFEASIBLE,
  dearer: WhyNot_Verdict.DEARER,
  cheaper: WhyNot_Verdict.CHEAPER,
  equal: WhyNot_Verdict.EQUAL,
} as const satisfies Record<Answer["verdict"], WhyNot_Verdict>;

function answerOf(
  request: AssignRequest,
  draft: Draft,
  { orderId, engineerId }: WhyNotQuestion,
  poll: () => void,
): WhyNot {
  const { problem, rows } = draft.context;
  const engineer = problem.engineers.find(({ id }) => id === engineerId)!;
  const order = rows.orders.get(orderId);
  // What is under way is nobody else's any more, and what is broken is left out of the problem.
  if (!order) return settled(request, problem, orderId, engineerId);
  const answer = whyNot(draft, order, engineer);
  const route =
    "insertion" in answer ? answer.insertion.route : answer.verdict === "chosen" ? draft.routeWith(orderId) : undefined;
  return create(WhyNotSchema, {
    orderId,
    engineerId,
    verdict: VERDICTS[answer.verdict],
    message: whyNotWords(draft, order, nameOf(request, engineerId), answer)[languageOf(request)],
    rows: rowsOf(request, problem, order, engineer, route, [...draft.routes.values()]),
    ...(answer.verdict === "ineligible" && { excludingCriterionIds: [...answer.excluding] }),
    ...(answer.verdict === "infeasible" && {
      rules: answer.hindrances.map(ruleToProto),
      ...(answer.alone && { alone: insertionToProto(request, problem, answer.alone) }),
    }),
    ...((answer.verdict === "ineligible" || answer.verdict === "infeasible") && {
      relaxations: relaxationsFor(request, draft, order, engineer, poll),
    }),
    ...("insertion" in answer && {
      insertion: insertionToProto(request, problem, answer.insertion, answer.removal),
      difference: differenceToProto(problem, answer.change),
    }),
  });
}

/** What would let the engineer have the order; nothing where it cannot be taken out of its route. */
function relaxationsFor(
  request: AssignRequest,
  draft: Draft,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  poll: () => void,
): Relaxation[] {
  const chosen = draft.routeWith(order.id);
  if (chosen === undefined) return relaxationsOf(request, draft, order, [engineer], poll);
  const removal = remove(draft, order.id);
  if (removal === undefined || removal.stuck) return [];
  return relaxationsOf(request, removal.draft, order, [engineer], poll);
}

function settled(request: AssignRequest, problem: Problem, orderId: string, engineerId: string): WhyNot {
  const owner = problem.engineers.find(({ shifts }) =>
    shifts.some(({ head }) => head?.orders.some(({ order }) => order.id === orderId)),
  );
  const verdict =
    owner === undefined
      ? WhyNot_Verdict.INFEASIBLE
      : owner.id === engineerId
        ? WhyNot_Verdict.CHOSEN
        : WhyNot_Verdict.LOCKED;
  const message = {
    en: owner ? `It is under way or done with ${owner.id}.` : "It breaks a rule of the contract and is left out.",
    zh: owner ? `${owner.id} 已开始或完成该工单。` : "该工单违反约定，已被排除。",
  };
  return create(WhyNotSchema, { orderId, engineerId, verdict, message: message[languageOf(request)] });
}

function ruleToProto({ rule, places, at }: Hindrance) {
  const { shift } = at.trial.way;
  const under = shift.head?.stops ?? 0;
  const what = rule.subject === undefined ? "" : ` of ${rule.subject}`;
  return {
    code: rule.code,
    places,
    shiftIndex: shift.index,
    position: at.position + under,
    expected: rule.limit === undefined ? "" : `at most ${rule.limit}${what}`,
    got: rule.value === undefined ? (rule.subject ?? "") : `${rule.value}${what}`,
    ...(at.supply && { operatingCentreId: at.supply.centre.id, supplyPosition: at.supply.position + under }),
  };
}
