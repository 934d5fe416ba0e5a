import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most files wait for processes that they started, so every core takes one.
    maxWorkers: "100%",
    // Concurrent tests start processes; more at once than cores only wait for each other.
    maxConcurrency: 2,
  },
});
