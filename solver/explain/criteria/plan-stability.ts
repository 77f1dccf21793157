// plan_stability: customers who were told who comes and when keep that.
import { costOfScore, excluded, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "plan_stability";
const UNTOLD = () => ({ en: "The current plan does not serve the order.", zh: "当前计划未安排此工单。" });

/** Whether another engineer comes. */
export function movedCustomer(pair: Pair): Verdict {
  const { published } = pair.order.inputs;
  if (published === undefined) return notAsked(pair, UNTOLD);
  const stays = published.engineerId === pair.engineer.id;
  const words = stays
    ? () => ({ en: "The engineer of the current plan.", zh: "与当前计划的工程师一致。" })
    : () => ({
        en: `The current plan sends ${published.engineerId}.`,
        zh: `当前计划安排的是 ${published.engineerId}。`,
      });
  if (!stays && settingOf(pair, ID).mode === "hard")
    return excluded(words, () => ({ planned_engineer: published.engineerId }));
  return scored(pair, ID, stays ? 10_000 : 0, words, () => ({ planned_engineer: published.engineerId }));
}

/** Ticks of a start that moved farther than it may. */
export function movedStartTicks(pair: Pair, start: number): number {
  const { mode, params } = settingOf(pair, ID);
  const tps = pair.problem.ticksPerSecond;
  const told = pair.order.inputs.published?.start;
  if (mode === "off" || told === undefined || Math.abs(start - told) <= params.tolerance_s! * tps) return 0;
  return params.start_s! * tps;
}

/** Both, for service that begins at `start`: what is missing to a full score is the share of what both together can cost. */
export function planStability(pair: Pair, start: number): Verdict {
  const who = movedCustomer(pair);
  if (pair.order.inputs.published === undefined) return who;
  const later = movedStartTicks(pair, start);
  const { weightS, params } = settingOf(pair, ID);
  const tps = pair.problem.ticksPerSecond;
  const costTicks = who.costTicks + later;
  const most = costOfScore(weightS, 0, tps) + params.start_s! * tps;
  const verdict = {
    ...who,
    costTicks,
    score: most === 0 ? 10_000 : Math.floor((10_000 * (most - costTicks)) / most),
  };
  if (later === 0) return verdict;
  const minutes = Math.round((start - pair.order.inputs.published.start!) / tps / 60);
  return {
    ...verdict,
    inputs: () => ({ ...who.inputs(), moved_minutes: `${minutes}` }),
    sentence: () => ({
      en: `${who.sentence().en} The start moved by ${minutes} minutes.`,
      zh: `${who.sentence().zh}开始时间变动 ${minutes} 分钟。`,
    }),
  };
}
