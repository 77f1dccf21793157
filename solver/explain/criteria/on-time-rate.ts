// on_time_rate: starts on time.
import { missing, type Pair, percent, rate, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "on_time_rate";

export function onTimeRate(pair: Pair): Verdict {
  const { onTime } = pair.engineer.inputs;
  if (onTime === undefined) return missing(pair, ID, () => ({ en: "Punctuality is not known.", zh: "准时率未知。" }));
  const { params, prior } = settingOf(pair, ID);
  const score = rate(onTime, params.m!, prior);
  const { successes, total } = onTime;
  return scored(
    pair,
    ID,
    score,
    () => ({
      en: `${successes} of ${total} starts on time, ${percent(score)} after shrinking.`,
      zh: `${total} 次中准时 ${successes} 次，收缩后 ${percent(score)}。`,
    }),
    () => ({ on_time: `${successes}`, starts: `${total}` }),
  );
}
