// Writes docs/criteria.md from the catalogue; with --check it fails when the file on disk differs.
import { readFileSync, writeFileSync } from "node:fs";
import { CATALOGUE, type Criterion, type CriterionId } from "./criteria.ts";
import { CRITERIA_TEXT } from "./criteria-text.ts";
import { HALF_KNOTS, HALF_STEPS } from "./curves.ts";
import { PRESETS, type PresetSetting } from "./presets.ts";

type Row = Criterion & { readonly id: CriterionId };
const rows: readonly Row[] = CATALOGUE;

const weight = ({ weighted, weightS, weightWithoutRoadsS }: Criterion) => {
  if (!weighted) return "";
  return weightWithoutRoadsS === undefined ? `${weightS}` : `${weightS} (${weightWithoutRoadsS} without roads)`;
};

function section(row: Row): string {
  const { what, formula, inputs, example, source } = CRITERIA_TEXT[row.id];
  const params = Object.entries(row.params).map(
    ([name, { default: value, least, most, doc }]) => `\`${name}\` = ${value} (${least} to ${most}): ${doc}`,
  );
  const test = `test/criteria/${row.id.replaceAll("_", "-")}.test.ts`;
  const lines = [
    `Formula: ${formula}`,
    `Inputs: ${inputs.map((input) => `\`${input}\``).join(", ")}`,
    `Modes: ${row.modes.map((mode) => (mode === row.mode ? `**${mode}**` : mode)).join(", ")}${row.weighted ? `; weight ${weight(row)} s` : ""}`,
    ...(params.length > 0 ? [`Parameters: ${params.join("; ")}`] : []),
    ...(row.prior === undefined ? [] : [`Prior: ${row.prior}`]),
    `Example: ${example}`,
    ...(source ? [`Source: ${source}`] : []),
    `Test: [${test}](../${test})`,
  ];
  return `### ${row.id}\n\n${what}\n\n${lines.map((line) => `- ${line}`).join("\n")}\n`;
}

const presetText = ([id, { mode, weightS }]: [string, PresetSetting]) =>
  `\`${id}\` ${[mode, weightS === undefined ? "" : `${weightS} s`].filter(Boolean).join(", ")}`;

const text = `# The 30 criteria

Generated from solver/criteria.ts, solver/criteria-text.ts, solver/presets.ts and solver/curves.ts by \`npm run docs:criteria\`; do not edit.

A **hard** criterion rules engineers out and is never traded against anything. A **soft** one costs equivalent seconds: with weight W and a score s of 0 to 10000 it costs
\`floor((W * (10000 - s) + 5000) / 10000)\` seconds of soft cost. A criterion that is off does neither, and is reported as off.

- \`lin(x; best, worst)\` is 10000 at best, 0 at worst, linear between them with floor.
- \`half(x; h)\` halves with every h. Its knots lie at every ${HALF_STEPS}th of h and are the definition; between them it is linear with floor: ${HALF_KNOTS.slice(0, 17).join(", ")}, ... (solver/curves.ts).
- \`rate(k, n; m, p0)\` is \`floor((10000 k + m p0) / (n + m))\`: k of n cases, shrunk to the prior p0 as if m more cases had gone that way, so that nobody is judged on three jobs. p0 comes from
  the policy, never from the engineers in the request: splitting a day by centre changes no score.
- **Missing inputs.** Where the order does not state what a criterion is about, it does not apply: no cost, reported as not evaluated. Where only the engineer's side is missing, the neutral score
  (policy, 5000) is charged, and it is reported as not evaluated all the same: it is never silently 0 or 1. What would be the same for every plan, as with an engineer's unknown workload or wage,
  is reported and not charged.
- **Scope**: P depends on order and engineer, R on the position in a route, S on the whole plan.
- **Policy**: a preset, then settings \`{id, mode, weight_s, params}\`; what a criterion does not have or allow is refused. Parameters are whole numbers.
- **Tests**: each criterion has a file with four proofs: an example worked out by hand, better never costs more, what is missing is neutral and reported, and turning it on, or up, changes a plan in its own direction.
- Criteria 13, 14 and 22 to 26 are data about people: each can be switched off, and an explanation shows an engineer's own numbers.

| # | id | default | scope | W (s) |
|---|---|---|---|---|
${rows.map((row, index) => `| ${index + 1} | [${row.id}](#${row.id}) | ${row.mode} | ${row.scope} | ${weight(row)} |`).join("\n")}

## Presets

${Object.entries(PRESETS)
  .map(([name, settings]) => `- **${name}**: ${Object.entries(settings).map(presetText).join(", ") || "the defaults"}`)
  .join("\n")}

## Each criterion

${rows.map(section).join("\n")}`;

const url = new URL("../docs/criteria.md", import.meta.url);
if (!process.argv.includes("--check")) writeFileSync(url, text);
else if (readFileSync(url, "utf8") !== text) {
  console.error("docs/criteria.md differs from the catalogue: run `npm run docs:criteria`");
  process.exitCode = 1;
}
