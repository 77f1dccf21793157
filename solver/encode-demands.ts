// Columns of what orders ask of their engineers, and classes of orders that ask for the same.
import { Classes, classesOf } from "./classes.ts";
import type { EncodedColumns } from "./columns.ts";
import type { CriterionId } from "./criteria.ts";
import type { Scalars } from "./gen/layout.ts";
import { NONE } from "./layout.ts";
import type { Problem, ProblemOrder } from "./model/problem.ts";
import { idRows, type Names, rowOf, rowsOf } from "./names.ts";

/** Fills the columns of the demands and the numbers of their classes. */
export function encodeDemands(problem: Problem, names: Names, column: EncodedColumns, scalars: Scalars): void {
  const { orders, policy } = problem;
  const setting = (id: CriterionId) => policy.criteria.get(id)!;
  const on = (id: CriterionId) => setting(id).mode !== "off";
  const counts = (id: CriterionId) => on(id) && setting(id).weightS > 0;
  const ends = classesOf(orders.map(({ lastWindowEnd }) => lastWindowEnd ?? "none"));
  const rework = setting("continuity_of_service").params.rework!;
  encodeVisits(problem, on("continuity_of_service"), rework, column);
  scalars.skillClasses = encodeSkillClasses(orders, names, ends, setting("skill_match").mode === "hard", column);
  scalars.levelClasses = encodeLevelClasses(orders, names, on("proficiency_level"), column);
  scalars.accessClasses = encodeAccessClasses(orders, setting("vehicle_mode").mode === "hard", column);
  scalars.deviceClasses = encodeDevices(orders, names, counts("device_model_experience"), column);
  scalars.brandClasses = encodeBrands(orders, names, ends, on("brand_certification"), column);
  scalars.attributeClasses = encodeAttributes(problem, names, counts("customer_attribute_preference"), column);
  scalars.fixClasses = encodeFixNeeds(orders, names, counts("first_time_fix_rate"), column);
}

/** Last window ends of the orders, numbered. */
type Ends = ReturnType<typeof classesOf>;

function encodeSkillClasses(
  orders: readonly ProblemOrder[],
  { skills: rows }: Names,
  ends: Ends,
  applies: boolean,
  column: EncodedColumns,
): number {
  // The number of a skill lies above the one that ends a list.
  const [END_OF_LIST, SKILLS] = [0, 1];
  const classes = new Classes(Math.max(ends.count, SKILLS + rows.size));
  const addAll = (ids: readonly string[]) => {
    for (const id of ids) classes.add(SKILLS + rows.get(id)!);
    classes.add(END_OF_LIST);
  };
  for (let row = 0; row < orders.length; row++) {
    const { allOf, anyOf, noneOf } = orders[row]!.skills;
    if (!applies || allOf.length + anyOf.length + noneOf.length === 0) {
      classes.skipRow();
      continue;
    }
    classes.add(ends.column[row]!);
    addAll(allOf);
    addAll(anyOf);
    addAll(noneOf);
    classes.endRow();
  }
  column.orderSkillClass = classes.column;
  return classes.count;
}

function encodeLevelClasses(
  orders: readonly ProblemOrder[],
  { skills: rows }: Names,
  applies: boolean,
  column: EncodedColumns,
): number {
  let most = 0;
  for (const { levels } of orders) for (const { level } of levels) most = Math.max(most, level);
  const classes = new Classes(Math.max(rows.size, 2 * most + 2));
  for (const { levels } of orders) {
    if (!applies || levels.length === 0) {
      classes.skipRow();
      continue;
    }
    for (const { skillId, level, hard } of levels) {
      classes.add(rows.get(skillId)!);
      classes.add(2 * level + (hard ? 1 : 0));
    }
    classes.endRow();
  }
  column.orderLevelClass = classes.column;
  return classes.count;
}

function encodeAccessClasses(orders: readonly ProblemOrder[], applies: boolean, column: EncodedColumns): number {
  const classes = classesOf(orders.map(({ access }) => (applies && access !== -1 ? access : undefined)));
  column.orderAccessClass = classes.column;
  return classes.count;
}

function encodeDevices(
  orders: readonly ProblemOrder[],
  { models, families }: Names,
  applies: boolean,
  column: EncodedColumns,
): number {
  const modelRows: number[] = [];
  const familyRows: number[] = [];
  const keys: (number | undefined)[] = [];
  for (const { inputs } of orders) {
    const model = rowOf(models, inputs.model);
    const family = rowOf(families, inputs.family);
    modelRows.push(model);
    familyRows.push(family);
    const isStated = model !== NONE || family !== NONE;
    keys.push(applies && isStated ? model * (families.size + 1) + family : undefined);
  }
  const classes = classesOf(keys);
  column.orderModel = modelRows;
  column.orderFamily = familyRows;
  column.orderDeviceClass = classes.column;
  return classes.count;
}

function encodeBrands(
  orders: readonly ProblemOrder[],
  { brands }: Names,
  ends: Ends,
  applies: boolean,
  column: EncodedColumns,
): number {
  const rows: number[] = [];
  const warranties: number[] = [];
  const keys: (number | undefined)[] = [];
  for (const { inputs } of orders) {
    const brand = rowOf(brands, inputs.brand);
    const warranty = inputs.warranty ? 1 : 0;
    const end = ends.column[rows.length]!;
    rows.push(brand);
    warranties.push(warranty);
    keys.push(applies && brand !== NONE ? (2 * brand + warranty) * ends.count + end : undefined);
  }
  const classes = classesOf(keys);
  column.orderBrand = rows;
  column.orderWarranty = warranties;
  column.orderBrandClass = classes.column;
  return classes.count;
}

/** Languages and, where the policy reads it, gender: of the orders as of the engineers, whose wishes and answers share rows. */
function encodeAttributes(
  { orders, engineers, policy }: Problem,
  { languages }: Names,
  applies: boolean,
  column: EncodedColumns,
): number {
  const asksGender = policy.criteria.get("customer_attribute_preference")!.params.gender === 1;
  const stated = new Set<string>();
  if (asksGender) for (const { inputs } of orders) stated.add(inputs.gender);
  for (const { inputs } of engineers) stated.add(inputs.gender);
  stated.delete("");
  const genders = rowsOf(stated);
  const first: number[] = [];
  const needs: number[] = [];
  const asked: number[] = [];
  const classes = new Classes(Math.max(languages.size, genders.size + 1));
  for (const { inputs } of orders) {
    const gender = asksGender ? rowOf(genders, inputs.gender) : NONE;
    first.push(needs.length);
    for (const language of inputs.languages) needs.push(languages.get(language)!);
    asked.push(gender);
    if (!applies || (inputs.languages.length === 0 && gender === NONE)) {
      classes.skipRow();
      continue;
    }
    classes.add(gender + 1);
    for (const language of inputs.languages) classes.add(languages.get(language)!);
    classes.endRow();
  }
  first.push(needs.length);
  column.orderLanguageFirst = first;
  column.languageNeed = needs;
  column.orderGender = asked;
  column.orderAttributeClass = classes.column;
  column.engineerGender = engineers.map(({ inputs }) => rowOf(genders, inputs.gender));
  return classes.count;
}

/** Skills that first-time fixes are looked up by: all that help to serve the order. */
function encodeFixNeeds(
  orders: readonly ProblemOrder[],
  { skills: rows, families }: Names,
  applies: boolean,
  column: EncodedColumns,
): number {
  const first: number[] = [];
  const needs: number[] = [];
  const classes = new Classes(Math.max(families.size, rows.size));
  for (const { skills, levels, inputs } of orders) {
    const helpful = new Set<number>();
    for (const id of skills.allOf) helpful.add(rows.get(id)!);
    for (const id of skills.anyOf) helpful.add(rows.get(id)!);
    for (const { skillId } of levels) helpful.add(rows.get(skillId)!);
    const sorted = [...helpful].sort((a, b) => a - b);
    first.push(needs.length);
    for (const skill of sorted) needs.push(skill);
    if (!applies || inputs.family === "") {
      classes.skipRow();
      continue;
    }
    classes.add(families.get(inputs.family)!);
    for (const skill of sorted) classes.add(skill);
    classes.endRow();
  }
  first.push(needs.length);
  column.orderFixSkillFirst = first;
  column.fixSkillNeed = needs;
  column.orderFixClass = classes.column;
  return classes.count;
}

function encodeVisits({ orders, engineers }: Problem, applies: boolean, rework: number, column: EncodedColumns): void {
  const engineerRows = idRows(engineers);
  column.orderVip = orders.map(({ inputs }) => (inputs.vip ? 1 : 0));
  column.orderLastRule = orders.map((order) => (applies ? lastRule(order, rework) : 0));
  column.orderLastEngineer = orders.map(({ inputs: { lastVisit } }) =>
    lastVisit ? rowOf(engineerRows, lastVisit.engineerId) : NONE,
  );
  column.orderLastDays = orders.map(({ inputs }) => inputs.lastVisit?.days ?? 0);
}

/** Who should come again: 0 anybody, 1 the same, 2 the same for rework, 3 another, senior one. */
function lastRule({ inputs: { lastVisit } }: ProblemOrder, rework: number): number {
  if (lastVisit === undefined) return 0;
  if (lastVisit.rework && rework > 0) return rework + 1;
  return lastVisit.held && lastVisit.days !== undefined ? 1 : 0;
}
