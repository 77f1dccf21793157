// Columns and scalars of the pair criteria: names become rows, moments become ticks, equal demands become classes.
import { candidatesOf } from "./candidates.ts";
import { type CellGrid, cellGrid } from "./cells.ts";
import type { CriterionId } from "./criteria.ts";
import type { Columns, Scalars } from "./gen/layout.ts";
import { clip, NEVER, NO_TIME, NONE, OWN_TERRITORY, UNASKED_TERRITORY } from "./layout.ts";
import { compareIds } from "./model/ids.ts";
import type { Problem, ProblemOrder } from "./model/problem.ts";
import { centreTerritories, territoryKey, territoryOf, territoryReach } from "./territories.ts";

type Out = { [name in keyof Columns]?: number[] | Int32Array };

const SECONDS_A_DAY = 86_400;

/** Rows of names in canonical order. */
function rowsOf(names: Iterable<string>): ReadonlyMap<string, number> {
  return new Map(
    [...new Set(names)]
      .filter((name) => name !== "")
      .sort(compareIds)
      .map((name, row) => [name, row]),
  );
}

const rowOf = (rows: ReadonlyMap<string, number>, name: string) => rows.get(name) ?? NONE;

/** Numbers equal keys alike, from 0 in order of first sight; undefined gets no class. */
function classesOf(keys: readonly (string | undefined)[]): { column: number[]; count: number } {
  const numbers = new Map<string, number>();
  const column = keys.map((key) => {
    if (key === undefined) return NONE;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { column, count: numbers.size };
}

/** First rows of lists in a table of all of them, and the table. */
function table<T>(lists: readonly (readonly T[])[]): { first: number[]; rows: T[] } {
  const first = [0];
  for (const list of lists) first.push(first.at(-1)! + list.length);
  return { first, rows: lists.flat() };
}

/** Fills the columns of the criteria and returns their scalars. */
export function encodeCriteria(
  problem: Problem,
  column: Out,
  skillRows: ReadonlyMap<string, number>,
  engineerRows: ReadonlyMap<string, number>,
) {
  const { orders, engineers, policy, ticksPerSecond } = problem;
  const setting = (id: CriterionId) => policy.criteria.get(id)!;
  const on = (id: CriterionId) => setting(id).mode !== "off";
  const weight = (id: CriterionId) => (on(id) ? setting(id).weightS : 0);
  const param = (id: CriterionId, name: string) => setting(id).params[name]!;
  /** Classes of the orders; without the criterion none. */
  const classes = (applies: boolean, key: (order: ProblemOrder) => string | undefined) =>
    classesOf(orders.map((order) => (applies ? key(order) : undefined)));

  const skill = classes(setting("skill_match").mode === "hard", ({ skills, lastWindowEnd }) =>
    skills.allOf.length + skills.anyOf.length + skills.noneOf.length === 0
      ? undefined
      : JSON.stringify([skills, lastWindowEnd]),
  );
  const level = classes(on("proficiency_level"), ({ levels }) =>
    levels.length === 0 ? undefined : JSON.stringify(levels),
  );
  const access = classes(setting("vehicle_mode").mode === "hard", (order) =>
    order.access === -1 ? undefined : `${order.access}`,
  );
  column.orderSkillClass = skill.column;
  column.orderLevelClass = level.column;
  column.orderAccessClass = access.column;

  const models = rowsOf(orders.map((order) => order.inputs.model));
  const families = rowsOf(orders.map((order) => order.inputs.family));
  column.orderModel = orders.map((order) => rowOf(models, order.inputs.model));
  column.orderFamily = orders.map((order) => rowOf(families, order.inputs.family));
  const device = classes(weight("device_model_experience") > 0, ({ inputs: { model, family } }) =>
    model === "" && family === "" ? undefined : JSON.stringify([model, family]),
  );
  column.orderDeviceClass = device.column;
  const experience = table(engineers.map((engineer) => engineer.inputs.experience));
  column.engineerExperienceFirst = experience.first;
  column.engineerExperienceStated = engineers.map(({ inputs }) => (inputs.experience.length > 0 ? 1 : 0));
  column.experienceModel = experience.rows.map((row) => rowOf(models, row.model));
  column.experienceFamily = experience.rows.map((row) => rowOf(families, row.family));
  column.experienceRepairs = experience.rows.map((row) => row.repairs);

  const brands = rowsOf(orders.map((order) => order.inputs.brand));
  const expiring = param("brand_certification", "expiring_days") * SECONDS_A_DAY * ticksPerSecond;
  const brand = classes(on("brand_certification"), ({ inputs: { brand, warranty }, lastWindowEnd }) =>
    brand === "" ? undefined : JSON.stringify([brand, warranty, lastWindowEnd]),
  );
  column.orderBrandClass = brand.column;
  column.orderBrand = orders.map((order) => rowOf(brands, order.inputs.brand));
  column.orderWarranty = orders.map((order) => (order.inputs.warranty ? 1 : 0));
  const certificates = engineers.map((engineer) => new Map(engineer.inputs.certificates));
  const until = (early: number) => {
    const ends: number[] = [];
    for (const held of certificates)
      for (const name of brands.keys()) {
        const end = held.get(name);
        if (end !== undefined) ends.push(clip(end - early));
        else ends.push(held.has(name) ? NEVER : NO_TIME);
      }
    return ends;
  };
  column.engineerBrandUntil = until(0);
  column.engineerBrandFresh = until(expiring);

  const asksGender = param("customer_attribute_preference", "gender") === 1;
  const genderOf = ({ inputs }: ProblemOrder) => (asksGender ? inputs.gender : "");
  const languages = rowsOf(orders.flatMap((order) => order.inputs.languages));
  const genders = rowsOf([...orders.map(genderOf), ...engineers.map((engineer) => engineer.inputs.gender)]);
  const attribute = classes(weight("customer_attribute_preference") > 0, (order) =>
    order.inputs.languages.length === 0 && genderOf(order) === ""
      ? undefined
      : JSON.stringify([order.inputs.languages, genderOf(order)]),
  );
  const spoken = table(orders.map((order) => order.inputs.languages));
  column.orderAttributeClass = attribute.column;
  column.orderLanguageFirst = spoken.first;
  column.languageNeed = spoken.rows.map((name) => languages.get(name)!);
  column.orderGender = orders.map((order) => rowOf(genders, genderOf(order)));
  column.engineerSpeaks = [];
  for (const { inputs } of engineers)
    for (const name of languages.keys())
      column.engineerSpeaks.push(inputs.languages.length === 0 ? -1 : inputs.languages.includes(name) ? 1 : 0);
  column.engineerGender = engineers.map(({ inputs }) => rowOf(genders, inputs.gender));

  const fixSkills = orders.map(({ skills, levels }) =>
    [...new Set([...skills.allOf, ...skills.anyOf, ...levels.map((need) => need.skillId)])].sort(compareIds),
  );
  const fix = classesOf(
    orders.map(({ inputs }, row) =>
      weight("first_time_fix_rate") === 0 || inputs.family === ""
        ? undefined
        : JSON.stringify([inputs.family, fixSkills[row]]),
    ),
  );
  const fixNeeds = table(fixSkills);
  // What is about other skills or families fits no order.
  const fixRates = table(
    engineers.map(({ inputs }) =>
      inputs.fixes.filter(
        ({ skillId, family }) => (skillId === "" || skillRows.has(skillId)) && (family === "" || families.has(family)),
      ),
    ),
  );
  column.orderFixClass = fix.column;
  column.orderFixSkillFirst = fixNeeds.first;
  column.fixSkillNeed = fixNeeds.rows.map((id) => skillRows.get(id)!);
  column.engineerFixFirst = fixRates.first;
  column.fixSkill = fixRates.rows.map((row) => rowOf(skillRows, row.skillId));
  column.fixFamily = fixRates.rows.map((row) => rowOf(families, row.family));
  column.fixSuccesses = fixRates.rows.map((row) => row.successes);
  column.fixTotal = fixRates.rows.map((row) => row.total);

  column.orderVip = orders.map((order) => (order.inputs.vip ? 1 : 0));
  column.engineerTopLevel = engineers.map(({ inputs }) => inputs.topLevel);
  column.engineerOutput = engineers.map(({ inputs }) => inputs.outputPercent ?? -1);
  column.engineerStars = engineers.map(({ inputs }) => inputs.rating?.milliStars ?? -1);
  column.engineerRatings = engineers.map(({ inputs }) => inputs.rating?.count ?? 0);
  column.engineerOnTime = engineers.map(({ inputs }) => inputs.onTime?.successes ?? -1);
  column.engineerStarts = engineers.map(({ inputs }) => inputs.onTime?.total ?? 0);
  column.engineerAccepted = engineers.map(({ inputs }) => inputs.acceptance?.own.successes ?? -1);
  column.engineerOffers = engineers.map(({ inputs }) => inputs.acceptance?.own.total ?? 0);
  column.engineerPeersAccepted = engineers.map(({ inputs }) => inputs.acceptance?.peers.successes ?? 0);
  column.engineerPeersOffers = engineers.map(({ inputs }) => inputs.acceptance?.peers.total ?? 0);

  column.orderLastRule = orders.map((order) => lastRule(order, on("continuity_of_service"), reworkRule(problem)));
  column.orderLastEngineer = orders.map(({ inputs }) => rowOf(engineerRows, inputs.lastVisit?.engineerId ?? ""));
  column.orderLastDays = orders.map(({ inputs }) => inputs.lastVisit?.days ?? 0);

  return {
    models: models.size,
    brands: brands.size,
    languages: languages.size,
    experiences: experience.rows.length,
    fixRates: fixRates.rows.length,
    fixSkillNeeds: fixNeeds.rows.length,
    languageNeeds: spoken.rows.length,
    skillClasses: skill.count,
    levelClasses: level.count,
    accessClasses: access.count,
    deviceClasses: device.count,
    brandClasses: brand.count,
    attributeClasses: attribute.count,
    fixClasses: fix.count,
    ...encodeTerritories(problem, column),
    ...encodeCells(problem, column),
    ...encodeCandidates(problem, column),
    territoryWeight: weight("service_territory"),
    territoryMode:
      setting("service_territory").mode !== "hard" ? 0 : param("service_territory", "overflow") === 1 ? 2 : 1,
    territoryHalf: param("service_territory", "half_m"),
    experienceWeight: weight("device_model_experience"),
    experienceHalf: param("device_model_experience", "half_repairs"),
    brandWeight: weight("brand_certification"),
    brandHard: { off: -1, soft: 0, hard: 1 }[setting("brand_certification").mode],
    attributeWeight: weight("customer_attribute_preference"),
    continuityWeight: weight("continuity_of_service"),
    continuityHard: setting("continuity_of_service").mode === "hard" ? 1 : 0,
    continuityHalf: param("continuity_of_service", "half_days"),
    seniorLevel: param("continuity_of_service", "senior_level"),
    tierWeight: weight("engineer_tier"),
    tierA: param("engineer_tier", "a_percent"),
    tierB: param("engineer_tier", "b_percent"),
    tierC: param("engineer_tier", "c_percent"),
    ratingWeight: weight("customer_rating"),
    ratingCases: param("customer_rating", "m"),
    // A share of the way from 1 star to 5.
    ratingPrior: 1000 + Math.round((setting("customer_rating").prior * 4) / 10),
    onTimeWeight: weight("on_time_rate"),
    onTimeCases: param("on_time_rate", "m"),
    onTimePrior: setting("on_time_rate").prior,
    fixWeight: weight("first_time_fix_rate"),
    fixCases: param("first_time_fix_rate", "m"),
    fixPrior: setting("first_time_fix_rate").prior,
    acceptanceWeight: weight("acceptance_rate"),
    acceptanceCases: param("acceptance_rate", "m"),
    acceptancePrior: setting("acceptance_rate").prior,
  } satisfies Partial<Scalars>;
}

const reworkRule = ({ policy }: Problem) => policy.criteria.get("continuity_of_service")!.params.rework!;

/** Who should come again: 0 anybody, 1 the same, 2 the same for rework, 3 another, senior one. */
function lastRule({ inputs: { lastVisit } }: ProblemOrder, on: boolean, rework: number): number {
  if (!on || lastVisit === undefined) return 0;
  if (lastVisit.rework && rework > 0) return rework + 1;
  return lastVisit.held && lastVisit.days !== undefined ? 1 : 0;
}

function encodeTerritories({ orders, engineers, centres, policy }: Problem, column: Out) {
  const { mode } = policy.criteria.get("service_territory")!;
  const known = mode === "off" ? [] : engineers;
  const keys = classesOf(known.map((engineer) => territoryKey(engineer.inputs)));
  const territories = Array.from({ length: keys.count }, (_, territory) =>
    territoryOf(engineers[keys.column.indexOf(territory)]!.inputs),
  );
  const ofCentres = centreTerritories(centres);
  column.engineerTerritory = mode === "off" ? engineers.map(() => NONE) : keys.column;
  const reach = orders.map((order) =>
    territories.map((territory) => territoryReach(territory, order.inputs, ofCentres)),
  );
  const isSame = (value: number) => value === OWN_TERRITORY || value === UNASKED_TERRITORY;
  const alike = classesOf(reach.map((row) => (row.every(isSame) ? undefined : row.join())));
  column.territoryReach = reach.flat();
  column.orderTerritoryClass = alike.column;
  return { territories: keys.count, territoryClasses: alike.count };
}

function encodeCells({ orders, engineers, policy }: Problem, column: Out) {
  const { mode, weightS, params } = policy.criteria.get("h3_proximity")!;
  const cellWeight = mode === "off" ? 0 : weightS;
  const orderPoints = orders.flatMap((order) => order.inputs.point ?? []);
  const homes = engineers.flatMap((engineer) => engineer.inputs.home ?? []);
  const known = cellWeight > 0 && orderPoints.length === orders.length && homes.length === engineers.length;
  const cellWorst = params.worst_cells!;
  const grid = cellGrid(known ? orderPoints : [], known ? homes : [], params.resolution!, cellWorst);
  const pairs = table(grid.pairs);
  column.orderCell = coordinatesOf(grid);
  column.orderCellPairFirst = known ? pairs.first : [...orders.map(() => 0), 0];
  column.cellPairEngineer = pairs.rows.map((pair) => pair.engineer);
  column.cellPairSteps = pairs.rows.map((pair) => pair.steps);
  column.engineerCellFrame = engineers.map((_, row) => grid.engineers[row]?.frame ?? 0);
  column.engineerCellI = engineers.map((_, row) => grid.engineers[row]?.i ?? 0);
  column.engineerCellJ = engineers.map((_, row) => grid.engineers[row]?.j ?? 0);
  return { cellWeight, cellWorst, cellFrames: grid.frames, cellPairs: pairs.rows.length };
}

/** By system and order. */
function coordinatesOf(grid: CellGrid): number[] {
  const coordinates: number[] = [];
  for (const frame of grid.orders) for (const cell of frame) coordinates.push(cell?.i ?? NO_TIME, cell?.j ?? NO_TIME);
  return coordinates;
}

/** Rings of cells around an order; engineers farther away are alike. */
const NEAR_RINGS = 255;

/** Twice all weights, because customers with a tier double the one of stars. */
function mostSoftTicks({ policy, ticksPerSecond }: Problem): number {
  const weights = [...policy.criteria.values()].reduce(
    (sum, { mode, weightS }) => (mode === "off" ? sum : sum + weightS),
    0,
  );
  const ticks = 2 * weights * ticksPerSecond;
  return ticks < 2 ** 31 ? ticks : -1;
}

function encodeCandidates(problem: Problem, column: Out) {
  const { orders, engineers, candidates } = problem;
  const wanted = candidatesOf(problem);
  const grid = cellGrid(
    wanted ? orders.flatMap((order) => order.inputs.point ?? []) : [],
    wanted ? engineers.flatMap((engineer) => engineer.inputs.home ?? []) : [],
    wanted?.resolution ?? 0,
    NEAR_RINGS,
  );
  const pairs = table(grid.pairs);
  column.nearOrderCell = coordinatesOf(grid);
  column.nearPairFirst = grid.frames > 0 ? pairs.first : [];
  column.nearPairEngineer = pairs.rows.map((pair) => pair.engineer);
  column.nearPairSteps = pairs.rows.map((pair) => pair.steps);
  column.nearEngineerFrame = grid.engineers.map(({ frame }) => frame);
  column.nearEngineerI = grid.engineers.map(({ i }) => i);
  column.nearEngineerJ = grid.engineers.map(({ j }) => j);
  return {
    candidateEngineers: wanted?.engineers ?? 0,
    everyRoute: candidates.allPairs ? 1 : 0,
    nearFrames: grid.frames,
    nearPairs: pairs.rows.length,
    nearRings: NEAR_RINGS,
    metric: problem.travel.source === "great_circle" ? 1 : 0,
    mostSoftTicks: mostSoftTicks(problem),
  };
}
