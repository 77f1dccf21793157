// Columns of what is known of engineers: experience, certificates, languages, first-time fixes, ratings, rates.
import type { EncodedColumns } from "./columns.ts";
import { clip, NEVER, NO_TIME } from "./layout.ts";
import type { Problem, ProblemEngineer } from "./model/problem.ts";
import { type Names, type Rows, rowOf } from "./names.ts";

const SECONDS_A_DAY = 86_400;

export function encodeRecords(
  { engineers, policy, ticksPerSecond }: Problem,
  names: Names,
  column: EncodedColumns,
): void {
  const { params } = policy.criteria.get("brand_certification")!;
  encodeExperience(engineers, names, column);
  encodeCertificates(engineers, names.brands, params.expiring_days! * SECONDS_A_DAY * ticksPerSecond, column);
  encodeLanguages(engineers, names.languages, column);
  encodeFixRates(engineers, names, column);
  encodeRates(engineers, column);
}

function encodeExperience(
  engineers: readonly ProblemEngineer[],
  { models, families }: Names,
  column: EncodedColumns,
): void {
  const first: number[] = [];
  const model: number[] = [];
  const family: number[] = [];
  const repairs: number[] = [];
  for (const { inputs } of engineers) {
    first.push(model.length);
    for (const row of inputs.experience) {
      model.push(rowOf(models, row.model));
      family.push(rowOf(families, row.family));
      repairs.push(row.repairs);
    }
  }
  first.push(model.length);
  column.engineerExperienceFirst = first;
  column.engineerExperienceStated = engineers.map(({ inputs }) => (inputs.experience.length > 0 ? 1 : 0));
  column.experienceModel = model;
  column.experienceFamily = family;
  column.experienceRepairs = repairs;
}

/** Ends of certificates, and the moments `expiring` ticks before them. */
function encodeCertificates(
  engineers: readonly ProblemEngineer[],
  brands: Rows,
  expiring: number,
  column: EncodedColumns,
): void {
  const until = new Int32Array(engineers.length * brands.size).fill(NO_TIME);
  const fresh = new Int32Array(engineers.length * brands.size).fill(NO_TIME);
  for (let engineer = 0; engineer < engineers.length; engineer++)
    for (const [name, end] of engineers[engineer]!.inputs.certificates) {
      const brand = brands.get(name);
      if (brand === undefined) continue;
      const cell = engineer * brands.size + brand;
      until[cell] = end === undefined ? NEVER : clip(end);
      fresh[cell] = end === undefined ? NEVER : clip(end - expiring);
    }
  column.engineerBrandUntil = until;
  column.engineerBrandFresh = fresh;
}

function encodeLanguages(engineers: readonly ProblemEngineer[], rows: Rows, column: EncodedColumns): void {
  const speaks = new Int32Array(engineers.length * rows.size);
  for (let engineer = 0; engineer < engineers.length; engineer++) {
    const { languages } = engineers[engineer]!.inputs;
    const first = engineer * rows.size;
    if (languages.length === 0) speaks.fill(-1, first, first + rows.size);
    for (const name of languages) {
      const language = rows.get(name);
      if (language !== undefined) speaks[first + language] = 1;
    }
  }
  column.engineerSpeaks = speaks;
}

/** What is about other skills or families fits no order. */
function encodeFixRates(
  engineers: readonly ProblemEngineer[],
  { skills, families }: Names,
  column: EncodedColumns,
): void {
  const first: number[] = [];
  const skill: number[] = [];
  const family: number[] = [];
  const successes: number[] = [];
  const total: number[] = [];
  for (const { inputs } of engineers) {
    first.push(skill.length);
    for (const rate of inputs.fixes) {
      if (rate.skillId !== "" && !skills.has(rate.skillId)) continue;
      if (rate.family !== "" && !families.has(rate.family)) continue;
      skill.push(rowOf(skills, rate.skillId));
      family.push(rowOf(families, rate.family));
      successes.push(rate.successes);
      total.push(rate.total);
    }
  }
  first.push(skill.length);
  column.engineerFixFirst = first;
  column.fixSkill = skill;
  column.fixFamily = family;
  column.fixSuccesses = successes;
  column.fixTotal = total;
}

function encodeRates(engineers: readonly ProblemEngineer[], column: EncodedColumns): void {
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
}
