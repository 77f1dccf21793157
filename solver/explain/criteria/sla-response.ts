// sla_response: the promises to answer and to have come.
import {
  lin,
  notAsked,
  type Pair,
  scored,
  seconds,
  secondsZh,
  settingOf,
  type Verdict,
  type Words,
} from "../verdict.ts";

const ID = "sla_response";
/** The longest slip that is told apart, ticks. */
const MOST_TICKS = 2 ** 29 - 1;

/** For a visit that ends at `end`, ticks after `now`. */
export function slaResponse(pair: Pair, end: number): Verdict {
  const { dueTicks } = pair.order.inputs;
  if (dueTicks === undefined) {
    const verdict = notAsked(pair, () => {
      const { en, zh } = answerOf(pair).words;
      return { en: `No promise when to have come. ${en}`.trim(), zh: `未承诺完成时间。${zh}` };
    });
    return { ...verdict, inputs: () => answerOf(pair).inputs };
  }
  const tps = pair.problem.ticksPerSecond;
  const slip = end - dueTicks;
  return scored(
    pair,
    ID,
    lin(slip, 0, Math.min(MOST_TICKS, settingOf(pair, ID).params.worst_s! * tps)),
    () => {
      const { words } = answerOf(pair);
      return slip > 0
        ? {
            en: `Finished ${seconds(slip, tps)} after the promise. ${words.en}`.trim(),
            zh: `比承诺晚 ${secondsZh(slip, tps)}完成。${words.zh}`,
          }
        : { en: `Finished as promised. ${words.en}`.trim(), zh: `按承诺完成。${words.zh}` };
    },
    () => ({ slip: seconds(slip, tps), ...answerOf(pair).inputs }),
  );
}

/** The response clock: the same for every plan, and therefore shown, not charged. */
function answerOf(pair: Pair): { readonly words: Words; readonly inputs: Record<string, string> } {
  const { ageS } = pair.order.inputs;
  if (ageS === undefined) return { words: { en: "", zh: "" }, inputs: {} };
  const { params } = settingOf(pair, ID);
  const score = lin(ageS, params.answer_best_s!, Math.max(params.answer_best_s! + 1, params.answer_worst_s!));
  return {
    words: { en: `Answered ${ageS} s after the order.`, zh: `下单后 ${ageS} 秒答复。` },
    inputs: { answer_s: `${ageS}`, answer_score: `${score}` },
  };
}
