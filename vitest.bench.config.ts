import { defineConfig } from "vitest/config";

/** Benches are run by hand, `pnpm bench`: a claim of speed is never a test that could fail on a busy machine. */
export default defineConfig({
  test: {
    include: [],
    globalSetup: ["./infra/backends/test-servers.ts"],
    benchmark: {
      enabled: true,
      include: ["{pipelines,models,services}/**/*.bench.ts"],
      exclude: ["**/node_modules/**"],
    },
  },
});
