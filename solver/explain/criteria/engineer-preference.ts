// engineer_preference: whom the customer named.
import { excluded, list, notAsked, type Pair, scored, type Verdict } from "../verdict.ts";

const ID = "engineer_preference";

export function engineerPreference(pair: Pair): Verdict {
  const { id } = pair.engineer;
  const { required, excluded: barred, preferred, secondary, disliked } = pair.order.preference;
  if (barred.includes(id))
    return excluded(() => ({ en: "The order excludes this engineer.", zh: "工单排除了这位工程师。" }));
  if (required.length > 0 && !required.includes(id)) {
    const names = list(required);
    return excluded(
      () => ({ en: `The order requires one of ${names}.`, zh: `工单指定工程师：${names}。` }),
      () => ({ required: names }),
    );
  }
  if (preferred.length + secondary.length + disliked.length === 0)
    return notAsked(pair, () => ({ en: "The order states no preference.", zh: "工单没有人员偏好。" }));
  const inputs = () => ({ preferred: list(preferred), secondary: list(secondary), disliked: list(disliked) });
  if (preferred.includes(id))
    return scored(
      pair,
      ID,
      10_000,
      () => ({ en: "The customer prefers this engineer.", zh: "客户首选的工程师。" }),
      inputs,
    );
  if (secondary.includes(id))
    return scored(pair, ID, 7000, () => ({ en: "The customer's second choice.", zh: "客户的次选工程师。" }), inputs);
  if (disliked.includes(id))
    return scored(
      pair,
      ID,
      1000,
      () => ({ en: "The customer would rather have somebody else.", zh: "客户希望换一位工程师。" }),
      inputs,
    );
  return scored(
    pair,
    ID,
    5000,
    () => ({ en: "Neither wanted nor unwanted by the customer.", zh: "客户既未指定也未拒绝。" }),
    inputs,
  );
}
