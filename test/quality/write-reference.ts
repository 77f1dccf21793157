// Writes reference.json anew from the core as it is built: npm run quality:reference
import { writeFileSync } from "node:fs";
import { INSTANCES, solveInstance } from "./instances.ts";
import type { Quality } from "./verdict.ts";

const reference: Record<string, Quality> = {};
for (const instance of INSTANCES) reference[instance.name] = (await solveInstance(instance)).quality;
writeFileSync(new URL("./reference.json", import.meta.url), `${JSON.stringify(reference, null, 2)}\n`);
