// service_territory: whose territory the order lies in.
import {
  FOREIGN_TERRITORY,
  NEIGHBOUR_TERRITORY,
  OWN_TERRITORY,
  UNASKED_TERRITORY,
  UNKNOWN_TERRITORY,
} from "../../layout.ts";
import { centreTerritories, territoryOf, territoryReach } from "../../territories.ts";
import { excluded, half, missing, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "service_territory";

export function serviceTerritory(pair: Pair): Verdict {
  const { mode, params } = settingOf(pair, ID);
  const { order, engineer, problem } = pair;
  const reach = territoryReach(territoryOf(engineer.inputs), order.inputs, centreTerritories(problem.centres));
  const inputs = () => ({
    order_centre: order.inputs.centreId || "none",
    engineer_centre: engineer.inputs.centreId || "none",
    ...(reach >= 0 && { metres_outside: `${reach}` }),
  });
  if (reach === UNASKED_TERRITORY)
    return notAsked(pair, () => ({
      en: "Neither order nor engineer belongs to a territory.",
      zh: "工单和工程师均未注明服务区域。",
    }));
  if (reach === UNKNOWN_TERRITORY)
    return missing(
      pair,
      ID,
      () => ({ en: "The engineer's territory is not known.", zh: "工程师的服务区域未知。" }),
      inputs,
    );
  if (reach === OWN_TERRITORY)
    return scored(
      pair,
      ID,
      10_000,
      () => ({ en: "In the engineer's own territory.", zh: "在工程师自己的服务区域内。" }),
      inputs,
    );
  if (reach === FOREIGN_TERRITORY) {
    const words = () => ({
      en: "In a territory that is not next to the engineer's.",
      zh: "不在工程师的区域及相邻区域内。",
    });
    return mode === "hard" ? excluded(words, inputs) : scored(pair, ID, 0, words, inputs);
  }
  if (mode === "hard" && params.overflow !== 1)
    return excluded(() => ({ en: "In a neighbouring territory.", zh: "在相邻区域，策略不允许跨区。" }), inputs);
  const nearness = reach === NEIGHBOUR_TERRITORY ? problem.policy.neutralScore : half(reach, params.half_m!);
  const words = () => ({ en: "Helps out in a neighbouring territory.", zh: "跨区支援相邻区域。" });
  return scored(pair, ID, Math.floor(nearness / 2), words, inputs);
}
