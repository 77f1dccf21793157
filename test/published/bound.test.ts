// Bounds of Solomon's instances against published ones; runs where SHANPAI_DATA names the folder that holds `solomon`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { solomonRequest } from "../../datasets/solomon.ts";
import { solveForTest } from "../solve-for-test.ts";

const folder = process.env.SHANPAI_DATA;

/**
 * Values of the linear relaxation over elementary routes (Desrochers, Desrosiers & Solomon 1992; Kohl et al. 1999) and optima, in the
 * files' units with distances cut to tenths.
 */
const PUBLISHED: readonly (readonly [name: string, customers: number, relaxation: number, optimum: number])[] = [
  ["R101", 25, 617.1, 617.1],
  ["R101", 50, 1043.367, 1044],
  ["R101", 100, 1631.15, 1637.7],
  ["C101", 25, 191.3, 191.3],
  ["C101", 50, 362.4, 362.4],
  ["C101", 100, 827.3, 827.3],
  ["RC101", 25, 406.625, 461.1],
  ["RC101", 50, 850.021, 944],
  ["RC101", 100, 1584.094, 1619.8],
];

describe.skipIf(folder === undefined)("Solomon", () => {
  test.each(PUBLISHED)(
    "%s with %i customers",
    async (name, customers, relaxation, optimum) => {
      const request = solomonRequest(readFileSync(join(folder!, "solomon", `${name}.txt`), "utf8"));
      request.orders = request.orders.slice(0, customers);
      request.search!.iterations = 3000n;
      request.search!.prove = true;
      const { bound } = await solveForTest(request);
      // The bound is a whole number of tenths.
      expect(bound!.levels).toEqual([0n, BigInt(Math.ceil(relaxation * 10 - 1e-6))]);
      expect(Number(bound!.levels[1])).toBeLessThanOrEqual(Math.round(optimum * 10));
    },
    60_000,
  );
});
