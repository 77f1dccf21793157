// customer_attribute_preference: what the customer asked for about the person.
import { OTHER_LANGUAGE_SCORE } from "../../criteria.ts";
import { list, missing, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "customer_attribute_preference";

export function customerAttributePreference(pair: Pair): Verdict {
  const { languages, gender: asked } = pair.order.inputs;
  const { languages: spoken, gender: stated } = pair.engineer.inputs;
  const gender = settingOf(pair, ID).params.gender === 1 ? asked : "";
  if (languages.length === 0 && gender === "")
    return notAsked(pair, () => ({
      en: "The customer asked for nothing about the person.",
      zh: "客户对人员没有要求。",
    }));
  const neutral = pair.problem.policy.neutralScore;
  const language =
    languages.length === 0 || languages.some((name) => spoken.includes(name))
      ? 10_000
      : spoken.length === 0
        ? neutral
        : OTHER_LANGUAGE_SCORE;
  const person = gender === "" || stated === gender ? 10_000 : stated === "" ? neutral : 0;
  const score = Math.min(language, person);
  const inputs = () => ({
    languages: list(languages),
    spoken: list(spoken),
    ...(gender !== "" && { gender_asked: gender }),
  });
  const unknown = (languages.length > 0 && spoken.length === 0) || (gender !== "" && stated === "");
  if (unknown && score === neutral)
    return missing(
      pair,
      ID,
      () => ({ en: "What the customer asked for is not known of the engineer.", zh: "工程师的相关信息未知。" }),
      inputs,
    );
  const words =
    score === 10_000
      ? () => ({ en: "As the customer asked.", zh: "符合客户的要求。" })
      : () => ({ en: "Not as the customer asked.", zh: "不符合客户的要求。" });
  return scored(pair, ID, score, words, inputs);
}
