import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["{spec,model,impl,conformance,docs}/**/*.test.ts"],
    benchmark: { include: ["{spec,model,impl,conformance}/**/*.bench.ts"] },
    testTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2
  }
})
