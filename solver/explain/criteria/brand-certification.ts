// brand_certification: the maker's certificate through the order's last window.
import { EXPIRING_SCORE } from "../../criteria.ts";
import { excluded, notAsked, type Pair, scored, settingOf, type Verdict } from "../verdict.ts";

const ID = "brand_certification";
const SECONDS_A_DAY = 86_400;

export function brandCertification(pair: Pair): Verdict {
  const { order, engineer, problem } = pair;
  const { brand, warranty } = order.inputs;
  if (brand === "") return notAsked(pair, () => ({ en: "The order names no maker.", zh: "工单未注明品牌。" }));
  const { mode, params } = settingOf(pair, ID);
  const needed = order.lastWindowEnd ?? engineer.lastShiftEnd;
  const certificate = engineer.inputs.certificates.find(([name]) => name === brand);
  const until = certificate === undefined ? Number.NEGATIVE_INFINITY : (certificate[1] ?? Number.POSITIVE_INFINITY);
  const inputs = () => ({ brand, warranty: warranty ? "yes" : "no", certificate: certificate ? "held" : "none" });
  if (until < needed) {
    const words = () => ({
      en: `No certificate of ${brand} that is valid long enough.`,
      zh: `没有足够有效期的 ${brand} 认证。`,
    });
    return warranty || mode === "hard" ? excluded(words, inputs) : scored(pair, ID, 0, words, inputs);
  }
  if (until - params.expiring_days! * SECONDS_A_DAY * problem.ticksPerSecond < needed)
    return scored(
      pair,
      ID,
      EXPIRING_SCORE,
      () => ({ en: `The certificate of ${brand} expires soon.`, zh: `${brand} 认证即将到期。` }),
      inputs,
    );
  return scored(pair, ID, 10_000, () => ({ en: `Certified by ${brand}.`, zh: `持有 ${brand} 认证。` }), inputs);
}
