// Criteria, rules, times and amounts as words in English and simplified Chinese.
import type { FindingCode } from "../check/codes.ts";
import type { Problem } from "../model/problem.ts";
import type { Words } from "./verdict.ts";

/** Hard pair criteria by id; others go by their id. */
const CRITERIA: Readonly<Record<string, Words>> = {
  service_territory: { en: "the service territory", zh: "服务区域" },
  skill_match: { en: "the skills", zh: "技能" },
  proficiency_level: { en: "the level in a skill", zh: "技能等级" },
  brand_certification: { en: "the maker's certificate", zh: "品牌认证" },
  engineer_preference: { en: "the customer's choice of engineers", zh: "客户对工程师的要求" },
  continuity_of_service: { en: "the rule for rework", zh: "返修规则" },
  acceptance_rate: { en: "the engineer having declined", zh: "工程师已拒单" },
  vehicle_mode: { en: "the way of getting there", zh: "交通方式" },
  trust_limit: { en: "the limit of value in care", zh: "保管价值上限" },
  service_cost: { en: "the order's budget", zh: "工单预算" },
  plan_stability: { en: "the engineer of the current plan", zh: "当前计划的工程师" },
};

/** What a rule that an insertion breaks is about. */
const RULES: Partial<Record<FindingCode, Words>> = {
  LEG_UNREACHABLE: { en: "there is no way", zh: "无路可达" },
  MAX_LEG: { en: "a leg would be too long", zh: "单段行程过长" },
  SHIFT_MAX_ORDERS: { en: "the shift takes no more orders", zh: "班次工单数已满" },
  ENGINEER_MAX_ORDERS: { en: "the engineer takes no more orders", zh: "工程师工单数已满" },
  LOAD: { en: "the load is too much", zh: "超出装载能力" },
  PART_ON_HAND: { en: "parts are missing", zh: "备件不足" },
  CENTRE_STOCK: { en: "the centre has too few parts", zh: "运营中心库存不足" },
  PART_CAPACITY: { en: "the van has no room for the parts", zh: "车上放不下备件" },
  TOOL_MISSING: { en: "a tool is missing", zh: "缺少工具" },
  NO_ALLOWED_START: { en: "a time window would be missed", zh: "会错过时间窗" },
  AFTER_SHIFT: { en: "the shift would end too late", zh: "班次会超时" },
  MAX_TRAVEL: { en: "the shift would travel too long", zh: "班次行程时间过长" },
  MAX_DISTANCE: { en: "the shift would travel too far", zh: "班次行驶距离过长" },
  TRUST_LIMIT: { en: "the value in care would be too high", zh: "保管价值会超过上限" },
  BUDGET: { en: "a visit would cost more than its budget", zh: "上门成本会超预算" },
  ROUTE_EMPTY: { en: "somebody who lends would serve nobody", zh: "借出方将没有工单" },
  LOAN_PLACE: { en: "a hand-over of parts would have no place", zh: "备件交接将没有地点" },
  LOAN_CYCLE: { en: "hand-overs of parts would wait for each other", zh: "备件交接会互相等待" },
  LOAN_SPARE: { en: "a lender would lack the parts", zh: "借出方备件不足" },
  MAX_WORKING: { en: "the shift would work too long", zh: "班次工作时间过长" },
};

const same = (text: string): Words => ({ en: text, zh: text });

export const criterionName = (id: string): Words => CRITERIA[id] ?? same(id);
export const ruleWords = (code: FindingCode): Words => RULES[code] ?? same(code);

/** Words with separators of each language between them. */
export function listed(words: readonly Words[]): Words {
  return { en: words.map(({ en }) => en).join(", "), zh: words.map(({ zh }) => zh).join("、") };
}

/** Ticks, rounded up to seconds, and from ten minutes on to minutes. */
export function durationWords(ticks: number, { ticksPerSecond }: Pick<Problem, "ticksPerSecond">): Words {
  const seconds = Math.ceil(ticks / ticksPerSecond);
  if (seconds < 600) {
    const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
    const parts = (minute: string, second: string) =>
      [minutes > 0 ? `${minutes} ${minute}` : "", rest > 0 || minutes === 0 ? `${rest} ${second}` : ""]
        .filter(Boolean)
        .join(" ");
    return { en: parts("min", "s"), zh: parts("分钟", "秒") };
  }
  const minutes = Math.ceil(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = (hour: string, minute: string) =>
    [hours > 0 ? `${hours} ${hour}` : "", rest > 0 || hours === 0 ? `${rest} ${minute}` : ""].filter(Boolean).join(" ");
  return { en: parts("h", "min"), zh: parts("小时", "分钟") };
}
