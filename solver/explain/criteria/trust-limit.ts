// trust_limit: the value in the engineer's care is covered, with some margin.
import {
  excluded,
  notAsked,
  onRoute,
  type Pair,
  percent,
  satisfied,
  scored,
  settingOf,
  type Verdict,
} from "../verdict.ts";

const ID = "trust_limit";

/** Whether the order's own value is beyond what is left of the limit. */
export function trustAlone(pair: Pair): Verdict {
  const { trustValue } = pair.order.inputs;
  const { trustLimit: limit, trustCarried } = pair.engineer.inputs;
  const value = trustCarried + trustValue;
  if (settingOf(pair, ID).mode !== "hard" || trustValue === 0 || limit === undefined || value <= limit)
    return onRoute(pair);
  return excluded(
    () => ({
      en: `${value} minor units in care are beyond ${limit}.`,
      zh: `保管价值 ${value} 超过上限 ${limit}（最小货币单位）。`,
    }),
    () => ({ value: `${value}`, limit: `${limit}` }),
  );
}

/** At a stop of the order, with `carried` minor units in care beside its own value. */
export function trustLimit(pair: Pair, carried: number): Verdict {
  const { trustValue } = pair.order.inputs;
  const limit = pair.engineer.inputs.trustLimit;
  if (trustValue === 0)
    return notAsked(pair, () => ({ en: "Nothing of value is in care.", zh: "没有需要保管的财物。" }));
  const value = carried + trustValue;
  const inputs = () => ({ value: `${value}`, limit: `${limit ?? "none"}` });
  if (limit === undefined)
    return satisfied(() => ({ en: "The engineer has no limit of value.", zh: "该工程师没有保管价值上限。" }), inputs);
  const score = marginScore(value, limit, settingOf(pair, ID).params.margin_percent!);
  return scored(
    pair,
    ID,
    score,
    () => ({
      en: `${value} of ${limit} minor units in care, ${percent(score)} of the wanted margin left.`,
      zh: `保管价值 ${value}，上限 ${limit}（最小货币单位），余量达到 ${percent(score)}。`,
    }),
    inputs,
  );
}

/** What is left of the limit over the margin that should be left, 0..10000. */
function marginScore(value: number, limit: number, marginPercent: number): number {
  const margin = (BigInt(limit) * BigInt(marginPercent)) / 100n;
  const free = BigInt(limit - value);
  if (free >= margin) return free < 0n ? 0 : 10_000;
  return free < 0n ? 0 : Number((10_000n * free) / margin);
}
