// Reads technician routing instances in the text format of Pillac, Gueret & Medaglia (2013, doi 10.1007/s11590-012-0567-4).
import { type Line, lineError, linesOf, real, scaled, whole } from "./fields.ts";

/** Decimals kept of times: a file unit is a second of 10^5 ticks. */
export const TRSP_DIGITS = 5;

/** The depot, a technician's home or a request. */
export interface TrspNode {
  readonly x: number;
  readonly y: number;
  /** Ticks; the depot's opening, the technician's shift or when service may begin, both ends inclusive. */
  readonly windowStart: number;
  readonly windowEnd: number;
  /** Ticks. */
  readonly service: number;
  /** Skills held or needed, tools carried or needed: numbers from 0. */
  readonly skills: readonly number[];
  readonly tools: readonly number[];
  /** Units carried or consumed by part number; may be shorter than the number of parts. */
  readonly parts: readonly number[];
}

/** An instance: nodes by number, 0 = depot, 1 to `crew` = technicians, the rest = requests. */
export interface TrspInstance {
  readonly crew: number;
  readonly skills: number;
  readonly tools: number;
  readonly parts: number;
  readonly nodes: readonly TrspNode[];
  /** Ticks between nodes, row-major, rounded up to whole ticks; undefined: travel is Euclidean. */
  readonly travelTimes: number[] | undefined;
}

/** Reads an instance; throws with line and value where the text breaks the format. */
export function parseTrsp(text: string): TrspInstance {
  const lines = linesOf(text);
  const countsHeader = lines.findIndex((line) => /^CREW\s+COUNT/i.test(line.text));
  const counts = lines[countsHeader + 1];
  if (countsHeader < 0 || !counts) throw new Error('no counts: expected a line "CREW COUNT SKILLS TOOLS SPARE PARTS"');
  const names = ["crew", "skills", "tools", "parts"];
  const values = counts.text.split(/\s+/);
  if (values.length !== names.length)
    throw lineError(counts, `"${counts.text}" has ${values.length} values, expected ${names.join(", ")}`);
  const count = (index: number) => whole(counts, names[index]!, values[index]!);
  const [crew, skills, tools, parts] = [count(0), count(1), count(2), count(3)];
  const tableHeader = lines.findIndex((line) => /^ID\s+X\s+Y/i.test(line.text));
  if (tableHeader < 0) throw new Error('no nodes: expected a line "ID X Y TWS TWE Serv SKILLS TOOLS SPARE PARTS"');
  const tableEnd = lines.findIndex((line, index) => index > tableHeader && /^[A-Z]/i.test(line.text));
  const rows = lines.slice(tableHeader + 1, tableEnd < 0 ? undefined : tableEnd);
  const nodes = rows.map((line, index) => nodeOf(line, index, [skills, tools, parts]));
  if (nodes.length <= crew)
    throw new Error(`${nodes.length} nodes, expected a depot, ${crew} technicians and requests`);
  return { crew, skills, tools, parts, nodes, travelTimes: travelTimesOf(lines, nodes.length) };
}

function nodeOf(line: Line, index: number, [skills, tools, parts]: [number, number, number]): TrspNode {
  const match = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*\[(.*?)\]\s*\[(.*?)\]\s*\[(.*?)\]$/.exec(line.text);
  if (!match) throw lineError(line, `"${line.text}" is not: ID X Y TWS TWE Serv [skills] [tools] [parts]`);
  const [id, x, y, windowStart, windowEnd, service, skillList, toolList, partList] = match.slice(1) as string[];
  if (whole(line, "ID", id!) !== index) throw lineError(line, `ID is "${id}", expected ${index}`);
  const list = (name: string, values: string) =>
    values.trim() === "" ? [] : values.split(",").map((value) => whole(line, name, value.trim()));
  const below = (name: string, values: number[], count: number) => {
    const wrong = values.find((value) => value >= count);
    if (wrong !== undefined) throw lineError(line, `${name} ${wrong} does not exist, the file declares ${count}`);
    return values;
  };
  const node = {
    x: real(line, "X", x!),
    y: real(line, "Y", y!),
    windowStart: scaled(line, "TWS", windowStart!, TRSP_DIGITS, "refuse"),
    windowEnd: scaled(line, "TWE", windowEnd!, TRSP_DIGITS, "refuse"),
    service: scaled(line, "Serv", service!, TRSP_DIGITS, "refuse"),
    skills: below("skill", list("skill", skillList!), skills),
    tools: below("tool", list("tool", toolList!), tools),
    parts: list("part count", partList!),
  };
  if (node.windowEnd < node.windowStart) throw lineError(line, `TWE ${windowEnd} is before TWS ${windowStart}`);
  if (node.parts.length > parts)
    throw lineError(line, `${node.parts.length} part counts, the file declares ${parts} parts`);
  return node;
}

/**
 * The block `TRAVEL TIMES` of the industrial files, rows `number;value;...`. It follows the block `DISTANCES`, which no published
 * value uses. Both have more rows and columns than nodes: copies of technicians and depot, which are cut off.
 */
function travelTimesOf(lines: readonly Line[], size: number): number[] | undefined {
  const header = lines.findIndex((line) => /^TRAVEL\s+TIMES$/i.test(line.text));
  if (header < 0) {
    const distances = lines.find((line) => /^DISTANCES$/i.test(line.text));
    if (distances) throw lineError(distances, 'DISTANCES without a block "TRAVEL TIMES"');
    return undefined;
  }
  const rows = lines.slice(header + 1, header + 1 + size);
  if (rows.length < size) throw lineError(lines[header]!, `${rows.length} rows of travel times, expected ${size}`);
  return rows.flatMap((line, index) => {
    const [id, ...values] = line.text.split(";").map((value) => value.trim());
    if (whole(line, "row", id!) !== index) throw lineError(line, `row is "${id}", expected ${index}`);
    if (values.length < size) throw lineError(line, `${values.length} travel times, expected ${size}`);
    return values.slice(0, size).map((value) => scaled(line, "travel time", value, TRSP_DIGITS, "up"));
  });
}
