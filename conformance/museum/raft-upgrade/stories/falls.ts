/** Stories of nodes that fall on their way, and come back. Source: dossier `raft-upgrade.md` 2.11. */
import type { InjectionName } from "../../../../impl/raft-upgrade/injections.ts"
import { arrived, bootAll, bootUpTo, changes, goesOn, reached, type Story } from "../story.ts"

/** Where a node can fall on its way, in order. */
const places: ReadonlyArray<readonly [InjectionName, string]> = [
  ["group0_upgrade_pause_before_dry_run", "before it has asked anybody"],
  ["group0_upgrade_pause_before_discovery", "before it looks for the group"],
  ["group0_upgrade_pause_after_discovery", "when it knows of the group"],
  ["group0_upgrade_pause_after_storage", "when it has written its first snapshot"],
  ["group0_upgrade_pause_after_server", "when its server runs"],
  ["group0_upgrade_pause_after_added", "when it is in the group"],
  ["group0_upgrade_pause_after_stored", "when it has stored the group"],
  ["group0_upgrade_pause_before_synchronize", "before it goes to synchronize"],
  ["group0_upgrade_pause_between_disk_and_memory", "when a state is on its disk, and it does not go by it yet"],
  ["group0_upgrade_pause_in_synchronize", "when it is in synchronize"],
  ["group0_upgrade_pause_before_second_sync", "when all are in synchronize"],
  ["group0_upgrade_pause_before_final", "when all have the same schema"]
]

const held = "group0_upgrade_pause_before_final"

/** The others do not arrive before: else the one that falls has no more to wait for. */
const fallsAt = (name: string, who: string, place: InjectionName, when: string): Story => ({
  name: `${who} falls ${when}`,
  happens: async (cluster) => {
    for (const other of cluster.names) if (other !== name) cluster.inject(other, held)
    cluster.inject(name, place)
    await bootAll(cluster)
    await changes(cluster, "B", "m")
    await reached(cluster, place, name)
    await cluster.pass(5_000)
    goesOn(cluster, place, name)
    await cluster.restart(name)
    goesOn(cluster, held, ...cluster.names)
  }
})

const asleep = "group0_upgrade_pause_in_synchronize"

export const falls: ReadonlyArray<Story> = [
  ...places.map(([place, when]) => fallsAt("A", "who creates the group", place, when)),
  ...places.map(([place, when]) => fallsAt("C", "who joins the group", place, when)),
  {
    name: "every node falls once in synchronize",
    happens: async (cluster) => {
      await bootUpTo(cluster, asleep)
      await reached(cluster, asleep, ...cluster.names)
      for (const name of cluster.names) {
        goesOn(cluster, asleep, name)
        await cluster.restart(name)
      }
    }
  },
  {
    name: "the first has arrived, another is lost, and the third is still in synchronize",
    happens: async (cluster) => {
      for (const name of ["B", "C"]) cluster.inject(name, asleep)
      await bootAll(cluster)
      await arrived(cluster, "A")
      await cluster.lose("C")
      goesOn(cluster, asleep, "B")
    }
  },
  {
    name: "the first has arrived, another is lost, and the third is about to compare schemas",
    happens: async (cluster) => {
      const beforeSecondSync = "group0_upgrade_pause_before_second_sync"
      await bootUpTo(cluster, beforeSecondSync)
      await reached(cluster, beforeSecondSync, ...cluster.names)
      goesOn(cluster, beforeSecondSync, "A")
      await arrived(cluster, "A")
      await cluster.lose("C")
      goesOn(cluster, beforeSecondSync, "B")
    }
  },
  {
    name: "one of three dies when another has arrived, and the third has not seen it in synchronize",
    happens: async (cluster) => {
      const all = ["A", "B", "C"]
      await bootUpTo(cluster, "group0_upgrade_pause_before_synchronize", held)
      await reached(cluster, "group0_upgrade_pause_before_synchronize", ...all)
      cluster.separate("A", "C")
      goesOn(cluster, "group0_upgrade_pause_before_synchronize", ...all)
      await reached(cluster, held, "B")
      await cluster.pass(5_000)
      goesOn(cluster, held, "B")
      await arrived(cluster, "B")
      await cluster.lose("A")
    }
  }
]
