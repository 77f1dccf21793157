// skill_match: the skills that the order asks for.
import { excluded, list, notAsked, OFF, type Pair, satisfied, settingOf, type Verdict } from "../verdict.ts";

export function skillMatch(pair: Pair): Verdict {
  const { order, engineer } = pair;
  const { allOf, anyOf, noneOf } = order.skills;
  if (settingOf(pair, "skill_match").mode !== "hard") return OFF;
  if (allOf.length + anyOf.length + noneOf.length === 0)
    return notAsked(pair, () => ({ en: "The order asks for no skill.", zh: "工单不要求技能。" }));
  const until = order.lastWindowEnd ?? engineer.lastShiftEnd;
  const valid = (id: string) => {
    const skill = engineer.skills.get(id);
    return skill !== undefined && (skill.validUntil === undefined || skill.validUntil >= until);
  };
  const inputs = () => ({
    all_of: list(allOf),
    any_of: list(anyOf),
    none_of: list(noneOf),
    held: list(engineer.skills.keys()),
  });
  if (!allOf.every(valid))
    return excluded(() => {
      const missing = list(allOf.filter((id) => !valid(id)));
      return {
        en: `Does not hold ${missing} through the end of the last window.`,
        zh: `在最后时间窗结束前不具备技能：${missing}。`,
      };
    }, inputs);
  if (anyOf.length > 0 && !anyOf.some(valid))
    return excluded(
      () => ({ en: `Holds none of ${list(anyOf)}.`, zh: `不具备以下任何一项技能：${list(anyOf)}。` }),
      inputs,
    );
  if (noneOf.some((id) => engineer.skills.has(id)))
    return excluded(() => {
      const barred = list(noneOf.filter((id) => engineer.skills.has(id)));
      return { en: `Holds ${barred}, which the order rules out.`, zh: `具备工单排除的技能：${barred}。` };
    }, inputs);
  return satisfied(() => ({ en: "Holds every skill the order asks for.", zh: "具备工单要求的全部技能。" }), inputs);
}
