// Typed access to columns in linear memory by row.

export function at(column: usize, row: i32): i32 {
  return load<i32>(column + ((<usize>row) << 2));
}

export function put(column: usize, row: i32, value: i32): void {
  store<i32>(column + ((<usize>row) << 2), value);
}

export function add(column: usize, row: i32, value: i32): void {
  const cell = column + ((<usize>row) << 2);
  store<i32>(cell, load<i32>(cell) + value);
}

export function at64(column: usize, row: i32): i64 {
  return load<i64>(column + ((<usize>row) << 3));
}

export function put64(column: usize, row: i32, value: i64): void {
  store<i64>(column + ((<usize>row) << 3), value);
}
