/** Stories of clusters of which every node stays up. */
import { bootAll, bootUpTo, changes, goesOn, reached, type Story } from "../story.ts"

const beforeDryRun = "group0_upgrade_pause_before_dry_run"
const beforePush = "schema_change_pause_before_push"
const beforeSecondSync = "group0_upgrade_pause_before_second_sync"
const beforeSynchronize = "group0_upgrade_pause_before_synchronize"
const betweenDiskAndMemory = "group0_upgrade_pause_between_disk_and_memory"
const asleep = "group0_upgrade_pause_in_synchronize"

export const ways: ReadonlyArray<Story> = [
  {
    name: "one node, and a change",
    cluster: { nodes: ["A"] },
    happens: async (cluster) => {
      await bootAll(cluster)
      await cluster.pass(5_000)
      await changes(cluster, "A", "m")
    }
  },
  {
    name: "three nodes, and a change by each",
    happens: async (cluster) => {
      await bootAll(cluster)
      await cluster.pass(10_000)
      for (const name of cluster.names) await changes(cluster, name, `of${name}`)
    }
  },
  {
    name: "group 0 is switched on by a restart of one node after another",
    cluster: { supports: false },
    happens: async (cluster) => {
      await bootAll(cluster)
      await changes(cluster, "B", "old")
      for (const name of cluster.names) {
        await cluster.restart(name, { supports: true })
        await cluster.pass(5_000)
      }
    }
  },
  {
    name: "a change is on its old path for a long time",
    happens: async (cluster) => {
      cluster.inject("B", beforePush)
      await bootAll(cluster)
      const change = cluster.change("B", "slow")
      await cluster.pass(30_000)
      goesOn(cluster, beforePush, "B")
      await cluster.outcome(change)
    }
  },
  {
    name: "changes whose pushes are all lost",
    cluster: { fate: ({ tag, broken }) => (tag === "DefinitionsUpdate" || broken ? "lose" : "deliver") },
    happens: async (cluster) => {
      await bootAll(cluster)
      for (const change of cluster.names.map((name) => cluster.change(name, `of${name}`))) await cluster.outcome(change)
    }
  },
  {
    name: "changes come to nodes in synchronize, which take their time",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeSecondSync)
      await reached(cluster, beforeSecondSync, ...cluster.names)
      await changes(cluster, "C", "early")
      const patient = cluster.change("A", "later")
      goesOn(cluster, beforeSecondSync, ...cluster.names)
      await cluster.outcome(patient)
    }
  },
  {
    name: "one of three is held before it goes to synchronize",
    happens: async (cluster) => {
      cluster.inject("C", beforeSynchronize)
      await bootAll(cluster)
      await reached(cluster, beforeSynchronize, "C")
      await cluster.pass(40_000)
    }
  },
  {
    name: "one of three makes a change that nobody hears of, while the others wait for it in synchronize",
    happens: async (cluster) => {
      cluster.inject("C", beforeSynchronize)
      await bootAll(cluster)
      await reached(cluster, beforeSynchronize, "C")
      await cluster.pass(10_000)
      for (const name of ["A", "B"]) cluster.loses("DefinitionsUpdate", name, true)
      await changes(cluster, "C", "m")
      // The others see it only once they look at schemas again.
      cluster.inject("C", asleep)
      goesOn(cluster, beforeSynchronize, "C")
      await reached(cluster, asleep, "C")
      await cluster.pass(40_000)
    }
  },
  {
    name: "the same, and for a while it does not say what its schema is",
    happens: async (cluster) => {
      cluster.inject("C", beforeSynchronize)
      await bootAll(cluster)
      await reached(cluster, beforeSynchronize, "C")
      await cluster.pass(10_000)
      for (const name of ["A", "B"]) cluster.loses("DefinitionsUpdate", name, true)
      await changes(cluster, "C", "m")
      cluster.loses("SchemaCheck", "C", true)
      cluster.inject("C", asleep)
      goesOn(cluster, beforeSynchronize, "C")
      await reached(cluster, asleep, "C")
      await cluster.pass(40_000)
    }
  },
  {
    name: "a change comes when its node has stored that it is in synchronize, and does not go by it yet",
    happens: async (cluster) => {
      cluster.inject("A", betweenDiskAndMemory)
      await bootAll(cluster)
      await reached(cluster, betweenDiskAndMemory, "A")
      const change = cluster.change("A", "m")
      await cluster.flush()
      goesOn(cluster, betweenDiskAndMemory, "A")
      await cluster.outcome(change)
    }
  },
  {
    name: "others ask a node that has stored that it has arrived, and does not go by it yet",
    happens: async (cluster) => {
      await bootUpTo(cluster, asleep)
      await reached(cluster, asleep, ...cluster.names)
      cluster.inject("A", betweenDiskAndMemory)
      goesOn(cluster, asleep, "A")
      await cluster.pass(3_000)
      goesOn(cluster, asleep, "B", "C")
      await cluster.pass(3_000)
    }
  },
  {
    name: "two nodes have changes that the other has not heard of as they set out",
    cluster: { nodes: ["A", "B"] },
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDryRun)
      await reached(cluster, beforeDryRun, "A", "B")
      for (const name of cluster.names) cluster.loses("DefinitionsUpdate", name, true)
      for (const name of cluster.names) await changes(cluster, name, `of${name}`)
      goesOn(cluster, beforeDryRun, "A", "B")
    }
  }
]
