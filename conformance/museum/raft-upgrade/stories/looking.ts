/** Stories of nodes that look for the group. */
import { bootAll, bootUpTo, changes, goesOn, reached, type Story } from "../story.ts"

const afterDiscovery = "group0_upgrade_pause_after_discovery"
const afterServer = "group0_upgrade_pause_after_server"
const afterStored = "group0_upgrade_pause_after_stored"
const beforeDiscovery = "group0_upgrade_pause_before_discovery"
const beforeDryRun = "group0_upgrade_pause_before_dry_run"

export const looking: ReadonlyArray<Story> = [
  {
    name: "a group's creator and whoever heard of it fall before it is stored",
    cluster: { nodes: ["A", "B"] },
    happens: async (cluster) => {
      await bootUpTo(cluster, afterServer)
      await reached(cluster, afterServer, "A")
      await cluster.pass(5_000)
      goesOn(cluster, afterServer, "A", "B")
      for (const name of cluster.names) await cluster.crash(name)
      await bootAll(cluster)
    }
  },
  {
    name: "a new node with the smallest server comes while the others look for the group",
    cluster: { nodes: ["B", "C"] },
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDiscovery, afterStored)
      await reached(cluster, beforeDiscovery, "B", "C")
      await cluster.add("A", "B", "C")
      await cluster.pass(5_000)
      // C hears of A first, and B by C: so that B knows of somebody smaller before it leads.
      goesOn(cluster, beforeDiscovery, "C")
      await cluster.pass(5_000)
      goesOn(cluster, beforeDiscovery, "B")
      await reached(cluster, afterStored, "B")
      cluster.loses("DefinitionsUpdate", "A", true)
      await changes(cluster, "B", "m")
      goesOn(cluster, afterStored, "B", "C")
      await cluster.pass(50_000)
    }
  },
  {
    name: "a new node dies while the others look for the group",
    cluster: { nodes: ["B", "C"] },
    endsAsItIs: true,
    happens: async (cluster) => {
      for (const name of cluster.names) cluster.inject(name, afterDiscovery)
      cluster.inject("B", beforeDiscovery)
      await bootAll(cluster)
      await cluster.pass(5_000)
      await cluster.add("A", "C")
      await cluster.pass(5_000)
      await cluster.crash("A")
      goesOn(cluster, beforeDiscovery, "B")
      goesOn(cluster, afterDiscovery, "B", "C")
      await cluster.pass(120_000)
    }
  },
  {
    name: "a node comes back with another server while the others look for the group",
    happens: async (cluster) => {
      cluster.inject("C", beforeDiscovery)
      await bootAll(cluster)
      await cluster.pass(5_000)
      await cluster.crash("B")
      await cluster.edit("B", { _tag: "EraseServer" })
      await cluster.boot("B")
      await cluster.pass(5_000)
      for (const name of ["A", "B"]) await cluster.restart(name)
      goesOn(cluster, beforeDiscovery, "C")
    }
  },
  {
    name: "two nodes fall while they look for the group, and the third has not begun",
    happens: async (cluster) => {
      cluster.inject("C", beforeDiscovery)
      await bootAll(cluster)
      await cluster.pass(5_000)
      for (const name of ["A", "B"]) await cluster.restart(name)
      await cluster.pass(5_000)
      goesOn(cluster, beforeDiscovery, "C")
    }
  },
  {
    name: "nobody hears of one node before the others look for the group",
    happens: async (cluster) => {
      cluster.separate("A", "B")
      cluster.separate("A", "C")
      await bootAll(cluster)
      await cluster.pass(40_000)
    }
  },
  {
    name: "a node that the others do not know looks for the group, and one of them does not answer",
    without: ["RU-A2"],
    cluster: { knows: { B: ["C"], C: ["B"] } },
    happens: async (cluster) => {
      cluster.inject("A", beforeDiscovery)
      for (const name of ["B", "C"]) cluster.inject(name, afterDiscovery)
      await bootAll(cluster)
      await reached(cluster, afterDiscovery, "B")
      cluster.loses("PeerExchange", "B", true)
      goesOn(cluster, beforeDiscovery, "A")
      await cluster.pass(10_000)
    }
  },
  {
    name: "a node that the others do not know looks for the group when one of them has come to create it",
    without: ["RU-A2"],
    cluster: { knows: { B: ["C"], C: ["B"] } },
    happens: async (cluster) => {
      cluster.inject("A", beforeDiscovery)
      for (const name of ["B", "C"]) cluster.inject(name, afterDiscovery)
      await bootAll(cluster)
      await reached(cluster, afterDiscovery, "B")
      goesOn(cluster, beforeDiscovery, "A")
      await cluster.pass(10_000)
    }
  },
  {
    name: "a node that the others do not know comes to create the group, and those that it has asked fall",
    without: ["RU-A2"],
    cluster: { knows: { B: ["C"], C: ["B"] } },
    happens: async (cluster) => {
      for (const name of ["B", "C"]) cluster.inject(name, beforeDiscovery)
      cluster.inject("A", afterDiscovery)
      await bootAll(cluster)
      await reached(cluster, beforeDiscovery, "B", "C")
      for (const name of ["B", "C"]) cluster.loses("PeerExchange", name, true)
      goesOn(cluster, beforeDiscovery, "B", "C")
      await cluster.pass(5_000)
      // They answer whoever asks, and hear nothing themselves: so nobody leads but the one that they do not know.
      for (const name of ["B", "C"]) cluster.inject(name, beforeDiscovery)
      cluster.separate("B", "C")
      for (const name of ["B", "C"]) cluster.loses("PeerExchange", name, false)
      await reached(cluster, afterDiscovery, "A")
      for (const name of ["B", "C"]) await cluster.restart(name)
      cluster.separate("A", "B")
      cluster.separate("A", "C")
      cluster.reunite("B", "C")
      goesOn(cluster, beforeDiscovery, "B", "C")
      await cluster.pass(10_000)
    }
  },
  {
    name: "one of three is never started with group 0",
    cluster: { supports: false },
    happens: async (cluster) => {
      await bootAll(cluster)
      for (const name of ["A", "B"]) await cluster.restart(name, { supports: true })
      await cluster.pass(10_000)
    }
  },
  {
    name: "one is lost before the others set out, and is taken off the ring",
    happens: async (cluster) => {
      await bootUpTo(cluster, beforeDryRun)
      await reached(cluster, beforeDryRun, ...cluster.names)
      await cluster.lose("C")
      goesOn(cluster, beforeDryRun, "A", "B")
      await cluster.pass(30_000)
      cluster
        .on("A")
        .operator.remove(cluster.id("C"))
        .catch(() => {})
      await cluster.pass(30_000)
    }
  }
]
