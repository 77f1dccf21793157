// The core's assignment against all assignments (small), another solver (medium), and the certificate it gives (always).
import fc from "fast-check";
import munkres from "munkres";
import { describe, expect, test } from "vitest";
import { type Draws, drawsFromGen, drawsFromSeed, shuffled } from "../property/draws.ts";
import { assignInCore, type Round } from "./assign-in-core.ts";
import { boundOf, costOf } from "./certificate.ts";

/** Costs of one kind: values that tie, that do not, or that need 64 bits. */
const RANGES = [
  [-3, 3],
  [0, 1],
  [-1_000, 1_000],
  [-1_000_000_000_000, 1_000_000_000_000],
] as const;

function roundOf({ whole, chance, one }: Draws, rows: number, columns: number): Round {
  const [low, high] = one(RANGES);
  const allowed = one([100, 100, 80, 50, 15, 5]);
  const value = () => BigInt(whole(low, high));
  // From rather left out to left out only where nothing is allowed, which is dearer than 32 bits can say.
  const outs = (count: number, most: number) => Array.from({ length: count }, () => value() + BigInt(most));
  return {
    columns,
    costs: Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (chance(allowed) ? value() : undefined)),
    ),
    rowOut: outs(rows, one([0, high, 20 * high, 10 ** 13])),
    columnOut: chance(50) ? Array.from({ length: columns }, () => 0n) : outs(columns, one([0, high])),
  };
}

/** The least cost over all assignments. */
function leastOf(round: Round): bigint {
  const rows = round.costs.length;
  const columnOf: number[] = [];
  let least: bigint | undefined;
  const visit = (row: number) => {
    if (row === rows) {
      const cost = costOf(round, { columnOf });
      if (least === undefined || cost < least) least = cost;
      return;
    }
    for (let column = -1; column < round.columns; column++) {
      if (column >= 0 && (round.costs[row]![column] === undefined || columnOf.slice(0, row).includes(column))) continue;
      columnOf[row] = column;
      visit(row + 1);
    }
  };
  visit(0);
  return least!;
}

/** The least cost by munkres: every row has a column of its own to be left out in, and leaving a column out is a matter of its pairs. */
function leastByMunkres({ costs, columns, rowOut, columnOut }: Round): bigint {
  const never = 10n ** 20n;
  const matrix = costs.map((row, index) => [
    ...Array.from({ length: columns }, (_, column) => {
      const cost = row[column];
      return cost === undefined ? never : cost - columnOut[column]!;
    }),
    ...rowOut.map((out, own) => (own === index ? out : never)),
  ]);
  return munkres(matrix).reduce(
    (sum, [row, column]) => sum + matrix[row]![column]!,
    columnOut.reduce((sum, out) => sum + out, 0n),
  );
}

/** The cost in the core, with the certificate looked at. */
async function provedCost(round: Round): Promise<bigint> {
  const assigned = await assignInCore(round);
  expect(assigned.inTime).toBe(true);
  const cost = costOf(round, assigned);
  expect(boundOf(round, assigned), "the dual adds up to the cost").toBe(cost);
  return cost;
}

const forRounds = (most: number, runs: number, property: (round: Round, draws: Draws) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(fc.gen(), async (gen) => {
      const draws = drawsFromGen(gen);
      await property(roundOf(draws, draws.whole(0, most), draws.whole(0, most)), draws);
    }),
    { numRuns: runs, seed: 1 },
  );

test("a round worked out by hand", async () => {
  // Rows to columns 1, 0, 2: 2 + 6 + 1 = 9; the diagonal costs 4 + 8 + 1, any other choice more.
  const costs = [
    [4n, 2n, 8n],
    [6n, 8n, 7n],
    [5n, 6n, 1n],
  ];
  const columnOut = [0n, 0n, 0n];
  expect(await provedCost({ costs, columns: 3, rowOut: [99n, 99n, 99n], columnOut })).toBe(9n);
  // The second row is better left out at 5: 2 + 5 + 1.
  expect(await provedCost({ costs, columns: 3, rowOut: [99n, 5n, 99n], columnOut })).toBe(8n);
  // A column that must be paid for when nobody takes it: 6 + 2 + 1 at 9, as before, against 2 + 5 + 1 + 7.
  expect(await provedCost({ costs, columns: 3, rowOut: [99n, 5n, 99n], columnOut: [7n, 0n, 0n] })).toBe(9n);
});

test("of all assignments of up to 5 rows and 5 columns, the cheapest", async () => {
  await forRounds(5, 1_500, async (round) => {
    expect(await provedCost(round)).toBe(leastOf(round));
  });
});

describe("up to 120 rows and columns cost what munkres finds", () => {
  test.each([
    [40, 60],
    [60, 40],
    [80, 80],
    [120, 100],
    [1, 120],
    [120, 1],
  ])("%i x %i", async (rows, columns) => {
    for (let seed = 1; seed <= 10; seed++) {
      const round = roundOf(drawsFromSeed(seed), rows, columns);
      expect(await provedCost(round), `seed ${seed}`).toBe(leastByMunkres(round));
    }
  });
});

test("rows and columns in another order cost the same", async () => {
  await forRounds(30, 150, async (round, draws) => {
    const rows = shuffled([...round.costs.keys()], draws);
    const columns = shuffled([...round.columnOut.keys()], draws);
    const turned = {
      columns: round.columns,
      costs: rows.map((row) => columns.map((column) => round.costs[row]![column])),
      rowOut: rows.map((row) => round.rowOut[row]!),
      columnOut: columns.map((column) => round.columnOut[column]!),
    };
    expect(await provedCost(turned)).toBe(await provedCost(round));
  });
});

test("rows as columns cost the same", async () => {
  await forRounds(30, 150, async (round) => {
    const turned = {
      columns: round.costs.length,
      costs: round.columnOut.map((_, column) => round.costs.map((row) => row[column])),
      rowOut: round.columnOut,
      columnOut: round.rowOut,
    };
    expect(await provedCost(turned)).toBe(await provedCost(round));
  });
});

test("a column that nobody may take changes nothing", async () => {
  await forRounds(30, 150, async (round, draws) => {
    const place = draws.whole(0, round.columns);
    const wider = {
      columns: round.columns + 1,
      costs: round.costs.map((row) => row.toSpliced(place, 0, undefined)),
      rowOut: round.rowOut,
      columnOut: round.columnOut.toSpliced(place, 0, 0n),
    };
    const before = await assignInCore(round);
    const after = await assignInCore(wider);
    expect(costOf(wider, after)).toBe(costOf(round, before));
    expect(after.columnOf.map((column) => (column > place ? column - 1 : column))).toEqual(before.columnOf);
  });
});

test("stopped at any moment, the matching is feasible and the dual a bound that only rises", async () => {
  for (const seed of [1, 2, 3]) {
    const draws = drawsFromSeed(seed);
    const high = seed === 2 ? 3 : 100_000;
    const line = <T>(make: () => T) => Array.from({ length: 150 }, make);
    const round: Round = {
      columns: 150,
      costs: line(() => line(() => (seed === 3 && draws.chance(90) ? undefined : BigInt(draws.whole(0, high))))),
      rowOut: line(() => BigInt(4 * high)),
      columnOut: line(() => 0n),
    };
    const { asked, ...whole } = await assignInCore(round);
    const least = costOf(round, whole);
    let bound = -(2n ** 62n);
    expect(asked).toBeGreaterThan(5);
    for (let answers = 0; answers < asked; answers++) {
      const cut = await assignInCore(round, answers);
      expect(cut.inTime).toBe(false);
      expect(costOf(round, cut)).toBeGreaterThanOrEqual(least);
      const next = boundOf(round, cut);
      expect(next).toBeGreaterThanOrEqual(bound);
      expect(next).toBeLessThanOrEqual(least);
      bound = next;
    }
  }
});
