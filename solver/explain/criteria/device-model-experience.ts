// device_model_experience: how often the engineer repaired this model, or others of its family.
import { half, missing, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "device_model_experience";

export function deviceModelExperience(pair: Pair): Verdict {
  const { model, family } = pair.order.inputs;
  if (model === "" && family === "")
    return notAsked(pair, () => ({ en: "The order names no model and no family.", zh: "工单未注明机型和系列。" }));
  const { experience } = pair.engineer.inputs;
  if (experience.length === 0)
    return missing(pair, ID, () => ({ en: "The engineer's repairs are not known.", zh: "工程师的维修记录未知。" }));
  const sum = (rows: typeof experience) => rows.reduce((total, row) => total + row.repairs, 0);
  const same = experience.filter((row) => model !== "" && row.model === model);
  const kin = experience.filter((row) => !same.includes(row) && family !== "" && row.family === family);
  const score = 10_000 - half(2 * sum(same) + sum(kin), 2 * settingOf(pair, ID).params.half_repairs!);
  return scored(
    pair,
    ID,
    score,
    () => ({
      en: `${sum(same)} repairs of this model and ${sum(kin)} of its family in 180 days.`,
      zh: `180 天内维修该机型 ${sum(same)} 次，同系列 ${sum(kin)} 次。`,
    }),
    () => ({
      model: model || "none",
      family: family || "none",
      model_repairs: `${sum(same)}`,
      family_repairs: `${sum(kin)}`,
    }),
  );
}
