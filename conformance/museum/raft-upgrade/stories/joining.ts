/** Stories of nodes that come into a group, and of those that are new. */
import { arrived, bootAll, bootUpTo, changes, goesOn, reached, type Story } from "../story.ts"

const afterAdded = "group0_upgrade_pause_after_added"
const afterStored = "group0_upgrade_pause_after_stored"
const beforeRing = "stop_before_joining_ring"
const beforeSynchronize = "group0_upgrade_pause_before_synchronize"
const asleep = "group0_upgrade_pause_in_synchronize"

export const joining: ReadonlyArray<Story> = [
  {
    name: "a joiner falls when its group has told it what there was, and its name is not stored",
    happens: async (cluster) => {
      cluster.inject("C", afterAdded)
      await bootAll(cluster)
      await reached(cluster, afterAdded, "C")
      await cluster.pass(5_000)
      goesOn(cluster, afterAdded, "C")
      await cluster.restart("C")
    }
  },
  {
    name: "a joiner falls before it knows who is in its group",
    happens: async (cluster) => {
      cluster.inject("C", afterStored)
      cluster.loses("Append", "C", true)
      await bootAll(cluster)
      await reached(cluster, afterStored, "C")
      goesOn(cluster, afterStored, "C")
      await cluster.restart("C")
      cluster.loses("Append", "C", false)
    }
  },
  {
    name: "a new node that has arrived falls before it is on the ring",
    cluster: { nodes: ["A"] },
    happens: async (cluster) => {
      await bootAll(cluster)
      await arrived(cluster, "A")
      cluster.prepare("D", "A").enable(beforeRing)
      await cluster.boot("D")
      await reached(cluster, beforeRing, "D")
      goesOn(cluster, beforeRing, "D")
      await cluster.restart("D")
    }
  },
  {
    name: "a change does not come to a member by group 0 for a while",
    happens: async (cluster) => {
      await bootAll(cluster)
      await arrived(cluster, "A", "B", "C")
      cluster.loses("Append", "C", true)
      await changes(cluster, "A", "m")
      await cluster.pass(70_000)
      cluster.loses("Append", "C", false)
      await cluster.pass(10_000)
    }
  },
  {
    name: "a new node comes to a group that began with a schema, and has changed it since",
    cluster: { nodes: ["A"] },
    happens: async (cluster) => {
      await bootAll(cluster)
      await changes(cluster, "A", "old")
      await arrived(cluster, "A")
      await changes(cluster, "A", "m")
      await cluster.add("D", "A")
      await cluster.pass(60_000)
    }
  },
  {
    name: "a new node comes while the others are on their way, by one that lacks a change",
    cluster: { nodes: ["A", "B"] },
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeSynchronize, asleep)
      await reached(cluster, beforeSynchronize, "A", "B")
      cluster.loses("DefinitionsUpdate", "B", true)
      await changes(cluster, "A", "m")
      goesOn(cluster, beforeSynchronize, "A", "B")
      // What D begins with it has from B, which lacks the change; and A does not learn of D.
      cluster.loses("Append", "A", true)
      cluster.loses("Snapshot", "A", true)
      cluster.prepare("D", "B").enable(asleep)
      await cluster.boot("D")
      await reached(cluster, asleep, "D")
      goesOn(cluster, asleep, "A", "B")
      await arrived(cluster, "A")
      goesOn(cluster, asleep, "D")
      cluster.loses("Append", "A", false)
    }
  },
  {
    name: "a new node is let in while the others have not gone to synchronize, and does not learn by whom",
    cluster: { nodes: ["A", "B"] },
    without: ["RU-A6"],
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeSynchronize)
      await reached(cluster, beforeSynchronize, "A", "B")
      cluster.prepare("D", "B")
      cluster.loses("Append", "D", true)
      await cluster.boot("D")
      await cluster.pass(10_000)
    }
  },
  {
    name: "the first of a cluster, and two that come to it",
    cluster: { nodes: [] },
    happens: async (cluster) => {
      await cluster.add("C")
      await cluster.add("A", "C")
      await cluster.add("B", "A", "C")
    }
  }
]
