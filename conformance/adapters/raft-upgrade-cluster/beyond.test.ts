// Goal: what the environment is trusted with is needed. Method: a story in which somebody comes while others set out for group 0;
// they wait for ever then, the reference's too.
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
})
