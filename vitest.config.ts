import { relative } from "node:path"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Tests that start processes or threads, or measure time or memory, have a process of their own for each file. */
const alone = [
  "impl/*/process/**/*.test.ts",
  "impl/runtime/child/*.test.ts",
  "{impl,conformance}/**/process.test.ts",
  "model/**/large-*.test.ts",
  "conformance/{adapters/designs,museum/line}/*.test.ts",
  "conformance/cli/{*process,check-adapter,check-replay,searches}.test.ts",
  "conformance/report/page-in-browser.test.ts",
  "conformance/soak/*/{soak,bad-input}.test.ts",
  "conformance/{examples,explorer-io,house,package,remote,scaffold,transport}/**/*.test.ts",
  "docs/**/*.test.ts"
]

/** Tests of more than twenty seconds. One that is begun last keeps one worker busy while the other has nothing to do. */
const long = [
  "conformance/examples/examples.test.ts",
  "conformance/museum/line/museum.test.ts",
  "conformance/soak/sessions/soak.test.ts",
  "conformance/soak/raft-upgrade/soak.test.ts",
  "conformance/soak/view-building/soak.test.ts",
  "conformance/package/installed.test.ts",
  "docs/chapter/chapter.test.ts",
  "model/sessions/cluster/scopes.test.ts",
  "model/view-building/cluster/scopes.test.ts",
  "conformance/museum/sessions/cluster/museum.test.ts",
  "conformance/cli/check.test.ts",
  "conformance/cli/searches.test.ts",
  "model/view-building/worker/scopes.test.ts",
  "conformance/museum/dcp/battery.test.ts",
  "model/view-building/cluster/staffed/scopes.test.ts",
  "conformance/kit/sessions/registry-part.test.ts"
]

/** Of each project the long ones first; whoever else there is comes as ever, the largest file first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const at = long.indexOf(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"))
      return (project.name === "alone" ? 0 : long.length + 1) + (at < 0 ? long.length : at)
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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
