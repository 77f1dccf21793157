// HiGHS in WebAssembly, loaded once in a thread.
import loader, { type Highs } from "highs";

// The package declares its types for CommonJS only; its module's default export is the loader itself.
const load = loader as unknown as typeof loader.default;
let loaded: Promise<Highs> | undefined;

/** The thread's instance. */
export function loadHighs(): Promise<Highs> {
  loaded ??= load();
  return loaded;
}
