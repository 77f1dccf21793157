// acceptance_rate: offers accepted, against peers on like offers.
import { excluded, missing, type Pair, percent, rate, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "acceptance_rate";

export function acceptanceRate(pair: Pair): Verdict {
  if (pair.order.preference.declined.includes(pair.engineer.id))
    return excluded(() => ({ en: "Declined this order before.", zh: "曾拒绝过该工单。" }));
  const { acceptance } = pair.engineer.inputs;
  if (acceptance === undefined)
    return missing(pair, ID, () => ({ en: "Offers and answers are not known.", zh: "接单记录未知。" }));
  const { params, prior } = settingOf(pair, ID);
  const peers = rate(acceptance.peers, params.m!, prior);
  const own = rate(acceptance.own, params.m!, peers);
  const score = own >= peers ? 10_000 : Math.floor((10_000 * own) / peers);
  return scored(
    pair,
    ID,
    score,
    () => ({
      en: `Accepts ${percent(own)} of offers, peers ${percent(peers)} of like ones.`,
      zh: `接单率 ${percent(own)}，同类派单的同行为 ${percent(peers)}。`,
    }),
    () => ({ accepted: `${acceptance.own.successes} of ${acceptance.own.total}`, peers: percent(peers) }),
  );
}
