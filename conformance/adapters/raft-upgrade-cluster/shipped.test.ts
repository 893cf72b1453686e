// Goal: each repair of the reference is one. Method: a story in which what scylladb ships breaks the law that is named, and the
// reference breaks none.
import { describe, expect, test } from "vitest"
import type { InjectionName } from "../../../impl/raft-upgrade/injections.ts"
import { Cluster, type ClusterOptions } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import { asShipped, type UpgradeOptions } from "../../../impl/raft-upgrade/options.ts"
import { judged } from "./judged.ts"
import { Storm } from "./storm.ts"

const shippedSeed = 2

interface Repair {
  readonly row: string
  readonly shipped: Partial<UpgradeOptions>
  /** The laws that what is shipped breaks in this story, none else. */
  readonly breaks: ReadonlyArray<string>
  readonly tells: string
  story(start: (options: ClusterOptions) => Promise<Cluster>): Promise<Cluster>
}

const bootAll = async (cluster: Cluster): Promise<void> => {
  for (const name of cluster.names) await cluster.boot(name)
}

const reached = (cluster: Cluster, name: string, place: InjectionName): Promise<void> =>
  cluster.until(() => cluster.member(name).injections.reached(place) > 0)

const goesOn = (cluster: Cluster, place: InjectionName, ...names: ReadonlyArray<string>): void => {
  for (const name of names) cluster.member(name).injections.disable(place)
}

const afterServer = "group0_upgrade_pause_after_server"
const afterAdded = "group0_upgrade_pause_after_added"
const afterStored = "group0_upgrade_pause_after_stored"
const beforeSynchronize = "group0_upgrade_pause_before_synchronize"
const asleep = "group0_upgrade_pause_in_synchronize"
const beforeDiscovery = "group0_upgrade_pause_before_discovery"

const repairs: ReadonlyArray<Repair> = [
  {
    row: "M4",
    shipped: { tellsOfGroup: "asServerStarts" },
    breaks: ["RU-S1", "RU-S2"],
    tells: "a group is told of before it is stored, its creator and whoever heard of it fall, and there is another",
    story: async (start) => {
      const cluster = await start({ nodes: ["A", "B"] })
      for (const name of cluster.names) cluster.inject(name, afterServer)
      await bootAll(cluster)
      await reached(cluster, "A", afterServer)
      await cluster.pass(5_000)
      goesOn(cluster, afterServer, "A", "B")
      for (const name of cluster.names) await cluster.crash(name)
      await bootAll(cluster)
      await cluster.pass(120_000)
      return cluster
    }
  },
  {
    row: "M5",
    shipped: { foundRows: "overwritten" },
    breaks: ["RU-V7"],
    tells: "a joiner forgets what its group has told it, and nobody tells it again",
    story: async (start) => {
      const cluster = await start({})
      cluster.inject("C", afterAdded)
      await bootAll(cluster)
      await reached(cluster, "C", afterAdded)
      await cluster.pass(5_000)
      goesOn(cluster, afterAdded, "C")
      await cluster.restart("C")
      await cluster.pass(120_000)
      return cluster
    }
  },
  {
    row: "M28",
    shipped: { outsider: "takesPart" },
    breaks: ["RU-S9", "RU-V1"],
    tells:
      "a new node with the smallest server creates the group, is alone in it, and uses it while others are on the old path",
    story: async (start) => {
      const cluster = await start({ nodes: ["B", "C"] })
      for (const name of cluster.names) {
        cluster.inject(name, beforeDiscovery)
        cluster.inject(name, afterStored)
      }
      await bootAll(cluster)
      for (const name of cluster.names) await reached(cluster, name, beforeDiscovery)
      await cluster.add("A", "B", "C")
      await cluster.pass(5_000)
      // C hears of A first, and B by C: so that B knows of somebody smaller before it leads.
      goesOn(cluster, beforeDiscovery, "C")
      await cluster.pass(5_000)
      goesOn(cluster, beforeDiscovery, "B")
      await reached(cluster, "B", afterStored)
      cluster.loses("DefinitionsUpdate", "A", true)
      expect(await cluster.outcome(cluster.change("B", "m"))).toEqual({ _tag: "Done" })
      goesOn(cluster, afterStored, "B", "C")
      await cluster.pass(200_000)
      return cluster
    }
  },
  {
    row: "M62",
    shipped: { outsider: "takesPart" },
    breaks: ["RU-V7", "RU-V9"],
    tells: "a new node dies while the others look for the group, and they wait for it",
    story: async (start) => {
      const cluster = await start({ nodes: ["B", "C"] })
      for (const name of cluster.names) cluster.inject(name, "group0_upgrade_pause_after_discovery")
      cluster.inject("B", beforeDiscovery)
      await bootAll(cluster)
      await cluster.pass(5_000)
      await cluster.add("A", "C")
      await cluster.pass(5_000)
      await cluster.crash("A")
      goesOn(cluster, beforeDiscovery, "B")
      goesOn(cluster, "group0_upgrade_pause_after_discovery", "B", "C")
      await cluster.pass(120_000)
      return cluster
    }
  },
  {
    row: "M29",
    shipped: { repeatedBootstrap: "goesBack" },
    breaks: ["RU-S5"],
    tells: "a new node that has arrived falls, and goes back to synchronize",
    story: async (start) => {
      const cluster = await start({ nodes: ["A"] })
      await bootAll(cluster)
      await cluster.until(() => cluster.hasArrived("A"))
      cluster.prepare("D", "A").enable("stop_before_joining_ring")
      await cluster.boot("D")
      await reached(cluster, "D", "stop_before_joining_ring")
      goesOn(cluster, "stop_before_joining_ring", "D")
      await cluster.restart("D")
      await cluster.pass(60_000)
      return cluster
    }
  },
  {
    row: "M47",
    shipped: { editedState: "overwritten" },
    breaks: ["RU-S15"],
    tells: "the upgrade writes over what its operator wrote",
    story: async (start) => {
      const cluster = await start({ nodes: ["A"] })
      cluster.inject("A", "group0_upgrade_pause_before_synchronize")
      await bootAll(cluster)
      await reached(cluster, "A", "group0_upgrade_pause_before_synchronize")
      await cluster.edit("A", { _tag: "WriteState", text: "recovery" })
      goesOn(cluster, "group0_upgrade_pause_before_synchronize", "A")
      await cluster.pass(10_000)
      await cluster.restart("A")
      return cluster
    }
  },
  {
    row: "M49",
    shipped: { otherServer: "crashes" },
    breaks: ["RU-S19", "RU-V7", "RU-V9"],
    tells: "a node comes back with another server, and one that knew the first ends itself",
    story: async (start) => {
      const cluster = await start({})
      cluster.inject("C", beforeDiscovery)
      await bootAll(cluster)
      await cluster.pass(5_000)
      await cluster.crash("B")
      await cluster.edit("B", { _tag: "EraseServer" })
      await cluster.boot("B")
      await cluster.pass(5_000)
      for (const name of ["A", "B"]) await cluster.restart(name)
      goesOn(cluster, beforeDiscovery, "C")
      await cluster.pass(120_000)
      return cluster
    }
  },
  {
    row: "M30",
    shipped: { withoutVote: "becomesVoter" },
    breaks: ["RU-V7"],
    tells: "a node that fell before it knew who is in its group is taken for a new one, and never goes on",
    story: async (start) => {
      const cluster = await start({})
      cluster.inject("C", afterStored)
      cluster.loses("Append", "C", true)
      await bootAll(cluster)
      await reached(cluster, "C", afterStored)
      goesOn(cluster, afterStored, "C")
      await cluster.restart("C")
      cluster.loses("Append", "C", false)
      await cluster.pass(120_000)
      return cluster
    }
  },
  {
    row: "M39",
    shipped: { pulls: "goOn" },
    breaks: ["RU-S24"],
    tells: "a node that uses group 0 pulls what has not come to it by group 0",
    story: async (start) => {
      const cluster = await start({})
      await bootAll(cluster)
      await cluster.until(() => cluster.hasArrived("A", "B", "C"))
      cluster.loses("Append", "C", true)
      expect(await cluster.outcome(cluster.change("A", "m"))).toEqual({ _tag: "Done" })
      await cluster.pass(70_000)
      cluster.loses("Append", "C", false)
      await cluster.pass(10_000)
      return cluster
    }
  },
  {
    row: "M38",
    shipped: { firstIndex: 0, latecomers: "asTheyAre" },
    breaks: ["RU-S12", "RU-S17", "RU-S18"],
    tells: "a node that comes to a group without a snapshot has what its commands say, and not what it began with",
    story: async (start) => {
      const cluster = await start({ nodes: ["A"] })
      await bootAll(cluster)
      expect(await cluster.outcome(cluster.change("A", "old"))).toEqual({ _tag: "Done" })
      await cluster.until(() => cluster.hasArrived("A"))
      expect(await cluster.outcome(cluster.change("A", "m"))).toEqual({ _tag: "Done" })
      await cluster.add("D", "A")
      await cluster.pass(60_000)
      return cluster
    }
  },
  {
    row: "a new row",
    shipped: { latecomers: "asTheyAre" },
    breaks: ["RU-S17", "RU-S18"],
    tells: "a node comes while the others are on their way, and lacks what they changed after it came",
    story: async (start) => {
      const cluster = await start({ nodes: ["A", "B"] })
      for (const name of cluster.names) {
        cluster.inject(name, beforeSynchronize)
        cluster.inject(name, asleep)
      }
      await bootAll(cluster)
      for (const name of cluster.names) await reached(cluster, name, beforeSynchronize)
      cluster.loses("DefinitionsUpdate", "B", true)
      expect(await cluster.outcome(cluster.change("A", "m"))).toEqual({ _tag: "Done" })
      goesOn(cluster, beforeSynchronize, "A", "B")
      // What D begins with it has from B, which lacks the change; and A does not learn of D.
      cluster.loses("Append", "A", true)
      cluster.loses("Snapshot", "A", true)
      cluster.prepare("D", "B").enable(asleep)
      await cluster.boot("D")
      await reached(cluster, "D", asleep)
      goesOn(cluster, asleep, "A", "B")
      await cluster.until(() => cluster.hasArrived("A"))
      goesOn(cluster, asleep, "D")
      cluster.loses("Append", "A", false)
      await cluster.pass(120_000)
      return cluster
    }
  },
  {
    row: "M37",
    shipped: { ghosts: "left" },
    breaks: ["RU-V8"],
    tells: "whoever removes a dead node falls between the ring and the group, and the dead one stays in the group",
    story: async (start) => {
      const cluster = await start({ nodes: ["A", "B", "C", "D"] })
      await bootAll(cluster)
      await cluster.until(() => cluster.hasArrived("A", "B", "C", "D"))
      await cluster.lose("D")
      cluster.inject("A", "remove_node_pause_after_ring")
      void cluster.on("A").operator.remove(cluster.id("D"))
      await reached(cluster, "A", "remove_node_pause_after_ring")
      await cluster.restart("A")
      await cluster.pass(60_000)
      return cluster
    }
  }
]

describe("raft upgrade: cluster: repairs", () => {
  for (const { row, shipped, breaks, tells, story } of repairs) {
    test(`${row}: ${tells}`, async () => {
      const cluster = await story((options) => Cluster.start({ ...options, upgrade: shipped }))
      expect([...new Set(judged(cluster.labels).map((broken) => broken.replace(/ .*/, "")))].sort()).toEqual(breaks)
    })

    test(`${row}: and not so the reference`, async () => {
      const cluster = await story((options) => Cluster.start(options))
      const isStopped = (broken: string): boolean => row === "M47" && broken.includes("in the end")
      expect(judged(cluster.labels).filter((broken) => !isStopped(broken))).toEqual([])
    })
  }

  test("all that is shipped, in a storm", async () => {
    const { cluster } = await Storm.of(shippedSeed, 60, { upgrade: asShipped })
    expect(judged(cluster.labels).join()).toContain("RU-S2")
  })
})
