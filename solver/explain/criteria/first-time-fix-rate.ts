// first_time_fix_rate: fixes at the first visit, of the most particular cases that fit the order.
import { missing, notAsked, type Pair, percent, rate, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "first_time_fix_rate";

export function firstTimeFixRate(pair: Pair): Verdict {
  const { order, engineer } = pair;
  const { family } = order.inputs;
  if (family === "") return notAsked(pair, () => ({ en: "The order names no family.", zh: "工单未注明系列。" }));
  const { skills, levels } = order;
  const asksFor = (id: string) =>
    skills.allOf.includes(id) || skills.anyOf.includes(id) || levels.some(({ skillId }) => skillId === id);
  let most = -1;
  let successes = 0;
  let total = 0;
  for (const row of engineer.inputs.fixes) {
    if ((row.family !== "" && row.family !== family) || (row.skillId !== "" && !asksFor(row.skillId))) continue;
    const particularity = (row.family === "" ? 0 : 2) + (row.skillId === "" ? 0 : 1);
    if (particularity < most) continue;
    if (particularity > most) [most, successes, total] = [particularity, 0, 0];
    successes += row.successes;
    total += row.total;
  }
  if (most < 0)
    return missing(pair, ID, () => ({
      en: "First-time fixes of such orders are not known.",
      zh: "此类工单的一次修复率未知。",
    }));
  const { params, prior } = settingOf(pair, ID);
  const score = rate({ successes, total }, params.m!, prior);
  return scored(
    pair,
    ID,
    score,
    () => ({
      en: `${successes} of ${total} fixed at the first visit, ${percent(score)} after shrinking.`,
      zh: `${total} 次中一次修复 ${successes} 次，收缩后 ${percent(score)}。`,
    }),
    () => ({ fixed: `${successes}`, visits: `${total}`, by: ["any", "skill", "family", "skill and family"][most]! }),
  );
}
