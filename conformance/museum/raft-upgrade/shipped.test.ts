// Goal: each repair of the reference is in the museum. Method: look for a mutant that undoes it, and nothing else.
import { describe, expect, test } from "vitest"
import { asShipped, reference } from "../../../impl/raft-upgrade/options.ts"
import { judged } from "../../adapters/raft-upgrade-cluster/judged.ts"
import { mutants } from "./mutants.ts"
import { storm } from "./trial.ts"

const seed = 3

describe("raft upgrade: museum: what ships", () => {
  test("is undone choice by choice", () => {
    const undone = mutants.flatMap(({ change: { upgrade } }) =>
      upgrade === undefined ? [] : [Object.entries(upgrade).join()]
    )
    const repaired = Object.entries(reference).map((choice) => choice.join())
    const shipped = Object.entries(asShipped).map((choice) => choice.join())
    expect(shipped.filter((choice) => !repaired.includes(choice) && !undone.includes(choice))).toEqual([])
  })

  test("breaks S2 in a storm, all of it together", async () => {
    const { labels } = await storm(seed).tell({ upgrade: asShipped })
    expect(judged(labels).join()).toContain("RU-S2")
  })
})
