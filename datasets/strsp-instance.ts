// Reads service technician routing instances of Kovacs, Parragh, Doerner & Hartl (2012, doi 10.1007/s10951-011-0246-9).
import { type Line, lineError, linesOf, real, whole } from "./fields.ts";

/** The depot or a task; `number` is the file's, the depot's is 1. */
export interface StrspNode {
  readonly number: number;
  readonly x: number;
  readonly y: number;
  /** Service may begin from `ready` to `due`, both inclusive; the depot's are the first departure and the last return. */
  readonly ready: number;
  readonly due: number;
  readonly service: number;
  /** Level asked for of each skill; 0: none. */
  readonly levels: readonly number[];
  /** What it costs to leave the task to somebody else: 200 + (sum of its requirements)^1.5. */
  readonly outsourcing: number;
}

/** An instance; `nodes[0]` is the depot. */
export interface StrspInstance {
  readonly nodes: readonly StrspNode[];
  /** Level of each technician in each skill; 0: none. */
  readonly technicians: readonly (readonly number[])[];
}

const COLUMNS = 8;

/** Why the instance cannot be stated; undefined: it can. `text` as for `parseStrsp`. */
export function strspUnsupported(text: string): string | undefined {
  const most = Math.max(...rowsOf(linesOf(text)).map(({ needs }) => Math.max(...needs)));
  return most > 1 ? "tasks that ask for several technicians at once (teams)" : undefined;
}

/**
 * Reads the file of the tasks with the file of the technicians behind it. Throws with line and value where the text breaks the
 * format, and where a task needs a team.
 */
export function parseStrsp(text: string): StrspInstance {
  const lines = linesOf(text);
  const counts = ["Number of Technicians", "domains", "proficiency level"].map((name) => countOf(lines, name));
  const [size, skills, levels] = counts as [number, number, number];
  const from = lines.findIndex(({ text: words }) => /^ID\s+domain/.test(words));
  if (from < 0) throw new Error('no technicians: expected a line "ID domain1 domain2 ..."');
  const people = lines.slice(from + 1, from + 1 + size);
  if (people.length < size) throw new Error(`${people.length} technicians, the file declares ${size}`);
  const nodes = rowsOf(lines).map(({ line, words, needs }) => {
    if (needs.length !== skills * levels)
      throw lineError(line, `${needs.length} requirements, expected ${skills} skills of ${levels} levels`);
    const [number, x, y, , ready, due, service] = words as [string, string, string, string, string, string, string];
    const node = {
      number: whole(line, "CUST NO.", number),
      x: real(line, "XCOORD.", x),
      y: real(line, "YCOORD.", y),
      ready: whole(line, "READY TIME", ready),
      due: whole(line, "DUE DATE", due),
      service: whole(line, "SERVICE TIME", service),
      levels: Array.from({ length: skills }, (_, skill) =>
        levelOf(line, skill + 1, needs.slice(skill * levels, (skill + 1) * levels)),
      ),
      outsourcing: 200 + needs.reduce((sum, need) => sum + need, 0) ** 1.5,
    };
    if (node.due < node.ready) throw lineError(line, `DUE DATE ${due} is before READY TIME ${ready}`);
    return node;
  });
  nodes.forEach(({ number }, index) => {
    if (number !== index + 1) throw new Error(`CUST NO. is ${number}, expected ${index + 1}`);
  });
  return { nodes, technicians: people.map((line, index) => levelsOf(line, index + 1, skills, levels)) };
}

/** The rows of the depot and the tasks: their first columns and their requirements. */
function rowsOf(lines: readonly Line[]): { line: Line; words: string[]; needs: number[] }[] {
  const from = lines.findIndex(({ text }) => /^CUST NO\./.test(text));
  if (from < 0) throw new Error('no tasks: expected a line "CUST NO. XCOORD. YCOORD. ..."');
  const after = lines.findIndex(({ text }, index) => index > from && !/^\d/.test(text));
  return lines.slice(from + 1, after < 0 ? undefined : after).map((line) => {
    const words = line.text.split(/\s+/);
    if (words.length <= COLUMNS) throw lineError(line, `${words.length} values, expected ${COLUMNS} and requirements`);
    return { line, words, needs: words.slice(COLUMNS).map((word) => whole(line, "requirement", word)) };
  });
}

/** The level that `needs`, by level from 1, ask of one skill: a technician of a level also has the lower ones. */
function levelOf(line: Line, skill: number, needs: readonly number[]): number {
  const level = needs.filter((need) => need > 0).length;
  if (needs.some((need, index) => need > 1 || need !== (index < level ? 1 : 0)))
    throw lineError(line, `skill ${skill} asks for ${needs.join(" ")}, expected one technician up to some level`);
  return level;
}

function levelsOf(line: Line, number: number, skills: number, most: number): number[] {
  const [id, ...words] = line.text.split(/\s+/);
  if (whole(line, "ID", id!) !== number) throw lineError(line, `ID is "${id}", expected ${number}`);
  if (words.length !== skills) throw lineError(line, `${words.length} levels, the file declares ${skills} domains`);
  return words.map((word) => {
    const level = whole(line, "level", word);
    if (level > most) throw lineError(line, `level is ${level}, the file declares ${most}`);
    return level;
  });
}

function countOf(lines: readonly Line[], name: string): number {
  const line = lines.find(({ text }) => text.startsWith(`${name}:`));
  if (!line) throw new Error(`no "${name}:" in the file of the technicians`);
  return whole(line, name, line.text.slice(name.length + 1).trim());
}
