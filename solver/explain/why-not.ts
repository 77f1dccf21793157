// Why an engineer does not serve an order in a plan: ineligible, infeasible, or how much dearer.
import type { CriterionId } from "../criteria.ts";
import type { ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import type { Broken } from "./broken.ts";
import { Draft, type Removal, remove, type Values, ZERO } from "./draft.ts";
import { cheapestPlace, type Insertion, type Place } from "./places.ts";
import { moved, signOf } from "./runner-up.ts";
import type { Words } from "./verdict.ts";
import { criterionName, durationWords, listed, ruleWords } from "./words.ts";

/** A rule that forbids an order, how often it is the first one broken, and one of the places. */
export interface Hindrance {
  readonly rule: Broken;
  readonly places: number;
  readonly at: Place;
}

export type WhyNot =
  | { readonly verdict: "chosen" | "locked" | "meeting" }
  | { readonly verdict: "ineligible"; readonly excluding: readonly CriterionId[] }
  | {
      readonly verdict: "infeasible";
      /** Most places first. */
      readonly hindrances: readonly Hindrance[];
      /** The order alone in an empty shift of the engineer, where it fits. */
      readonly alone: Insertion | undefined;
    }
  | {
      readonly verdict: "dearer" | "cheaper" | "equal";
      readonly insertion: Insertion;
      /** What is left where the order was; undefined where nobody serves it. */
      readonly removal: Removal | undefined;
      /** Values of the plan after the move minus those of the plan. */
      readonly change: Values;
    };

/** Answers for one pair of a problem. */
export function whyNot(draft: Draft, order: ProblemOrder, engineer: ProblemEngineer): WhyNot {
  const { context } = draft;
  const chosen = draft.routeWith(order.id);
  if (chosen?.engineer === engineer) return { verdict: "chosen" };
  if (order.lockedTo) return { verdict: "locked" };
  const { excluding } = context.pairs.of(order, engineer);
  if (excluding.length > 0) return { verdict: "ineligible", excluding };
  const routes = engineer.shifts.map((shift) => draft.routeOf(engineer, shift));
  const removal = remove(draft, order.id);
  if (routes.some((route) => route && !draft.told(route)) || (chosen && !removal)) return { verdict: "meeting" };
  const hindrances = new Map<string, Hindrance>();
  const insertion = cheapestPlace(removal?.draft ?? draft, order, engineer, (place) => {
    const rule = place.trial.broken[0]!;
    const known = hindrances.get(rule.code);
    hindrances.set(rule.code, { ...(known ?? { rule, at: place }), places: (known?.places ?? 0) + 1 });
  });
  // Without the order its route would break a rule: nobody else can have it.
  const stuck = removal?.stuck ?? false;
  if (insertion === undefined || stuck)
    return {
      verdict: "infeasible",
      hindrances: insertion
        ? []
        : [...hindrances.values()].sort((a, b) => b.places - a.places || (a.rule.code < b.rule.code ? -1 : 1)),
      alone: cheapestPlace(new Draft(context, []), order, engineer),
    };
  const change = chosen ? moved(order, removal?.change ?? ZERO, insertion) : insertion.change;
  const sign = signOf(draft, change);
  return { verdict: sign > 0 ? "dearer" : sign < 0 ? "cheaper" : "equal", insertion, removal, change };
}

/** The answer in one sentence; `who` is the engineer by name. */
export function whyNotWords(draft: Draft, order: ProblemOrder, who: string, answer: WhyNot): Words {
  switch (answer.verdict) {
    case "chosen":
      return { en: `${who} serves it.`, zh: `该工单由 ${who} 服务。` };
    case "locked":
      return {
        en: `It is locked to ${order.lockedTo?.engineerId ?? "another engineer"}.`,
        zh: `该工单已锁定给 ${order.lockedTo?.engineerId ?? "其他工程师"}。`,
      };
    case "meeting":
      return {
        en: `The plan does not tell which order a hand-over of parts is for: ${who} is not tried.`,
        zh: `计划未说明备件交接对应哪个工单：未对 ${who} 进行试算。`,
      };
    case "ineligible": {
      const names = listed(answer.excluding.map(criterionName));
      return { en: `${who} may not serve it: ruled out by ${names.en}.`, zh: `${who} 不可服务：不满足${names.zh}。` };
    }
    case "infeasible": {
      if (answer.hindrances.length === 0)
        return {
          en: `${who} could not take it over: the route that serves it would break a rule without it.`,
          zh: `${who} 无法接手：移出该工单后原路线会违反规则。`,
        };
      const rules = listed(answer.hindrances.map(({ rule }) => ruleWords(rule.code)));
      return {
        en: `It fits nowhere into ${who}'s routes: ${rules.en}; ${answer.alone ? "alone it would fit" : "nor would it fit alone"}.`,
        zh: `${who} 的路线中放不下：${rules.zh}；${answer.alone ? "单独安排可行" : "单独安排也不可行"}。`,
      };
    }
    default:
      return differenceWords(draft, who, answer.change);
  }
}

/** Which measure a level is in words depends on its terms, so the soft cost speaks where no level does. */
function differenceWords({ context: { problem } }: Draft, who: string, { measures }: Values): Words {
  const [, engineers, distance, travel, , soft] = measures;
  const parts: Words[] = [];
  const signed = (value: number, words: Words): Words => ({
    en: `${words.en} ${value > 0 ? "more" : "less"}`,
    zh: `${value > 0 ? "多" : "少"} ${words.zh}`,
  });
  if (soft !== 0) {
    const amount = durationWords(Math.abs(soft), problem);
    parts.push(signed(soft, { en: `${amount.en} of equivalent time`, zh: `${amount.zh}等效时间` }));
  }
  if (travel !== 0) {
    const amount = durationWords(Math.abs(travel), problem);
    parts.push(signed(travel, { en: `${amount.en} of travel`, zh: `${amount.zh}行程` }));
  }
  if (distance !== 0) parts.push(signed(distance, { en: `${Math.abs(distance)} m`, zh: `${Math.abs(distance)} 米` }));
  if (engineers !== 0)
    parts.push(signed(engineers, { en: `${Math.abs(engineers)} engineer`, zh: `${Math.abs(engineers)} 名工程师` }));
  if (parts.length === 0) return { en: `${who} could serve it at the same cost.`, zh: `${who} 服务的成本相同。` };
  const all = listed(parts);
  return { en: `${who} could serve it with ${all.en}.`, zh: `${who} 可以服务：${all.zh}。` };
}
