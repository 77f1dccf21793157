// Writes both sides of the boundary and docs/layout.md from layout.ts; with --check it fails when a file on disk differs.
import { readFileSync, writeFileSync } from "node:fs";
import { COLUMNS, LAYOUT_MAGIC, LAYOUT_VERSION, NEVER, NO_TIME, NONE, SCALARS, UNLIMITED } from "./layout.ts";

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

export interface Scalars {
${scalars.map(([name, doc]) => `  /** ${doc} */\n  ${name}: number;`).join("\n")}
}

/** Scalars in the order of the buffer. */
export const SCALAR_NAMES = [
${scalars.map(([name]) => `  "${name}",`).join("\n")}
] as const satisfies readonly (keyof Scalars)[];

export interface Columns {
${columns.map(([name, { doc }]) => `  /** ${doc} */\n  ${name}: Int32Array;`).join("\n")}
}

/** Columns in the order of the buffer. */
export const COLUMN_NAMES = [
${columns.map(([name]) => `  "${name}",`).join("\n")}
] as const satisfies readonly (keyof Columns)[];
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

function docs(): string {
  return `# Layout of the problem's bytes

${GENERATED} Version ${LAYOUT_VERSION}.

One buffer, little-endian: magic \`0x${LAYOUT_MAGIC.toString(16)}\`, version, byte length, column count, then offset (bytes) and length (elements) of every
column, then the columns, 8-byte aligned. Every element is an i32. Times are ticks after the request's \`now\`; \`NEVER\` = ${NEVER},
\`NO_TIME\` = ${NO_TIME}, \`UNLIMITED\` = ${UNLIMITED}, no row = ${NONE}.

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
