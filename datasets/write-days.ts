// Writes the files of datasets/days anew: npx tsx datasets/write-days.ts
import { writeFileSync } from "node:fs";
import { DAYS, dayText } from "./days.ts";

for (const [name, make] of Object.entries(DAYS))
  writeFileSync(new URL(`./days/${name}.json`, import.meta.url), dayText(make()));
