// Goal: what the environment is trusted with is needed. Method: a story in which somebody comes, or leaves, while others set out for
// group 0; they wait for ever then, the reference's too.
import { describe, expect, test } from "vitest"
import { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import { judged } from "./judged.ts"

const brokenIn = (cluster: Cluster): ReadonlyArray<string> => judged(cluster.labels).map((told) => told.split(" ")[0]!)

describe("raft upgrade: cluster: beyond what is assumed", () => {
  test("RU-A6: one comes before there is a group, which is created by a node that lacks a change, and everybody waits", async () => {
    const cluster = await Cluster.running()
    await cluster.add("D", "A", "B", "C")
    await cluster.crash("A")
    await cluster.outcome(cluster.change("B", "m"))
    await cluster.boot("A")
    await cluster.pass(300_000)
    expect(cluster.names.map((name) => cluster.state(name))).toEqual([
      "use_pre_raft_procedures",
      "use_pre_raft_procedures",
      "use_pre_raft_procedures",
      "synchronize"
    ])
    expect(cluster.names.map((name) => cluster.schema(name).join())).toEqual(["m", "m", "m", ""])
    expect(brokenIn(cluster)).toEqual(["RU-V7"])
  })

  test("one leaves while another sets out that has not heard of it, and is looked for with the group", async () => {
    const cluster = await Cluster.start()
    cluster.inject("A", "group0_upgrade_pause_before_dry_run")
    cluster.inject("C", "group0_upgrade_pause_before_discovery")
    for (const name of cluster.names) await cluster.boot(name)
    const release = cluster.hold(/: Left$/)
    const left = cluster.on("B").operator.decommission()
    await cluster.pass(3_000)
    for (const name of ["A", "C"]) {
      cluster.member(name).injections.disable("group0_upgrade_pause_before_dry_run")
      cluster.member(name).injections.disable("group0_upgrade_pause_before_discovery")
    }
    await cluster.flush()
    release()
    await cluster.outcome(left)
    await cluster.crash("B")
    await cluster.pass(300_000)
    expect(cluster.of("ReconfigurationAsked")).toEqual([])
    const looking = cluster.of("PeersStored").filter(({ peers }) => peers.some((peer) => peer.node === "B"))
    expect(new Set(looking.map(({ node }) => node))).toEqual(new Set(["A", "C"]))
    expect(brokenIn(cluster)).toEqual(["RU-V7", "RU-V9"])
  })
})
