// HiGHS in WebAssembly, loaded where the first proof of a thread needs it.
import type { Highs } from "highs";

let loaded: Promise<Highs> | undefined;

async function load(): Promise<Highs> {
  const { default: module } = await import("highs");
  // The package declares its types for CommonJS only; the default export of its module is the loader itself.
  return (module as unknown as typeof module.default)();
}

/** The thread's instance. */
export function loadHighs(): Promise<Highs> {
  loaded ??= load();
  return loaded;
}
