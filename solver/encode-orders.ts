// Columns of the orders: times, needs, skills, preferences, loads.
import { asI32, type EncodedColumns } from "./columns.ts";
import type { Route } from "./encode.ts";
import { clip, NEVER, NO_TIME, NONE } from "./layout.ts";
import type { Problem, ProblemOrder } from "./model/problem.ts";
import { variantsOf } from "./model/variants.ts";
import { idRows, type Names } from "./names.ts";

const [ALL_OF, ANY_OF, NONE_OF] = [0, 1, 2] as const;
const [REQUIRED, EXCLUDED, PREFERRED, SECONDARY, DISLIKED, DECLINED] = [0, 1, 2, 3, 4, 5] as const;
const [HAS_REQUIRED, HAS_WISHES] = [1, 2] as const;

export function encodeOrders(
  { orders, engineers }: Problem,
  routes: readonly Route[],
  names: Names,
  column: EncodedColumns,
): void {
  encodeTimes(orders, column);
  encodeNeeds(orders, names, column);
  encodeSkillNeeds(orders, names, column);
  encodePreferences(orders, idRows(engineers), column);
  column.orderUnassigned = orders.map((order) => order.unassignedWeight);
  column.orderPrice = orders.map((order) => order.priceTicks ?? 0);
  column.orderAccess = orders.map((order) => order.access);
  column.orderRoute = orders.map(({ lockedTo }) =>
    lockedTo === undefined
      ? NONE
      : routes.findIndex(
          ({ engineer, shift }) => engineer.id === lockedTo.engineerId && shift.index === lockedTo.shiftIndex,
        ),
  );
  encodeLoads(orders, names, column);
}

function encodeTimes(orders: readonly ProblemOrder[], column: EncodedColumns): void {
  const service: number[] = [];
  const grace: number[] = [];
  const lastStart: number[] = [];
  const lastWindow: number[] = [];
  for (const { serviceTicks, graceTicks, windows, lateUntil, lastWindowEnd } of orders) {
    const last = Math.min(windows[windows.length - 1]!.end, NEVER - 1) + graceTicks;
    service.push(serviceTicks);
    grace.push(graceTicks);
    lastStart.push(clip(Math.max(last, lateUntil ?? last)));
    lastWindow.push(lastWindowEnd === undefined ? NO_TIME : clip(lastWindowEnd));
  }
  column.orderService = service;
  column.orderGrace = grace;
  column.orderLastStart = lastStart;
  column.orderLastWindow = lastWindow;
}

/** Of every way to meet an order's needs its parts, then the tools. */
function encodeNeeds(orders: readonly ProblemOrder[], { skus, tools }: Names, column: EncodedColumns): void {
  const variantFirst: number[] = [];
  const needFirst: number[] = [];
  const item: number[] = [];
  const quantity: number[] = [];
  for (const order of orders) {
    variantFirst.push(needFirst.length);
    for (const parts of variantsOf(order)) {
      needFirst.push(item.length);
      for (const part of parts) {
        item.push(skus.get(part.id)!);
        quantity.push(part.quantity);
      }
      for (const tool of order.toolIds) {
        item.push(skus.size + tools.get(tool)!);
        quantity.push(1);
      }
    }
  }
  variantFirst.push(needFirst.length);
  needFirst.push(item.length);
  column.orderVariantFirst = variantFirst;
  column.variantNeedFirst = needFirst;
  column.needItem = item;
  column.needQuantity = quantity;
}

function encodeSkillNeeds(orders: readonly ProblemOrder[], { skills: rows }: Names, column: EncodedColumns): void {
  const skillFirst: number[] = [];
  const skill: number[] = [];
  const kinds: number[] = [];
  const levelFirst: number[] = [];
  const levelSkill: number[] = [];
  const wanted: number[] = [];
  const hard: number[] = [];
  const addAll = (kind: number, ids: readonly string[]) => {
    for (const id of ids) {
      skill.push(rows.get(id)!);
      kinds.push(kind);
    }
  };
  for (const { skills, levels } of orders) {
    skillFirst.push(skill.length);
    addAll(ALL_OF, skills.allOf);
    addAll(ANY_OF, skills.anyOf);
    addAll(NONE_OF, skills.noneOf);
    levelFirst.push(levelSkill.length);
    for (const need of levels) {
      levelSkill.push(rows.get(need.skillId)!);
      wanted.push(need.level);
      hard.push(need.hard ? 1 : 0);
    }
  }
  skillFirst.push(skill.length);
  levelFirst.push(levelSkill.length);
  column.orderSkillFirst = skillFirst;
  column.skillNeedSkill = skill;
  column.skillNeedKind = kinds;
  column.orderLevelFirst = levelFirst;
  column.levelNeedSkill = levelSkill;
  column.levelNeedLevel = wanted;
  column.levelNeedHard = hard;
}

function encodePreferences(
  orders: readonly ProblemOrder[],
  engineerRows: ReadonlyMap<string, number>,
  column: EncodedColumns,
): void {
  const first: number[] = [];
  const engineer: number[] = [];
  const kinds: number[] = [];
  const state: number[] = [];
  const addAll = (kind: number, ids: readonly string[]) => {
    for (const id of ids) {
      const row = engineerRows.get(id);
      if (row === undefined) continue;
      engineer.push(row);
      kinds.push(kind);
    }
  };
  for (const { preference } of orders) {
    const { required, excluded, preferred, secondary, disliked, declined } = preference;
    first.push(engineer.length);
    addAll(REQUIRED, required);
    addAll(EXCLUDED, excluded);
    addAll(PREFERRED, preferred);
    addAll(SECONDARY, secondary);
    addAll(DISLIKED, disliked);
    addAll(DECLINED, declined);
    state.push(
      (required.length > 0 ? HAS_REQUIRED : 0) |
        (preferred.length + secondary.length + disliked.length > 0 ? HAS_WISHES : 0),
    );
  }
  first.push(engineer.length);
  column.orderPreferenceFirst = first;
  column.preferenceEngineer = engineer;
  column.preferenceKind = kinds;
  column.orderPreferenceState = state;
}

function encodeLoads(orders: readonly ProblemOrder[], { dims }: Names, column: EncodedColumns): void {
  const loads = new Int32Array(orders.length * dims.size);
  for (let row = 0; row < orders.length; row++)
    for (const { id, quantity } of orders[row]!.loads)
      loads[row * dims.size + dims.get(id)!] = asI32(quantity, "orderLoad");
  column.orderLoad = loads;
}
