import { defineConfig } from "vitest/config";

/** Tests that only compute; they ask nothing of the clock, and so may take every core. */
const COMPUTE = [
  "{solver,datasets}/**/*.test.ts",
  "test/{codec,criteria,oracle,property,published,quality}/**/*.test.ts",
  "test/core/!(cancel|memory).test.ts",
];

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...timeouts, name: "compute", include: COMPUTE, maxWorkers: "100%", sequence: { groupOrder: 0 } } },
      {
        // Servers, browsers, memory and cancelled searches: one worker less, so that what they look at has a core of its own.
        test: {
          ...timeouts,
          name: "live",
          include: ["{solver,server,cli,datasets,bench,replay,test}/**/*.test.ts"],
          exclude: COMPUTE,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
