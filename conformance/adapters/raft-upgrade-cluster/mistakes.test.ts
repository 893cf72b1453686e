// Goal: an order mistake in the recipe is told by the law that it breaks. Method: the majority is lost, and two nodes that are left go
// by a recipe with one step left out, or done too late, on one of them.
import { describe, expect, test } from "vitest"
import { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { judged } from "./judged.ts"

type Step = "WriteState" | "restart" | "EraseDiscovery" | "EraseHistory" | "EraseGroup" | "DeleteState"

const recipe: ReadonlyArray<Step> = [
  "WriteState",
  "restart",
  "EraseDiscovery",
  "EraseHistory",
  "EraseGroup",
  "DeleteState",
  "restart"
]

const perform = async (cluster: Cluster, name: string, step: Step): Promise<void> => {
  if (step === "restart") await cluster.restart(name)
  else if (step === "WriteState") await cluster.edit(name, { _tag: step, text: "recovery" })
  else await cluster.edit(name, { _tag: step } satisfies Edit)
}

/** Three of five are lost. The two that are left go by these steps, one step of both after the other. */
const recovered = async (stepsOfD: ReadonlyArray<Step>): Promise<ReadonlyArray<string>> => {
  const cluster = await Cluster.running({ nodes: ["A", "B", "C", "D", "E"] })
  await cluster.until(() => cluster.hasArrived("A", "B", "C", "D", "E"))
  expect(await cluster.outcome(cluster.change("D", "m"))).toEqual({ _tag: "Done" })
  for (const name of ["A", "B", "C"]) await cluster.lose(name)
  for (const [at, step] of recipe.entries()) {
    await perform(cluster, "E", step)
    if (stepsOfD.includes(step) || step === "restart") await perform(cluster, "D", step)
    if (step === "restart" && at === 1)
      for (const dead of ["A", "B", "C"]) await cluster.outcome(cluster.on("E").operator.remove(cluster.id(dead)))
    await cluster.pass(2_000)
  }
  await cluster.pass(180_000)
  return [...new Set(judged(cluster.labels).map((broken) => broken.replace(/ .*/, "")))].sort()
}

describe("raft upgrade: cluster: mistakes in the recipe", () => {
  test("there is none", async () => {
    expect(await recovered(recipe)).toEqual([])
  })

  const mistakes: ReadonlyArray<readonly [Step, ReadonlyArray<string>]> = [
    // It revives a group that has no majority any more, and the other waits for it.
    ["EraseGroup", ["RU-S16", "RU-V7"]],
    // It waits for those who are dead to look for the group.
    ["EraseDiscovery", ["RU-S16", "RU-V7", "RU-V9"]],
    // Not all was erased, so the new group is a second one.
    ["EraseHistory", ["RU-S1", "RU-S16", "RU-S4"]],
    // It stays in recovery, and the other looks for the group in vain.
    ["DeleteState", ["RU-V4", "RU-V9"]]
  ]
  for (const [left, broken] of mistakes)
    test(`${left} is forgotten on one of two nodes`, async () => {
      expect(await recovered(recipe.filter((step) => step !== left))).toEqual(broken)
    })
})
