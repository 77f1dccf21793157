import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{solver,server,cli,datasets,bench,replay,test}/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
