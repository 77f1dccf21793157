// engineer_tier: attendance and output against the target.
import { TIER_SCORES } from "../../criteria.ts";
import { missing, type Pair, scored, settingOf, tierOf, type Verdict } from "../verdict.ts";

const ID = "engineer_tier";

export function engineerTier(pair: Pair): Verdict {
  const { outputPercent } = pair.engineer.inputs;
  if (outputPercent === undefined)
    return missing(pair, ID, () => ({ en: "Attendance and output are not known.", zh: "出勤和产能未知。" }));
  const tier = tierOf(outputPercent, settingOf(pair, ID));
  const name = "ABCD"[tier]!;
  return scored(
    pair,
    ID,
    TIER_SCORES[tier]!,
    () => ({ en: `Tier ${name}: ${outputPercent} % of the target.`, zh: `${name} 级：完成目标的 ${outputPercent}%。` }),
    () => ({ output_percent: `${outputPercent}`, tier: name }),
  );
}
