// parts_on_hand: how much of what the order needs is in the van; a substitute counts 0.9.
import { notAsked, type Verdict } from "../verdict.ts";
import { unitsOf, type Visited, wordsOf } from "../visited.ts";

export function partsOnHand(visited: Visited): Verdict {
  const { parts } = visited.stop;
  const needed = unitsOf(parts);
  if (needed === 0) return notAsked(visited, () => ({ en: "The order needs no part.", zh: "工单不需要备件。" }));
  const own = parts.filter(({ centreId, lenderId }) => centreId === undefined && lenderId === undefined);
  const tenths = own.reduce((sum, use) => sum + use.quantity * (use.substituteFor === undefined ? 10 : 9), 0);
  return {
    status: "evaluated",
    score: Math.floor((1000 * tenths) / needed),
    costTicks: 0,
    inputs: () => ({ on_hand: wordsOf(own) }),
    sentence: () => ({
      en: `${unitsOf(own)} of ${needed} units are in the van.`,
      zh: `所需 ${needed} 件中车上已有 ${unitsOf(own)} 件。`,
    }),
  };
}
