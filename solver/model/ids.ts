// The order of ids: by their UTF-8 bytes, so that the same request in any order gives the same plan.

/** Negative, 0 or positive, by bytes. */
export function compareIds(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
