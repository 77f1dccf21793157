// Ascending sort of i64 keys in place; callers pack a tie-breaking row into the low bits, so equal keys do not occur.

/** Sorts `count` keys at `keys`: quicksort with median of three, insertion sort below 24. */
export function sortKeys(keys: usize, count: i32): void {
  while (count > 24) {
    const middle = at(keys, count >> 1);
    const first = at(keys, 0);
    const last = at(keys, count - 1);
    const pivot = max(min(first, middle), min(max(first, middle), last));
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      while (at(keys, low) < pivot) low++;
      while (at(keys, high) > pivot) high--;
      if (low <= high) {
        const swap = at(keys, low);
        put(keys, low, at(keys, high));
        put(keys, high, swap);
        low++;
        high--;
      }
    }
    // The smaller side by recursion, the larger by the loop: the stack stays logarithmic.
    if (high + 1 < count - low) {
      sortKeys(keys, high + 1);
      keys += (<usize>low) << 3;
      count -= low;
    } else {
      sortKeys(keys + ((<usize>low) << 3), count - low);
      count = high + 1;
    }
  }
  for (let i = 1; i < count; i++) {
    const key = at(keys, i);
    let j = i - 1;
    while (j >= 0 && at(keys, j) > key) {
      put(keys, j + 1, at(keys, j));
      j--;
    }
    put(keys, j + 1, key);
  }
}

/** Moves the `least` smallest of `count` keys to the front, in any order: quickselect with median of three. */
export function selectKeys(keys: usize, count: i32, least: i32): void {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const middle = at(keys, (from + to) >> 1);
    const first = at(keys, from);
    const last = at(keys, to);
    const pivot = max(min(first, middle), min(max(first, middle), last));
    let low = from;
    let high = to;
    while (low <= high) {
      while (at(keys, low) < pivot) low++;
      while (at(keys, high) > pivot) high--;
      if (low <= high) {
        const swap = at(keys, low);
        put(keys, low, at(keys, high));
        put(keys, high, swap);
        low++;
        high--;
      }
    }
    if (least - 1 <= high) to = high;
    else if (least - 1 >= low) from = low;
    else return;
  }
}

function at(keys: usize, index: i32): i64 {
  return load<i64>(keys + ((<usize>index) << 3));
}

function put(keys: usize, index: i32, value: i64): void {
  store<i64>(keys + ((<usize>index) << 3), value);
}
