// customer_attribute_preference: a common language, and the gender asked for where the region allows asking.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { OTHER_LANGUAGE_SCORE } from "../../criteria.ts";

const language = (tag: string) => tag.toLowerCase().replace(/-.*/, "");

/** Score 0 to 10000, the lower of the two wishes; undefined when the customer asked for nothing. */
export function customerAttributePreferenceScore(
  order: Order,
  engineer: Engineer,
  genderAllowed: boolean,
  neutralScore: number,
): number | undefined {
  const wishes = order.customerAttributes;
  const scores: number[] = [];
  if (wishes && wishes.languages.length > 0) {
    const spoken = engineer.languages.map(language);
    const common = wishes.languages.some((tag) => spoken.includes(language(tag)));
    scores.push(spoken.length === 0 ? neutralScore : common ? 10_000 : OTHER_LANGUAGE_SCORE);
  }
  if (wishes && wishes.engineerGender !== "" && genderAllowed) {
    const same = engineer.gender.toLowerCase() === wishes.engineerGender.toLowerCase();
    scores.push(engineer.gender === "" ? neutralScore : same ? 10_000 : 0);
  }
  return scores.length === 0 ? undefined : Math.min(...scores);
}
