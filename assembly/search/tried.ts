// How many places for orders were looked at, for measuring the speed of the search.

/** Places looked at since the problem was built, those of a route that is read from end to end counted as one each. */
export let insertionsTried: i64 = 0;

export function resetTried(): void {
  insertionsTried = 0;
}

export function addTried(places: i32): void {
  insertionsTried += places;
}
