/** Stories of schemas that are pulled and pushed, or are not. */
import { bootAll, bootUpTo, changes, goesOn, reached, type Story } from "../story.ts"
import { ask, begun, enterRecovery, leaveRecovery, places } from "./scenes.ts"

const { beforeDryRun, beforeSynchronize, beforeFinal } = places
const all = ["A", "B", "C"]

export const pulls: ReadonlyArray<Story> = [
  {
    name: "a change that nobody was told of cannot be pulled for a while",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeSynchronize)
      await reached(cluster, beforeSynchronize, ...all)
      for (const name of ["B", "C"]) cluster.loses("DefinitionsUpdate", name, true)
      await changes(cluster, "A", "m")
      cluster.loses("MigrationRequest", "A", true)
      goesOn(cluster, beforeSynchronize, ...all)
      await cluster.pass(30_000)
    }
  },
  {
    name: "whoever is through first cannot be pulled from for a while",
    happens: async (cluster) => {
      cluster.loses("MigrationRequest", "A", true)
      await bootAll(cluster)
      await cluster.until(() => cluster.hasArrived("A"))
      await cluster.pass(10_000)
    }
  },
  {
    name: "a group is made anew, and one of its members falls behind",
    cluster: { nodes: ["A", "B"] },
    happens: async (cluster) => {
      await begun(cluster)
      await enterRecovery(cluster, ["A", "B"])
      await leaveRecovery(cluster, ["A", "B"], [])
      await cluster.until(() => cluster.hasArrived("A", "B"))
      cluster.loses("Append", "B", true)
      await ask(cluster, cluster.change("A", "m"), 80_000)
    }
  },
  {
    name: "a push is held up until its sender is dead and removed",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDryRun, beforeFinal)
      await reached(cluster, beforeDryRun, ...all)
      const arrives = cluster.hold(/B to .: DefinitionsUpdate/)
      await changes(cluster, "B", "m")
      await cluster.lose("B")
      await ask(cluster, cluster.on("A").operator.remove(cluster.id("B")))
      goesOn(cluster, beforeDryRun, "A", "C")
      await cluster.pass(20_000)
      cluster.loses("DefinitionsUpdate", "A", true)
      arrives()
      await cluster.flush()
      goesOn(cluster, beforeFinal, "A", "C")
    }
  }
]
