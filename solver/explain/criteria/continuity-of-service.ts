// continuity_of_service: who was there last time.
import { excluded, half, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "continuity_of_service";
const [SAME, DIFFERENT_SENIOR] = [1, 2];

export function continuityOfService(pair: Pair): Verdict {
  const { lastVisit } = pair.order.inputs;
  if (lastVisit === undefined)
    return notAsked(pair, () => ({ en: "There was no visit before.", zh: "此前没有上门记录。" }));
  const { mode, params } = settingOf(pair, ID);
  const same = lastVisit.engineerId === pair.engineer.id;
  const inputs = () => ({ last_engineer: lastVisit.engineerId, days: `${lastVisit.days ?? "unknown"}` });
  if (lastVisit.rework && params.rework! > 0) {
    const right = params.rework === SAME ? same : !same && isSenior(pair, params.senior_level!);
    const who =
      params.rework === DIFFERENT_SENIOR
        ? { en: "another, senior engineer", zh: "另一位资深工程师" }
        : { en: "the same engineer", zh: "同一位工程师" };
    const words = right
      ? () => ({ en: `Rework goes to ${who.en}.`, zh: `返修由${who.zh}负责。` })
      : () => ({ en: `Rework should go to ${who.en}.`, zh: `返修应由${who.zh}负责。` });
    if (!right && mode === "hard") return excluded(words, inputs);
    return scored(pair, ID, right ? 10_000 : 0, words, inputs);
  }
  if (!lastVisit.held)
    return notAsked(pair, () => ({
      en: "The last repair did not hold: nobody has a claim.",
      zh: "上次维修未能持久，不优先任何人。",
    }));
  if (lastVisit.days === undefined)
    return notAsked(pair, () => ({ en: "Nobody knows when the last visit was.", zh: "上次上门时间未知。" }));
  if (!same)
    return scored(pair, ID, 0, () => ({ en: "Somebody else came last time.", zh: "上次上门的是其他工程师。" }), inputs);
  return scored(
    pair,
    ID,
    half(lastVisit.days, params.half_days!),
    () => ({
      en: `Came ${lastVisit.days} days ago, and the repair held.`,
      zh: `${lastVisit.days} 天前上门，维修效果良好。`,
    }),
    inputs,
  );
}

/** The stated level in a skill of the order, or in any where it asks for none, is high enough. */
function isSenior({ order, engineer }: Pair, seniorLevel: number): boolean {
  const ids = [...order.skills.allOf, ...order.skills.anyOf, ...order.levels.map((need) => need.skillId)];
  const top =
    ids.length === 0 ? engineer.inputs.topLevel : Math.max(...ids.map((id) => engineer.skills.get(id)?.level ?? 0));
  return top >= seniorLevel;
}
