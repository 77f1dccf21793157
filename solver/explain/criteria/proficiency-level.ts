// proficiency_level: the levels that the order wants.
import { excluded, missing, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "proficiency_level";

export function proficiencyLevel(pair: Pair): Verdict {
  const { order, engineer, problem } = pair;
  if (order.levels.length === 0)
    return notAsked(pair, () => ({ en: "The order states no level.", zh: "工单没有技能等级要求。" }));
  let lowest = 10_000;
  let below: string | undefined;
  let unstated: string | undefined;
  const inputs = () =>
    Object.fromEntries(
      order.levels.map(({ skillId, level }) => [
        skillId,
        `wanted ${level}, ${levelWords(engineer.skills.get(skillId))}`,
      ]),
    );
  for (const { skillId, level: wanted, hard } of order.levels) {
    const skill = engineer.skills.get(skillId);
    const level = skill?.level ?? 0;
    const met = skill !== undefined && (level === 0 || level >= wanted);
    if (!met && (hard || settingOf(pair, ID).mode === "hard")) below ??= skillId;
    let score = 0;
    if (skill !== undefined && level === 0) score = problem.policy.neutralScore;
    else if (met) score = wanted === 10 ? 10_000 : 10_000 - Math.floor((5000 * (level - wanted)) / (10 - wanted));
    if (score < lowest) unstated = skill !== undefined && level === 0 ? skillId : undefined;
    lowest = Math.min(lowest, score);
  }
  if (below !== undefined)
    return excluded(
      () => ({
        en: `The level in ${below} is below what the order insists on.`,
        zh: `${below} 的等级低于工单的硬性要求。`,
      }),
      inputs,
    );
  // What decides is a level that nobody stated.
  if (unstated !== undefined)
    return missing(
      pair,
      ID,
      () => ({ en: `The level in ${unstated} is not stated.`, zh: `未注明 ${unstated} 的等级。` }),
      inputs,
    );
  if (lowest === 10_000)
    return scored(
      pair,
      ID,
      lowest,
      () => ({ en: "Exactly the level the order wants.", zh: "等级与工单要求完全一致。" }),
      inputs,
    );
  if (lowest === 0)
    return scored(pair, ID, lowest, () => ({ en: "Below the wanted level.", zh: "低于要求的等级。" }), inputs);
  return scored(pair, ID, lowest, () => ({ en: "Above the wanted level.", zh: "高于要求的等级。" }), inputs);
}

function levelWords(skill: { readonly level: number } | undefined): string {
  if (skill === undefined) return "not held";
  return skill.level === 0 ? "level not stated" : `level ${skill.level}`;
}
