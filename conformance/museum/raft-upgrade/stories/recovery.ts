/** Stories of an operator who writes into the tables by hand: the recipe, and what goes wrong in it. */
import { bootAll, goesOn, reached, type Story } from "../story.ts"
import { ask, begun, enterRecovery, leaveRecovery, places, stopAt } from "./scenes.ts"

const { beforeSynchronize } = places
const five = ["A", "B", "C", "D", "E"]

export const recovery: ReadonlyArray<Story> = [
  {
    name: "the majority is lost, and the two that are left change their schemas apart",
    cluster: { nodes: five },
    happens: async (cluster) => {
      await begun(cluster)
      await ask(cluster, cluster.change("D", "m"))
      for (const name of ["A", "B", "C"]) await cluster.lose(name)
      await enterRecovery(cluster, ["D", "E"])
      cluster.loses("DefinitionsUpdate", "D", true)
      cluster.loses("DefinitionsUpdate", "E", true)
      await ask(cluster, cluster.change("D", "ofD"))
      await ask(cluster, cluster.change("E", "ofE"))
      cluster.loses("DefinitionsUpdate", "D", false)
      cluster.loses("DefinitionsUpdate", "E", false)
      await ask(cluster, cluster.change("E", "n"))
      await leaveRecovery(cluster, ["D", "E"], ["A", "B", "C"])
      await cluster.pass(30_000)
      await ask(cluster, cluster.change("D", "last"))
    }
  },
  {
    name: "an operator does not write recovery as it is written",
    cluster: { nodes: ["A", "B"] },
    happens: async (cluster) => {
      stopAt(cluster, beforeSynchronize, "A", "B")
      await bootAll(cluster)
      await reached(cluster, beforeSynchronize, "A", "B")
      for (const name of cluster.names) await cluster.crash(name)
      for (const name of cluster.names) await cluster.edit(name, { _tag: "WriteState", text: "Recovery" })
      await bootAll(cluster)
      await ask(cluster, cluster.change("A", "m"))
      await leaveRecovery(cluster, ["A", "B"], [])
      goesOn(cluster, beforeSynchronize, "A", "B")
    }
  }
]
