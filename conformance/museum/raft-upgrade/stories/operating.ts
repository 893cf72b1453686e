/** Stories of operators: of nodes that leave, are taken out, or are brought back by the recipe. */
import { arrived, bootAll, changes, goesOn, reached, type Story } from "../story.ts"
import { enterRecovery, eraseGroup0, leaveRecovery, setOutAnew } from "./scenes.ts"

const afterRing = "remove_node_pause_after_ring"
const beforeSynchronize = "group0_upgrade_pause_before_synchronize"
const asleep = "group0_upgrade_pause_in_synchronize"

export const operating: ReadonlyArray<Story> = [
  {
    name: "an operator writes a state while the upgrade runs",
    cluster: { nodes: ["A"] },
    happens: async (cluster) => {
      cluster.inject("A", beforeSynchronize)
      await bootAll(cluster)
      await reached(cluster, beforeSynchronize, "A")
      await cluster.edit("A", { _tag: "WriteState", text: "recovery" })
      goesOn(cluster, beforeSynchronize, "A")
      await cluster.pass(10_000)
      await cluster.restart("A")
    }
  },
  {
    name: "whoever removes a dead node falls between the ring and the group",
    cluster: { nodes: ["A", "B", "C", "D"] },
    happens: async (cluster) => {
      await bootAll(cluster)
      await arrived(cluster, "A", "B", "C", "D")
      await cluster.lose("D")
      cluster.inject("A", afterRing)
      // Whoever falls gives up what it was told to do.
      cluster
        .on("A")
        .operator.remove(cluster.id("D"))
        .catch(() => {})
      await reached(cluster, afterRing, "A")
      await cluster.restart("A")
    }
  },
  {
    name: "the first that arrives leaves before anybody has heard of it",
    happens: async (cluster) => {
      for (const name of ["B", "C"]) cluster.inject(name, asleep)
      await bootAll(cluster)
      await arrived(cluster, "A")
      await cluster.outcome(cluster.on("A").operator.decommission())
      await cluster.crash("A")
      goesOn(cluster, asleep, "B", "C")
    }
  },
  {
    name: "the first that arrives leaves while the others ask it in vain",
    happens: async (cluster) => {
      cluster.inject("A", asleep)
      await bootAll(cluster)
      await reached(cluster, asleep, "A")
      cluster.loses("GetUpgradeState", "A", true)
      goesOn(cluster, asleep, "A")
      await arrived(cluster, "A")
      await cluster.outcome(cluster.on("A").operator.decommission())
      await cluster.crash("A")
    }
  },
  {
    name: "a node of the group before, which was on its way to the ring, is started again after a recovery",
    cluster: { nodes: ["A", "B"] },
    without: ["RU-A3"],
    happens: async (cluster) => {
      await bootAll(cluster)
      await arrived(cluster, "A", "B")
      for (const name of cluster.names) cluster.loses("Joined", name, true)
      await cluster.add("D", "A")
      await cluster.pass(10_000)
      await cluster.lose("D")
      await enterRecovery(cluster, ["A", "B"])
      await eraseGroup0(cluster, ["A", "B"], [])
      await cluster.boot("D")
      await setOutAnew(cluster, ["A", "B"])
      await arrived(cluster, "A", "B")
    }
  },
  {
    name: "one fails before it is in synchronize, and is lost while the others wait for it there",
    happens: async (cluster) => {
      cluster.inject("C", "group0_upgrade_before_synchronize")
      await bootAll(cluster)
      await cluster.until(() => ["A", "B"].every((name) => cluster.state(name) === "synchronize"))
      await cluster.lose("C")
      await cluster.pass(60_000)
      await changes(cluster, "A", "m")
    }
  },
  {
    name: "two of three are lost, the one that is left goes by the recipe, and a new node comes to it",
    happens: async (cluster) => {
      await bootAll(cluster)
      await arrived(cluster, ...cluster.names)
      await changes(cluster, "A", "m")
      for (const name of ["A", "B"]) await cluster.lose(name)
      await enterRecovery(cluster, ["C"])
      await leaveRecovery(cluster, ["C"], ["A", "B"])
      await arrived(cluster, "C")
      await cluster.add("D", "C")
    }
  },
  {
    name: "a majority is lost, and the two that are left go by the recipe",
    cluster: { nodes: ["A", "B", "C", "D", "E"] },
    happens: async (cluster) => {
      await bootAll(cluster)
      await arrived(cluster, ...cluster.names)
      await changes(cluster, "D", "m")
      for (const name of ["A", "B", "C"]) await cluster.lose(name)
      await enterRecovery(cluster, ["D", "E"])
      await leaveRecovery(cluster, ["D", "E"], ["A", "B", "C"])
    }
  }
]
