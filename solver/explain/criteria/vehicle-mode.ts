// vehicle_mode: ways of moving that get to the customer.
import { excluded, notAsked, OFF, type Pair, satisfied, settingOf, type Verdict } from "../verdict.ts";

export function vehicleMode(pair: Pair): Verdict {
  if (settingOf(pair, "vehicle_mode").mode !== "hard") return OFF;
  if (pair.order.access === -1)
    return notAsked(pair, () => ({
      en: "Every way of moving gets to the customer.",
      zh: "任何交通方式均可到达客户处。",
    }));
  if (((pair.order.access >> pair.engineer.mode) & 1) === 0)
    return excluded(() => ({
      en: "This way of moving does not get to the customer.",
      zh: "该交通方式无法到达客户处。",
    }));
  return satisfied(() => ({ en: "Gets to the customer.", zh: "可以到达客户处。" }));
}
