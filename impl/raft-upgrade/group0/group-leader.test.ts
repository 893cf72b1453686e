// Goal: a group agrees on what a majority of its voters follows, and on nothing else. Method: a cluster that has arrived.
import { describe, expect, test } from "vitest"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { Cluster } from "../node/local-cluster.ts"

const arrived = async (...nodes: ReadonlyArray<string>): Promise<Cluster> => {
  const cluster = await Cluster.running({ nodes })
  await cluster.until(() => cluster.hasArrived(...nodes))
  return cluster
}

const done = { _tag: "Done" }

describe("raft upgrade: group 0", () => {
  test("a majority is enough, and who was away hears of it when it is back", async () => {
    const cluster = await arrived("A", "B", "C")
    await cluster.crash("C")
    expect(await cluster.outcome(cluster.change("A", "m"))).toEqual(done)
    expect(cluster.schema("B")).toEqual(["m"])
    await cluster.boot("C")
    await cluster.until(() => cluster.schema("C").length === 1)
    expect(cluster.state("C")).toBe(post)
  })

  test("half of the voters are none", async () => {
    const cluster = await arrived("A", "B")
    await cluster.crash("B")
    expect(await cluster.outcome(cluster.change("A", "m"))).toEqual({ _tag: "Refused", reason: "NoQuorum" })
    expect(cluster.of("CommandCommitted")).toEqual([])
  })

  test("of two commands that go by the same, one changes nothing anywhere, and its author is told", async () => {
    const cluster = await arrived("A", "B")
    const [one, other] = await cluster.outcome(Promise.all([cluster.change("A", "m"), cluster.change("B", "n")]))
    expect([one, other]).toContainEqual(done)
    const effective = cluster.of("CommandApplied").filter((label) => label.effective)
    const refused = [one, other].filter(({ _tag }) => _tag === "Refused").length
    expect(effective.length).toBe(2 * (2 - refused))
    expect(cluster.schema("A")).toEqual(cluster.schema("B"))
    expect(cluster.schema("A").length).toBe(2 - refused)
  })

  test("the last voter stays", async () => {
    const cluster = await arrived("A")
    void cluster.on("A").operator.decommission()
    await cluster.pass(10_000)
    expect(cluster.of("Reconfigured").map(({ purpose }) => purpose)).toEqual(["create"])
  })
})
