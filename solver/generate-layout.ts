// Writes both sides of the boundary, docs/layout.md and the core's curves from what describes them; with --check it fails when a file on disk differs.
import { readFileSync, writeFileSync } from "node:fs";
import { EXPIRING_SCORE, OTHER_LANGUAGE_SCORE, TIER_SCORES } from "./criteria.ts";
import { HALF_KNOTS, HALF_STEPS } from "./curves.ts";
import {
  COLUMNS,
  FOREIGN_TERRITORY,
  LAYOUT_MAGIC,
  LAYOUT_VERSION,
  NEIGHBOUR_TERRITORY,
  NEVER,
  NO_TIME,
  NONE,
  OWN_TERRITORY,
  SCALARS,
  UNASKED_TERRITORY,
  UNKNOWN_TERRITORY,
  UNLIMITED,
} from "./layout.ts";

const GENERATED = "Generated from solver/layout.ts by `npm run gen`; do not edit.";
const scalars = Object.entries(SCALARS);
const columns: [string, { rows: string; doc: string }][] = [
  ["scalar", { rows: `${scalars.length}`, doc: "the scalars" }],
  ...Object.entries(COLUMNS),
];
const HEADER_WORDS = 4;

/** Expression of a length with every scalar prefixed. */
const lengthOf = (rows: string, prefix: string) => rows.replace(/[a-z]\w*/gi, (name) => `${prefix}${name}`);

function hostSide(): string {
  return `// The host's view of the problem's bytes. ${GENERATED}

export const LAYOUT_MAGIC = ${LAYOUT_MAGIC};
export const LAYOUT_VERSION = ${LAYOUT_VERSION};
export const HEADER_WORDS = ${HEADER_WORDS};

/** Single numbers; one that is not set yet is not a number. */
export class Scalars {
${scalars.map(([name, doc]) => `  /** ${doc} */\n  ${name} = Number.NaN;`).join("\n")}
}

/** Scalars in the order of the buffer. */
export const SCALAR_NAMES = [
${scalars.map(([name]) => `  "${name}",`).join("\n")}
] as const satisfies readonly (keyof Scalars)[];

/** The scalars in the order of the buffer. */
export const scalarList = (scalars: Scalars): number[] => [
${scalars.map(([name]) => `  scalars.${name},`).join("\n")}
];

/** A value for each column, the same to begin with. */
export class ColumnSet<T> {
${columns.map(([name, { doc }]) => `  /** ${doc} */\n  ${name}: T;`).join("\n")}

  constructor(value: T) {
${columns.map(([name]) => `    this.${name} = value;`).join("\n")}
  }
}

/** All columns at hand. */
export type Columns = ColumnSet<Int32Array>;

/** Columns in the order of the buffer. */
export const COLUMN_NAMES = [
${columns.map(([name]) => `  "${name}",`).join("\n")}
] as const satisfies readonly (keyof Columns)[];

/** What the columns have, in the order of the buffer. */
export const columnList = <T>(columns: Readonly<ColumnSet<T>>): T[] => [
${columns.map(([name]) => `  columns.${name},`).join("\n")}
];
`;
}

function coreSide(): string {
  const bind = columns.map(([name, { rows }], index) => {
    const optional = rows.endsWith(" or 0");
    const length = lengthOf(rows.replace(" or 0", ""), "");
    return `  if (!column(base, ${index}, ${length}, ${optional})) return STATUS_BAD_COLUMN + ${index};
  ${name} = bound;`;
  });
  return `// The core's view of the problem's bytes. ${GENERATED}
import { STATUS_BAD_COLUMN, STATUS_BAD_MAGIC, STATUS_BAD_VERSION, STATUS_OK } from "../status";

export const NEVER: i32 = ${NEVER};
export const UNLIMITED: i32 = ${UNLIMITED};
export const NONE: i32 = ${NONE};
export const NO_TIME: i32 = ${NO_TIME};
export const OWN_TERRITORY: i32 = ${OWN_TERRITORY};
export const NEIGHBOUR_TERRITORY: i32 = ${NEIGHBOUR_TERRITORY};
export const FOREIGN_TERRITORY: i32 = ${FOREIGN_TERRITORY};
export const UNKNOWN_TERRITORY: i32 = ${UNKNOWN_TERRITORY};
export const UNASKED_TERRITORY: i32 = ${UNASKED_TERRITORY};

${scalars.map(([name]) => `export let ${name}: i32 = 0;`).join("\n")}

${columns.map(([name]) => `export let ${name}: usize = 0;`).join("\n")}

let bound: usize = 0;

/** Leaves the address of column \`index\` in \`bound\`; false when its length is not \`length\` (or 0 where that is allowed) or it leaves the buffer. */
function column(base: usize, index: i32, length: i64, optional: bool): bool {
  const entry = base + ${HEADER_WORDS * 4} + (<usize>index << 3);
  const offset = load<u32>(entry);
  const got = load<u32>(entry, 4);
  bound = got == 0 ? 0 : base + offset;
  if (<u64>offset + ((<u64>got) << 2) > <u64>load<u32>(base, 8)) return false;
  return <i64>got == length || (optional && got == 0);
}

/** Binds every scalar and column of the buffer at \`base\`; returns a status. */
export function bindLayout(base: usize): i32 {
  if (load<i32>(base) != ${LAYOUT_MAGIC}) return STATUS_BAD_MAGIC;
  if (load<i32>(base, 4) != ${LAYOUT_VERSION}) return STATUS_BAD_VERSION;
  if (!column(base, 0, ${scalars.length}, false)) return STATUS_BAD_COLUMN;
  scalar = bound;
${scalars.map(([name], index) => `  ${name} = load<i32>(scalar, ${index * 4});`).join("\n")}
${bind
  .slice(1)
  .join("\n")
  .replace(/column\(base, (\d+), (.*), (true|false)\)/g, (_all, index, length, optional) => {
    const wide = length.replace(/[a-z]\w*/gi, (name: string) => `<i64>${name}`);
    return `column(base, ${index}, ${wide}, ${optional})`;
  })}
  return STATUS_OK;
}
`;
}

function curves(): string {
  return `// Curves and fixed scores of the criteria. Generated from solver/curves.ts and solver/criteria.ts by \`npm run gen\`; do not edit.

/** Steps of a half-life between two knots. */
export const HALF_STEPS: i32 = ${HALF_STEPS};
/** Knots of 2^(-k / ${HALF_STEPS}) as scores. */
export const HALF_KNOTS: i32 = ${HALF_KNOTS.length};
export const halfKnots: usize = memory.data<i32>([
  ${HALF_KNOTS.join(", ")},
]);

export const TIER_A_SCORE: i32 = ${TIER_SCORES[0]};
export const TIER_B_SCORE: i32 = ${TIER_SCORES[1]};
export const TIER_C_SCORE: i32 = ${TIER_SCORES[2]};
export const TIER_D_SCORE: i32 = ${TIER_SCORES[3]};
export const EXPIRING_SCORE: i32 = ${EXPIRING_SCORE};
export const OTHER_LANGUAGE_SCORE: i32 = ${OTHER_LANGUAGE_SCORE};
`;
}

function docs(): string {
  return `# Layout of the problem's bytes

${GENERATED} Version ${LAYOUT_VERSION}.

One buffer, little-endian: magic \`0x${LAYOUT_MAGIC.toString(16)}\`, version, byte length, column count, then offset (bytes) and length (elements) of every
column, then the columns, 8-byte aligned. Every element is an i32. Times are ticks after the request's \`now\`; \`NEVER\` = ${NEVER},
\`NO_TIME\` = ${NO_TIME}, \`UNLIMITED\` = ${UNLIMITED}, no row = ${NONE}, own territory ${OWN_TERRITORY}, a neighbour's at an unknown
distance ${NEIGHBOUR_TERRITORY}, another ${FOREIGN_TERRITORY}, unknown ${UNKNOWN_TERRITORY}, not asked for ${UNASKED_TERRITORY}.

## Scalars (column 0)
| # | name | meaning |
|---|---|---|
${scalars.map(([name, doc], index) => `| ${index} | \`${name}\` | ${doc} |`).join("\n")}

## Columns
| # | name | length | meaning |
|---|---|---|---|
${columns.map(([name, { rows, doc }], index) => `| ${index} | \`${name}\` | ${rows} | ${doc} |`).join("\n")}
`;
}

const root = new URL("../", import.meta.url);
const files: [string, string][] = [
  ["solver/gen/layout.ts", hostSide()],
  ["assembly/gen/layout.ts", coreSide()],
  ["assembly/gen/curves.ts", curves()],
  ["docs/layout.md", docs()],
];
const check = process.argv.includes("--check");
for (const [path, text] of files) {
  const url = new URL(path, root);
  if (!check) writeFileSync(url, text);
  else if (readFileSync(url, "utf8") !== text) {
    console.error(`${path} differs from solver/layout.ts: run \`npm run gen\``);
    process.exitCode = 1;
  }
}
