/** Stories of new nodes, and of clients, that come while others are on their way, or later. */
import { arrived, bootUpTo, goesOn, reached, type Story } from "../story.ts"
import { ask, begun, enterRecovery, leaveRecovery, places } from "./scenes.ts"

const { afterStored, inSynchronize } = places

export const latecomers: ReadonlyArray<Story> = [
  {
    name: "a client comes to a new node that is in the group, and not on the ring",
    cluster: { nodes: ["A", "B"] },
    happens: async (cluster) => {
      await begun(cluster)
      cluster.prepare("D", "A").enable(afterStored)
      await cluster.boot("D")
      await reached(cluster, afterStored, "D")
      await ask(cluster, cluster.change("D", "m"))
    }
  },
  {
    name: "a client comes to a node that is about to arrive",
    happens: async (cluster) => {
      await bootUpTo(cluster, inSynchronize)
      await reached(cluster, inSynchronize, "A", "B", "C")
      const change = cluster.change("A", "m")
      await cluster.pass(2_000)
      goesOn(cluster, inSynchronize, "A", "B", "C")
      await cluster.outcome(change)
    }
  },
  {
    name: "the majority is lost, and a new node asks one of the lost first",
    cluster: { nodes: ["A", "B", "C", "D"] },
    happens: async (cluster) => {
      await begun(cluster)
      for (const name of ["A", "B", "C"]) await cluster.lose(name)
      await enterRecovery(cluster, ["D"])
      await leaveRecovery(cluster, ["D"], ["A", "B", "C"])
      await arrived(cluster, "D")
      await cluster.add("E", "A", "D")
      await cluster.pass(20_000)
    }
  }
]
