// Names become rows: whatever orders name, in canonical order, is what the core numbers.
import { NONE } from "./layout.ts";
import { compareIds } from "./model/ids.ts";
import type { Problem } from "./model/problem.ts";
import { variantsOf } from "./model/variants.ts";

/** Row of each name, in canonical order. */
export type Rows = ReadonlyMap<string, number>;

/** What orders name. */
export interface Names {
  readonly skills: Rows;
  readonly skus: Rows;
  readonly tools: Rows;
  /** Load dimensions. */
  readonly dims: Rows;
  readonly models: Rows;
  readonly families: Rows;
  readonly brands: Rows;
  readonly languages: Rows;
}

export const rowOf = (rows: Rows, name: string): number => rows.get(name) ?? NONE;

/** Rows of the names. */
export function rowsOf(names: ReadonlySet<string>): Rows {
  const rows = new Map<string, number>();
  for (const name of [...names].sort(compareIds)) rows.set(name, rows.size);
  return rows;
}

/** Rows of what is in canonical order already. */
export function idRows(list: readonly { readonly id: string }[]): Rows {
  const rows = new Map<string, number>();
  for (let row = 0; row < list.length; row++) rows.set(list[row]!.id, row);
  return rows;
}

export function namesOf({ orders }: Problem): Names {
  const skills = new Set<string>();
  const skus = new Set<string>();
  const tools = new Set<string>();
  const dims = new Set<string>();
  const models = new Set<string>();
  const families = new Set<string>();
  const brands = new Set<string>();
  const languages = new Set<string>();
  for (const order of orders) {
    const { inputs } = order;
    addAll(skills, order.skills.allOf);
    addAll(skills, order.skills.anyOf);
    addAll(skills, order.skills.noneOf);
    for (const need of order.levels) skills.add(need.skillId);
    for (const way of variantsOf(order)) for (const part of way) skus.add(part.id);
    addAll(tools, order.toolIds);
    for (const load of order.loads) dims.add(load.id);
    if (inputs.model !== "") models.add(inputs.model);
    if (inputs.family !== "") families.add(inputs.family);
    if (inputs.brand !== "") brands.add(inputs.brand);
    for (const language of inputs.languages) if (language !== "") languages.add(language);
  }
  return {
    skills: rowsOf(skills),
    skus: rowsOf(skus),
    tools: rowsOf(tools),
    dims: rowsOf(dims),
    models: rowsOf(models),
    families: rowsOf(families),
    brands: rowsOf(brands),
    languages: rowsOf(languages),
  };
}

function addAll(set: Set<string>, names: readonly string[]): void {
  for (let index = 0; index < names.length; index++) set.add(names[index]!);
}
