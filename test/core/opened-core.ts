// A core that also exports what the tests of single moves of the search need.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { main } from "assemblyscript/asc";
import { type Core, createCore } from "../../solver/core.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const ENTRY = "opened.ts";
const ENTRY_TEXT = `
export * from "./assembly/index";
export { firstStart } from "./assembly/route/nodes";
export { link, listRoute, refresh, scratchList } from "./assembly/route/route";
export { addAbsent, setAbsentCount } from "./assembly/search/absent";
export { exchangeRoutes } from "./assembly/search/exchange";
export { openJournal, rollBack, touch } from "./assembly/search/journal";
export { collectTouched, poolCount, ruinByEntry } from "./assembly/search/pool";
`;

/** Exports beside those of the core: see the modules they come from. */
export interface OpenedExports {
  readonly firstStart: { readonly value: number };
  readonly scratchList: { readonly value: number };
  readonly poolCount: { readonly value: number };
  link(node: number, previous: number): void;
  listRoute(route: number, list: number): number;
  refresh(route: number): number;
  addAbsent(order: number): void;
  setAbsentCount(count: number): void;
  openJournal(): void;
  rollBack(): void;
  touch(route: number): void;
  collectTouched(): void;
  ruinByEntry(): number;
  exchangeRoutes(): number;
}

export type OpenedCore = Core & { readonly exports: OpenedExports };

/** Compiles the core anew, which takes seconds. Throws what the compiler says. */
export async function openedCore(): Promise<OpenedCore> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await main(
    [ENTRY, "--config", "asconfig.json", "--target", "release", "--outFile", "opened.wasm"],
    {
      readFile: async (name) => (name === ENTRY ? ENTRY_TEXT : readFile(join(ROOT, name), "utf8").catch(() => null)),
      writeFile: (name, content) => {
        if (name.endsWith("opened.wasm")) binary = content as Uint8Array;
      },
      listFiles: () => null,
    },
  );
  if (error || !binary) throw new Error(stderr.toString(), { cause: error });
  return createCore(await WebAssembly.compile(binary as Uint8Array<ArrayBuffer>)) as OpenedCore;
}
