import { defineConfig } from "vitest/config"

/** Tests that start processes or threads, or measure time or memory, have a process of their own for each file. */
const alone = [
  "impl/*/process/**/*.test.ts",
  "impl/runtime/child/*.test.ts",
  "{impl,conformance}/**/process.test.ts",
  "model/**/large-*.test.ts",
  "conformance/{adapters/designs,museum/line}/*.test.ts",
  "conformance/{cli,examples,explorer-io,house,package,remote,report,scaffold,soak,transport}/**/*.test.ts",
  "docs/**/*.test.ts"
]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // All the others are functions of what they are given, and share what is loaded and compiled already.
        test: {
          name: "together",
          isolate: false,
          include: ["{spec,model,impl,conformance}/**/*.test.ts"],
          exclude: [...alone, "**/node_modules/**"],
          benchmark: { include: ["{spec,model,impl,conformance}/**/*.bench.ts"] }
        }
      },
      { extends: true, test: { name: "alone", include: alone, benchmark: { include: [] } } }
    ]
  }
})
