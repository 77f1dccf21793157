// The core's assignment on costs given by hand, without a request around it.
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { type Core, createCore, loadCoreModule } from "../../solver/core.ts";
import { encodeProblem } from "../../solver/encode.ts";
import { tinyRequest } from "../oracle/generate.ts";

export interface Round {
  /** By row and column; undefined: forbidden. */
  readonly costs: readonly (readonly (bigint | undefined)[])[];
  readonly columns: number;
  readonly rowOut: readonly bigint[];
  readonly columnOut: readonly bigint[];
}

export interface Assigned {
  /** -1: left out. */
  readonly columnOf: readonly number[];
  readonly rowDual: readonly bigint[];
  readonly columnDual: readonly bigint[];
  readonly inTime: boolean;
  /** How often the core asked whether to stop. */
  readonly asked: number;
}

const FORBIDDEN = (2n ** 63n - 1n) >> 2n;
let core: Promise<Core> | undefined;

/** Solves a round; with `answers` the core hears "go on" that many times and "stop" from then on. */
export async function assignInCore(round: Round, answers = Number.POSITIVE_INFINITY): Promise<Assigned> {
  core ??= loadCoreModule().then(createCore);
  const { exports, load, int32s, int64s } = await core;
  let asked = 0;
  // The question comes with a problem; its memory is given back.
  load(encodeProblem(problemFromProto(tinyRequest(1), new Set())).columns, () => asked++ >= answers);
  exports.resetArena();
  const write = (pointer: number, values: readonly bigint[]) =>
    new BigInt64Array(exports.memory.buffer, pointer, values.length).set(values);
  const rows = round.costs.length;
  const rowOut = exports.allocate(rows * 8);
  const columnOut = exports.allocate(round.columns * 8);
  write(rowOut, round.rowOut);
  write(columnOut, round.columnOut);
  exports.openRows(rows, round.columns);
  for (const costs of round.costs) {
    write(
      exports.nextRow.value,
      costs.map((cost) => cost ?? FORBIDDEN),
    );
    exports.addRow();
  }
  asked = 0;
  const inTime = exports.solveAssignment(rowOut, columnOut) !== 0;
  return {
    columnOf: [...int32s(exports.columnOf.value, rows)],
    rowDual: [...int64s(exports.rowDual.value, rows)],
    columnDual: [...int64s(exports.columnDual.value, round.columns)],
    inTime,
    asked,
  };
}
