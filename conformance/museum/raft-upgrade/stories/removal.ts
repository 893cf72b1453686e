/** Stories of nodes that are taken out, or leave, while others are on their way or have arrived. */
import { synchronize } from "../../../../spec/raft-upgrade/states.ts"
import { bootAll, bootUpTo, goesOn, reached, type Story } from "../story.ts"
import { ask, begun, places, stopAt } from "./scenes.ts"

const { beforeDryRun, beforeDiscovery, afterDiscovery, beforeSynchronize, inSynchronize } = places

export const removal: ReadonlyArray<Story> = [
  {
    name: "a node dies in the group, and is removed by one that is on its way there",
    happens: async (cluster) => {
      stopAt(cluster, afterDiscovery, "B")
      await bootAll(cluster)
      await reached(cluster, afterDiscovery, "B")
      await cluster.until(() => cluster.group("C") !== null)
      await cluster.lose("C")
      await ask(cluster, cluster.on("B").operator.remove(cluster.id("C")))
      goesOn(cluster, afterDiscovery, "B")
      await cluster.pass(30_000)
    }
  },
  {
    name: "a node leaves before anybody has begun, and is told to stop after a while",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDryRun)
      await reached(cluster, beforeDryRun, "A", "B", "C")
      await ask(cluster, cluster.on("C").operator.decommission())
      goesOn(cluster, beforeDryRun, "C")
      await cluster.pass(5_000)
      goesOn(cluster, beforeDryRun, "A", "B")
      await cluster.pass(1_500)
      await cluster.crash("C")
    }
  },
  {
    name: "a node leaves while another sets out, which has said that it has not",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDryRun)
      await reached(cluster, beforeDryRun, "A", "B", "C")
      const arrives = cluster.hold(/B to C: answer to Leaves/)
      await ask(cluster, cluster.on("C").operator.decommission())
      goesOn(cluster, beforeDryRun, "A")
      await cluster.pass(1_500)
      arrives()
      await cluster.pass(500)
      await cluster.crash("C")
      goesOn(cluster, beforeDryRun, "B")
    }
  },
  {
    name: "a dead node is off the ring, and one of the others does not hear of it",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDryRun)
      await reached(cluster, beforeDryRun, "A", "B", "C")
      await cluster.lose("C")
      cluster.loses("Left", "B", true)
      await ask(cluster, cluster.on("A").operator.remove(cluster.id("C")))
      cluster.loses("Left", "B", false)
      goesOn(cluster, beforeDryRun, "A", "B")
    }
  },
  {
    name: "a node dies when the others are about to look for the group, and is removed",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDiscovery)
      await reached(cluster, beforeDiscovery, "A", "B", "C")
      await cluster.lose("C")
      await ask(cluster, cluster.on("B").operator.remove(cluster.id("C")))
      goesOn(cluster, beforeDiscovery, "A", "B")
    }
  },
  {
    name: "a node is to leave while all are in synchronize",
    happens: async (cluster) => {
      stopAt(cluster, inSynchronize, "A", "B", "C")
      await bootAll(cluster)
      await reached(cluster, inSynchronize, "A", "B", "C")
      await ask(cluster, cluster.on("C").operator.decommission(), 5_000)
      goesOn(cluster, inSynchronize, "A", "B", "C")
      await cluster.pass(30_000)
    }
  },
  {
    name: "a node is to leave before it is in synchronize, and the others are",
    happens: async (cluster) => {
      stopAt(cluster, beforeSynchronize, "C")
      await bootAll(cluster)
      await reached(cluster, beforeSynchronize, "C")
      await cluster.until(() => ["A", "B"].every((name) => cluster.state(name) === synchronize))
      await ask(cluster, cluster.on("C").operator.decommission(), 20_000)
      goesOn(cluster, beforeSynchronize, "C")
    }
  },
  {
    name: "a dead node is removed while the group is not to be reached",
    happens: async (cluster) => {
      await begun(cluster)
      await cluster.lose("C")
      cluster.loses("Reconfigure", "group0", true)
      await ask(cluster, cluster.on("A").operator.remove(cluster.id("C")), 8_000)
      cluster.loses("Reconfigure", "group0", false)
      await cluster.pass(10_000)
    }
  },
  {
    name: "a dead node is removed again by one that has missed how it went",
    cluster: { nodes: ["A", "B", "C", "D"] },
    happens: async (cluster) => {
      await begun(cluster)
      await cluster.lose("D")
      cluster.loses("Append", "B", true)
      await ask(cluster, cluster.on("A").operator.remove(cluster.id("D")), 4_000)
      await ask(cluster, cluster.on("B").operator.remove(cluster.id("D")), 4_000)
      cluster.loses("Append", "B", false)
      await cluster.pass(10_000)
    }
  },
  {
    name: "a node dies that its remover does not know to be in the group",
    cluster: { nodes: ["A", "B", "C"] },
    happens: async (cluster) => {
      await begun(cluster)
      cluster.loses("Append", "B", true)
      cluster.prepare("D", "A")
      await cluster.boot("D")
      await cluster.until(() => cluster.hasArrived("D"))
      await cluster.pass(3_000)
      for (const name of ["A", "C"]) cluster.separate(name, "B")
      await cluster.lose("D")
      await ask(cluster, cluster.on("B").operator.remove(cluster.id("D")), 4_000)
      for (const name of ["A", "C"]) cluster.reunite(name, "B")
      cluster.loses("Append", "B", false)
      await cluster.pass(10_000)
    }
  },
  {
    name: "one of the three has not come to the group, and is held up",
    happens: async (cluster) => {
      stopAt(cluster, beforeSynchronize, "A", "B")
      stopAt(cluster, afterDiscovery, "C")
      await bootAll(cluster)
      await reached(cluster, afterDiscovery, "C")
      await cluster.pass(20_000)
      goesOn(cluster, beforeSynchronize, "A", "B")
      await cluster.pass(5_000)
      goesOn(cluster, afterDiscovery, "C")
    }
  }
]
