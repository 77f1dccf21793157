// Any value in any field: how fuzzing breaks a message.

/** Puts a value in some field of a message, in place: `steps` choose the way down to it, each of them a field or row of what is there. */
export function putAnywhere(message: object, steps: readonly number[], value: unknown): void {
  let at = message as Record<string, unknown>;
  for (const [depth, step] of steps.entries()) {
    const keys = Object.keys(at).filter((key) => key !== "$typeName");
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) break;
    const inner = at[key];
    if (depth === steps.length - 1 || typeof inner !== "object" || inner === null) {
      at[key] = value;
      break;
    }
    at = inner as Record<string, unknown>;
  }
}
