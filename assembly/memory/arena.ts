// Linear memory handed out upwards from the heap base and taken back all at once: nothing is freed singly.

let top: usize = __heap_base;

/** Forgets everything that was handed out. */
export function resetArena(): void {
  top = __heap_base;
}

/** Address of `bytes` fresh bytes, 64-byte aligned; their content is undefined. Traps when memory is exhausted. */
export function allocate(bytes: usize): usize {
  const address = (top + 63) & ~(<usize>63);
  const end = address + bytes;
  const have = (<usize>memory.size()) << 16;
  if (end > have) {
    const pages = ((end - have + 0xffff) >> 16) as i32;
    if (memory.grow(pages) < 0) unreachable();
  }
  top = end;
  return address;
}

/** The same with every byte 0. */
export function allocateZeroed(bytes: usize): usize {
  const address = allocate(bytes);
  memory.fill(address, 0, bytes);
  return address;
}

/** Bytes in use above the heap base. */
export function arenaBytes(): usize {
  return top - __heap_base;
}
