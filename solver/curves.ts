// The knots of curves that are no straight lines: the table is the definition, and every evaluator reads it with floor.

/** Steps of a half-life between two knots. */
export const HALF_STEPS = 8;

/** 2^(-k / 8) for k = 0, 1, 2 ... as a score; the last is 0, and so is everything past it. */
export const HALF_KNOTS = [
  10000, 9170, 8409, 7711, 7071, 6484, 5946, 5453, 5000, 4585, 4204, 3856, 3536, 3242, 2973, 2726, 2500, 2293, 2102,
  1928, 1768, 1621, 1487, 1363, 1250, 1146, 1051, 964, 884, 811, 743, 682, 625, 573, 526, 482, 442, 405, 372, 341, 313,
  287, 263, 241, 221, 203, 186, 170, 156, 143, 131, 120, 110, 101, 93, 85, 78, 72, 66, 60, 55, 51, 46, 43, 39, 36, 33,
  30, 28, 25, 23, 21, 20, 18, 16, 15, 14, 13, 12, 11, 10, 9, 8, 8, 7, 6, 6, 5, 5, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
] as const;
