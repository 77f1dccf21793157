// Relaxations as sentences: where an order would fit, and what would have to be otherwise.
import type { Problem } from "../model/problem.ts";
import type { Relaxation, RelaxationKind } from "./relax.ts";
import type { Words } from "./verdict.ts";
import { criterionName, durationWords } from "./words.ts";

type Condition = (change: {
  readonly amount: number;
  readonly time: Words;
  readonly subject: string;
  readonly who: string;
}) => Words;

const CONDITIONS: Readonly<Record<RelaxationKind, Condition>> = {
  WINDOW_END: ({ time }) => ({ en: `the window ended ${time.en} later`, zh: `时间窗晚 ${time.zh}结束` }),
  WINDOW_START: ({ time }) => ({ en: `the window started ${time.en} earlier`, zh: `时间窗早 ${time.zh}开始` }),
  LATENESS_GRACE: ({ time }) => ({ en: `the lateness grace were ${time.en} longer`, zh: `迟到宽限延长 ${time.zh}` }),
  SKILL: ({ subject, who }) => ({ en: `${who} held the skill ${subject}`, zh: `${who} 具备技能 ${subject}` }),
  PROFICIENCY_LEVEL: ({ amount, subject, who }) => ({
    en: `${who}'s level in ${subject} were higher by ${amount}`,
    zh: `${who} 的 ${subject} 等级提高 ${amount} 级`,
  }),
  CRITERION: ({ subject }) => {
    const name = criterionName(subject);
    return { en: `the policy did not rule out by ${name.en}`, zh: `策略不因${name.zh}排除` };
  },
  VAN_STOCK: ({ amount, subject }) => ({
    en: `the van had ${amount} more of ${subject}`,
    zh: `车上多 ${amount} 件 ${subject}`,
  }),
  CENTRE_STOCK: ({ amount, subject }) => ({
    en: `the operating centre had ${amount} more of ${subject}`,
    zh: `运营中心多 ${amount} 件 ${subject}`,
  }),
  PART_CAPACITY: ({ amount }) => ({ en: `the van held ${amount} more parts`, zh: `车上可多放 ${amount} 件备件` }),
  TOOL: ({ subject, who }) => ({ en: `${who} carried the tool ${subject}`, zh: `${who} 携带工具 ${subject}` }),
  SHIFT_START: ({ time }) => ({ en: `the shift started ${time.en} earlier`, zh: `班次早 ${time.zh}开始` }),
  SHIFT_END: ({ time }) => ({ en: `the shift ended ${time.en} later`, zh: `班次晚 ${time.zh}结束` }),
  OVERTIME: ({ time }) => ({ en: `${time.en} more overtime were allowed`, zh: `允许加班再多 ${time.zh}` }),
  CAPACITY: ({ amount, subject }) => ({
    en: `the capacity in ${subject} were larger by ${amount}`,
    zh: `${subject} 容量增加 ${amount}`,
  }),
  SHIFT_MAX_ORDERS: ({ amount }) => ({ en: `the shift took ${amount} more orders`, zh: `班次可多接 ${amount} 单` }),
  ENGINEER_MAX_ORDERS: ({ amount, who }) => ({
    en: `${who} took ${amount} more orders`,
    zh: `${who} 可多接 ${amount} 单`,
  }),
  MAX_LEG: ({ time }) => ({ en: `a leg could take ${time.en} longer`, zh: `单段行程上限延长 ${time.zh}` }),
  MAX_TRAVEL: ({ time }) => ({ en: `the shift could travel ${time.en} longer`, zh: `班次行程时间上限延长 ${time.zh}` }),
  MAX_DISTANCE: ({ amount }) => ({
    en: `the shift could travel ${amount} m farther`,
    zh: `班次行驶距离上限增加 ${amount} 米`,
  }),
  MAX_WORKING: ({ time }) => ({ en: `the shift could work ${time.en} longer`, zh: `班次工作时间上限延长 ${time.zh}` }),
};

/** `who` is the witness by name, `clock` the begin of service as people there read it. */
export function relaxationWords(
  problem: Problem,
  { kind, amount, subject = "" }: Relaxation,
  who: string,
  clock: string,
): Words {
  const condition = CONDITIONS[kind]({ amount, time: durationWords(amount, problem), subject, who });
  return {
    en: `It would fit into ${who}'s route at ${clock} if ${condition.en}.`,
    zh: `若${condition.zh}，可于 ${clock} 排入 ${who} 的路线。`,
  };
}
