// Which folder may import which: docs/architecture.md.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CATALOGUE } from "../solver/criteria.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Modules below `folder` as paths from the root; tests may import whatever they compare. */
function modulesIn(folder: string): string[] {
  return (
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.ts$/.test(name) && !/\.(test|d)\.ts$/.test(name))
      // Its imports of the core are text that it writes.
      .filter((name) => name !== "generate-layout.ts")
      .map((name) => `${folder}/${name}`)
  );
}

const SPECIFIER = /\bfrom\s+"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"|\bnew URL\("(\.[^"]+\.ts)"/g;

/** What a module imports: modules of this repository as paths from the root, packages by name. */
function importsOf(module: string): string[] {
  const text = readFileSync(join(root, module), "utf8");
  return [...text.matchAll(SPECIFIER)].map((match) => {
    const specifier = (match[1] ?? match[2] ?? match[3])!;
    if (!specifier.startsWith(".")) return specifier;
    const path = normalize(join(dirname(module), specifier));
    return path.endsWith(".ts") ? path : `${path}.ts`;
  });
}

/** Everything that a module imports, directly or through others of this repository. */
function reach(module: string, seen = new Set<string>()): Set<string> {
  for (const target of importsOf(module)) {
    if (seen.has(target) || !target.endsWith(".ts")) continue;
    seen.add(target);
    reach(target, seen);
  }
  return seen;
}

const LAYERS = {
  assembly: [],
  solver: ["proto"],
  datasets: ["solver", "proto"],
  server: ["solver", "proto"],
  bench: ["datasets", "solver", "proto"],
  replay: ["bench", "datasets", "solver", "proto"],
  cli: ["bench", "replay", "datasets", "server", "solver", "proto"],
} as const satisfies Record<string, readonly string[]>;

test.each(Object.entries(LAYERS))("%s imports only from %j and itself", (folder, allowed) => {
  const modules = modulesIn(folder);
  expect(modules.length).toBeGreaterThan(0);
  const foreign = modules.flatMap((module) =>
    importsOf(module)
      .filter((target) => target.endsWith(".ts"))
      .filter((target) => ![folder, ...allowed].includes(target.split("/")[0]!))
      .map((target) => `${module} imports ${target}`),
  );
  expect(foreign).toEqual([]);
});

test("the core imports no package", () => {
  const packages = modulesIn("assembly").flatMap((module) => importsOf(module).filter((name) => !name.endsWith(".ts")));
  expect(packages).toEqual([]);
});

test("the checker reaches nothing of the solver but itself, the catalogue and the travel tables", () => {
  const modules = modulesIn("solver/check");
  expect(modules).toContain("solver/check/check.ts");
  const reached = new Set(modules.flatMap((module) => [...reach(module)]));
  const allowed = /^(solver\/check\/|solver\/travel\/|solver\/(criteria|curves|presets)\.ts$|proto\/gen\/)/;
  expect([...reached].filter((target) => !allowed.test(target))).toEqual([]);
});

test("imports are seen in every way they are written", () => {
  // What this test of imports would miss, it would call clean: each form, where it is known to occur.
  expect(importsOf("cli/main.ts")).toContain("cli/commands/solve.ts"); // import("...")
  expect(importsOf("server/pool/pool.ts")).toContain("server/pool/worker.ts"); // new URL("...")
  expect(importsOf("assembly/index.ts")).toContain("assembly/core.ts"); // export from, without an ending
  expect(importsOf("solver/core.ts")).toContain("node:fs/promises");
  expect([...reach("server/pool/pool.ts")]).toContain("solver/encode.ts"); // through server/pool/worker.ts
});

/** Each proof of a criterion: the title that it begins with, and what makes it one. */
const PROOFS = {
  "by hand": /toBe\(|toEqual\(/,
  missing: /not_evaluated/,
  monotone: /fc\.assert\(|betterIsNeverDearer\(|moreIsNeverDearer\(/,
  alive: /expectAliveIn(Rounds|Days)\(/,
};

/** What is lacking in the text of a criterion's tests. */
const lacking = (text: string) => {
  const tests = text.split(/^test\(/m).slice(1);
  return Object.entries(PROOFS).flatMap(([kind, proof]) =>
    tests.some((one) => one.startsWith(`"${kind}: `) && proof.test(one)) ? [] : [kind],
  );
};

test.each(CATALOGUE.map(({ id }) => id))("%s has a file with its four proofs, and words", (id) => {
  const name = id.replaceAll("_", "-");
  expect(lacking(readFileSync(join(root, `test/criteria/${name}.test.ts`), "utf8"))).toEqual([]);
  expect(modulesIn("solver/explain/criteria")).toContain(`solver/explain/criteria/${name}.ts`);
});

test("a proof that is skipped, missing or proves nothing is seen", () => {
  const text = readFileSync(join(root, "test/criteria/travel-time.test.ts"), "utf8");
  expect(lacking(text.replaceAll('test("missing: ', 'test.skip("missing: '))).toEqual(["missing"]);
  expect(lacking(text.replaceAll('test("alive: ', 'test("lives: '))).toEqual(["alive"]);
  expect(lacking(text.replaceAll("moreIsNeverDearer(", "void ("))).toEqual(["monotone"]);
});

test("every file of proofs is a criterion's", () => {
  const files = readdirSync(join(root, "test/criteria")).filter((name) => name.endsWith(".test.ts"));
  expect(files.sort()).toEqual(CATALOGUE.map(({ id }) => `${id.replaceAll("_", "-")}.test.ts`).sort());
});
