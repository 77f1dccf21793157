// first_time_fix_rate: fixes at the first visit, of the most particular cases that fit the order.
import { missing, notAsked, type Pair, percent, rate, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "first_time_fix_rate";

export function firstTimeFixRate(pair: Pair): Verdict {
  const { order, engineer } = pair;
  const { family } = order.inputs;
  const skills = new Set([...order.skills.allOf, ...order.skills.anyOf, ...order.levels.map((need) => need.skillId)]);
  if (family === "") return notAsked(pair, () => ({ en: "The order names no family.", zh: "工单未注明系列。" }));
  const fitting = engineer.inputs.fixes
    .filter((row) => (row.family === "" || row.family === family) && (row.skillId === "" || skills.has(row.skillId)))
    .map((row) => ({ ...row, particularity: (row.family === "" ? 0 : 2) + (row.skillId === "" ? 0 : 1) }));
  if (fitting.length === 0)
    return missing(pair, ID, () => ({
      en: "First-time fixes of such orders are not known.",
      zh: "此类工单的一次修复率未知。",
    }));
  const most = Math.max(...fitting.map((row) => row.particularity));
  const best = fitting.filter((row) => row.particularity === most);
  const successes = best.reduce((sum, row) => sum + row.successes, 0);
  const total = best.reduce((sum, row) => sum + row.total, 0);
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
