// customer_rating: stars from customers, shrunk to the prior.
import { missing, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "customer_rating";

export function customerRating(pair: Pair): Verdict {
  const { rating } = pair.engineer.inputs;
  if (rating === undefined) return missing(pair, ID, () => ({ en: "There are no stars.", zh: "没有客户评分。" }));
  const { params, prior } = settingOf(pair, ID);
  const cases = params.m!;
  const priorStars = 1000 + Math.round((prior * 4) / 10);
  const shrunk = Math.floor((rating.milliStars * rating.count + priorStars * cases) / (rating.count + cases));
  const vip = pair.order.inputs.vip;
  return scored(
    pair,
    ID,
    Math.max(0, Math.min(10_000, (shrunk - 3000) * 5)),
    () => ({
      en: `${(shrunk / 1000).toFixed(2)} stars after shrinking ${rating.count} ratings${vip ? "; the customer's tier doubles the weight" : ""}.`,
      zh: `${rating.count} 条评价收缩后为 ${(shrunk / 1000).toFixed(2)} 星${vip ? "；VIP 客户权重加倍" : ""}。`,
    }),
    () => ({ stars: `${rating.milliStars / 1000}`, count: `${rating.count}`, vip: vip ? "yes" : "no" }),
  );
}
