// Ascending sort of i64 keys in place; callers pack a tie-breaking row into the low bits, so equal keys do not occur.

// Where partition left off: keys up to `high` are at most the pivot, keys from `low` on at least.
let low: i32 = 0;
let high: i32 = 0;

/** Parts the keys `from`..`to` around a median of three. */
function partition(keys: usize, from: i32, to: i32): void {
  const middle = at(keys, (from + to) >> 1);
  const first = at(keys, from);
  const last = at(keys, to);
  const pivot = max(min(first, middle), min(max(first, middle), last));
  let left = from;
  let right = to;
  while (left <= right) {
    while (at(keys, left) < pivot) left++;
    while (at(keys, right) > pivot) right--;
    if (left <= right) {
      const swap = at(keys, left);
      put(keys, left, at(keys, right));
      put(keys, right, swap);
      left++;
      right--;
    }
  }
  low = left;
  high = right;
}

/** Sorts `count` keys at `keys`: quicksort, insertion sort below 24. */
export function sortKeys(keys: usize, count: i32): void {
  while (count > 24) {
    partition(keys, 0, count - 1);
    const lessEnd = high + 1;
    const moreStart = low;
    // The smaller side by recursion, the larger by the loop: the stack stays logarithmic.
    if (lessEnd < count - moreStart) {
      sortKeys(keys, lessEnd);
      keys += (<usize>moreStart) << 3;
      count -= moreStart;
    } else {
      sortKeys(keys + ((<usize>moreStart) << 3), count - moreStart);
      count = lessEnd;
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

/** Moves the `least` smallest of `count` keys to the front, in any order: quickselect. */
export function selectKeys(keys: usize, count: i32, least: i32): void {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    partition(keys, from, to);
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
