import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{pipelines,models,services,infra}/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    // Starts Kafka, Elasticsearch or PostgreSQL, and builds the page, when a test asks for it, once a run.
    globalSetup: ["./infra/backends/test-servers.ts", "./services/console/testing/page-door.ts"],
    reporters: ["default", "./infra/checks/closing-line.ts"],
    testTimeout: 30_000,
    // A disk of a busy machine can keep a file's last write for seconds.
    hookTimeout: 30_000,
    // Two cores: one file at a time on each, so that tests with real ffmpeg and real sockets are not starved.
    maxWorkers: 2,
  },
});
