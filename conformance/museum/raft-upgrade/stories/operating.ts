/** Stories of operators: of nodes that leave, are taken out, or are brought back by the recipe. */
import type { Cluster } from "../../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Edit } from "../../../../spec/raft-upgrade/messages.ts"
import { arrived, bootAll, changes, goesOn, reached, type Story } from "../story.ts"

const afterRing = "remove_node_pause_after_ring"
const beforeSynchronize = "group0_upgrade_pause_before_synchronize"
const asleep = "group0_upgrade_pause_in_synchronize"

const erasures: ReadonlyArray<Edit> = [{ _tag: "EraseDiscovery" }, { _tag: "EraseHistory" }, { _tag: "EraseGroup" }]

/** R2 to R6, for those that are left. Source: dossier 3. */
export const intoRecovery = async (
  cluster: Cluster,
  left: ReadonlyArray<string>,
  lost: ReadonlyArray<string>
): Promise<void> => {
  for (const name of left) await cluster.edit(name, { _tag: "WriteState", text: "recovery" })
  for (const name of left) await cluster.restart(name)
  for (const dead of lost) await cluster.outcome(cluster.on(left[0]!).operator.remove(cluster.id(dead)))
  for (const name of left) for (const edit of erasures) await cluster.edit(name, edit)
}

/** R7 and R8. */
export const outOfRecovery = async (cluster: Cluster, left: ReadonlyArray<string>): Promise<void> => {
  for (const name of left) await cluster.edit(name, { _tag: "DeleteState" })
  for (const name of left) {
    await cluster.restart(name)
    await cluster.pass(3_000)
  }
}

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
      await intoRecovery(cluster, ["A", "B"], [])
      await cluster.boot("D")
      await outOfRecovery(cluster, ["A", "B"])
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
      await intoRecovery(cluster, ["C"], ["A", "B"])
      await outOfRecovery(cluster, ["C"])
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
      await intoRecovery(cluster, ["D", "E"], ["A", "B", "C"])
      await outOfRecovery(cluster, ["D", "E"])
    }
  }
]
