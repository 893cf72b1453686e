// Goal: a node that is told to stop does nothing more, wherever it is on its way. Method: one that waits for something that does not
// come is stopped in good order, and heard for a long time after.
import { describe, expect, test } from "vitest"
import type { InjectionName } from "../../../impl/raft-upgrade/injections.ts"
import { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"

/** What A waits for, and where C is held; it falls where that is nowhere. */
const waits: ReadonlyArray<readonly [string, InjectionName | undefined]> = [
  ["the first answer of a peer", undefined],
  ["somebody to look for the group", "group0_upgrade_pause_before_discovery"],
  ["somebody to join", "group0_upgrade_pause_after_server"],
  ["somebody to go to synchronize", "group0_upgrade_pause_before_synchronize"],
  ["a schema that is behind", "group0_upgrade_pause_in_synchronize"]
]

describe("raft upgrade: cluster: shutdown", () => {
  for (const [what, place] of waits)
    test(`a node that waits for ${what} stops, and tells nothing more`, async () => {
      const cluster = await Cluster.start({ nodes: ["A", "C"] })
      cluster.inject("A", "group0_upgrade_pause_before_dry_run")
      if (place !== undefined) cluster.inject("C", place)
      for (const name of cluster.names) await cluster.boot(name)
      await cluster.pass(3_000)
      if (place === undefined) await cluster.crash("C")
      if (place === "group0_upgrade_pause_in_synchronize") cluster.loses("SchemaCheck", "C", true)
      cluster.member("A").injections.disable("group0_upgrade_pause_before_dry_run")
      await cluster.pass(40_000)
      expect(cluster.hasArrived("A")).toBe(false)
      const told = () => cluster.labels.filter((label) => "node" in label && label.node === "A")
      cluster.on("A").stop()
      await cluster.flush()
      const before = told().length
      await cluster.pass(60_000)
      expect(told().slice(before)).toEqual([])
      expect(cluster.of("FiberFailed")).toEqual([])
      expect(cluster.defects).toEqual([])
    })
})
