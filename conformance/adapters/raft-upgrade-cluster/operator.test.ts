// Goal: a cluster of the twin obeys every law while nodes come, go, are lost, and are brought back by the recipe. Method: nodes in
// one process; the laws judge what they tell.
import { describe, expect, test } from "vitest"
import { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { judged, notSeen } from "./judged.ts"
import { Storm } from "./storm.ts"

/** All of these have arrived, nobody has done wrong, and all have the same schema. */
const expectWell = async (cluster: Cluster, ...names: ReadonlyArray<string>): Promise<void> => {
  await cluster.until(() => cluster.hasArrived(...names))
  await cluster.pass(20_000)
  expect(cluster.defects).toEqual([])
  expect(cluster.of("FiberFailed")).toEqual([])
  expect(judged(cluster.labels)).toEqual([])
  expect(new Set(names.map((name) => cluster.group(name))).size).toBe(1)
  for (const name of names) expect(cluster.schema(name)).toEqual(cluster.schema(names[0]!))
}

/** A cluster that uses group 0. */
const arrived = async (...nodes: ReadonlyArray<string>): Promise<Cluster> => {
  const cluster = await Cluster.running({ nodes })
  await cluster.until(() => cluster.hasArrived(...nodes))
  return cluster
}

describe("raft upgrade: cluster: new nodes", () => {
  test("one comes to a cluster that uses group 0, has its schema, and then a vote", async () => {
    const cluster = await arrived("A", "B", "C")
    await cluster.outcome(cluster.change("A", "m"))
    await cluster.add("D", "B")
    await expectWell(cluster, "A", "B", "C", "D")
    expect(await cluster.outcome(cluster.change("D", "n"))).toEqual({ _tag: "Done" })
    await expectWell(cluster, "A", "B", "C", "D")
    expect(cluster.schema("C")).toEqual(["m", "n"])
    const configuration = cluster.of("Reconfigured").at(-1)?.configuration
    expect(configuration?.members.map(({ node, voter }) => `${node} ${voter}`)).toEqual(
      ["A", "B", "C", "D"].map((node) => `${node} true`)
    )
  })

  test("the first of a cluster creates the group, and the others come to it", async () => {
    const cluster = await Cluster.start({ nodes: [] })
    await cluster.add("C")
    await cluster.add("A", "C")
    await cluster.add("B", "A", "C")
    await expectWell(cluster, "A", "B", "C")
    expect(cluster.of("Led").map(({ node }) => node)).toEqual(["C"])
  })

  test("M28: one with the smallest server comes while the others look for the group, and is not the one that creates it", async () => {
    const cluster = await Cluster.running({ nodes: ["B", "C"], supports: false })
    await cluster.outcome(cluster.change("B", "old"))
    for (const name of ["B", "C"]) cluster.inject(name, "group0_upgrade_pause_before_discovery")
    for (const name of ["B", "C"]) await cluster.restart(name, { supports: true })
    await cluster.pass(5_000)
    await cluster.add("A", "B")
    await cluster.pass(5_000)
    for (const name of ["B", "C"]) cluster.member(name).injections.disable("group0_upgrade_pause_before_discovery")
    await expectWell(cluster, "A", "B", "C")
    expect(cluster.of("Led").map(({ node }) => node)).toEqual(["B"])
    expect(cluster.schema("A")).toEqual(["old"])
  })

  test("M62: one that comes while the others look for the group and dies leaves nothing behind that they wait for", async () => {
    const cluster = await Cluster.running({ nodes: ["B", "C"], supports: false })
    for (const name of ["B", "C"]) cluster.inject(name, "group0_upgrade_pause_before_discovery")
    for (const name of ["B", "C"]) await cluster.restart(name, { supports: true })
    await cluster.add("A", "B")
    await cluster.pass(5_000)
    for (const name of ["B", "C"]) cluster.member(name).injections.disable("group0_upgrade_pause_before_discovery")
    await cluster.crash("A")
    await expectWell(cluster, "B", "C")
  })

  for (const place of [
    "stop_before_joining_ring",
    "stop_before_becoming_raft_voter",
    "group0_upgrade_pause_in_synchronize"
  ] as const)
    test(`one falls at ${place}, and goes on from there`, async () => {
      const cluster = await arrived("A", "B")
      const added = cluster.prepare("D", "A")
      added.enable(place)
      await cluster.boot("D")
      await cluster.until(() => added.reached(place) > 0)
      added.disable(place)
      await cluster.restart("D")
      await expectWell(cluster, "A", "B", "D")
      expect(await cluster.outcome(cluster.change("D", "n"))).toEqual({ _tag: "Done" })
    })
})

describe("raft upgrade: cluster: nodes that go", () => {
  test("one leaves, and is neither on the ring nor in the group", async () => {
    const cluster = await arrived("A", "B", "C")
    await cluster.outcome(cluster.on("A").operator.decommission())
    await cluster.crash("A")
    await expectWell(cluster, "B", "C")
    expect(await cluster.outcome(cluster.change("C", "n"))).toEqual({ _tag: "Done" })
  })

  test("one that is dead is removed, and two of two are a majority again", async () => {
    const cluster = await arrived("A", "B", "C")
    await cluster.lose("A")
    await cluster.outcome(cluster.on("B").operator.remove(cluster.id("A")))
    await expectWell(cluster, "B", "C")
    await cluster.add("D", "C")
    await expectWell(cluster, "B", "C", "D")
  })

  test("one that is dead while the others wait for it in the first step is removed from the ring, and they go on", async () => {
    const cluster = await Cluster.start()
    for (const name of ["A", "B", "C"]) cluster.inject(name, "group0_upgrade_pause_before_dry_run")
    for (const name of cluster.names) await cluster.boot(name)
    await cluster.pass(5_000)
    await cluster.lose("C")
    for (const name of ["A", "B"]) cluster.member(name).injections.disable("group0_upgrade_pause_before_dry_run")
    await cluster.pass(60_000)
    expect(cluster.of("Led")).toEqual([])
    await cluster.outcome(cluster.on("A").operator.remove(cluster.id("C")))
    await expectWell(cluster, "A", "B")
  })
})

const write: Edit = { _tag: "WriteState", text: "recovery" }
const erasures: ReadonlyArray<Edit> = [{ _tag: "EraseDiscovery" }, { _tag: "EraseHistory" }, { _tag: "EraseGroup" }]

/** The recipe, R2 to R8, for those that are left. Source: dossier 3. */
const recover = async (cluster: Cluster, left: ReadonlyArray<string>, lost: ReadonlyArray<string>): Promise<void> => {
  for (const name of left) await cluster.edit(name, write)
  for (const name of left) await cluster.restart(name)
  for (const name of left) expect(cluster.state(name)).toBe("recovery")
  for (const dead of lost) await cluster.outcome(cluster.on(left[0]!).operator.remove(cluster.id(dead)))
  for (const name of left) for (const edit of erasures) await cluster.edit(name, edit)
  for (const name of left) await cluster.edit(name, { _tag: "DeleteState" })
  for (const name of left) {
    await cluster.restart(name)
    await cluster.pass(3_000)
  }
}

describe("raft upgrade: cluster: recovery", () => {
  test("V2 a node fails before it is in synchronize: the others are stuck there, until the recipe frees them", async () => {
    const cluster = await Cluster.start()
    cluster.inject("C", "group0_upgrade_before_synchronize")
    for (const name of cluster.names) await cluster.boot(name)
    await cluster.until(() => ["A", "B"].every((name) => cluster.state(name) === "synchronize"))
    expect(cluster.of("FiberFailed").map(({ node }) => node)).toEqual(["C"])
    await cluster.lose("C")
    await cluster.pass(300_000)
    expect(["A", "B"].map((name) => cluster.state(name))).toEqual(["synchronize", "synchronize"])
    expect(await cluster.outcome(cluster.change("A", "m"))).toEqual({ _tag: "Refused", reason: "Synchronizing" })
    await cluster.edit("A", write)
    await cluster.restart("A")
    expect(await cluster.outcome(cluster.change("A", "inRecovery"))).toEqual({ _tag: "Done" })
    await recover(cluster, ["A", "B"], ["C"])
    await cluster.until(() => cluster.hasArrived("A", "B"))
    await cluster.pass(5_000)
    expect(judged(cluster.labels)).toEqual([])
    expect(cluster.schema("B")).toEqual(["inRecovery"])
  })

  test("V4 the majority is lost, and the one that is left begins a group of its own, to which others can come", async () => {
    const cluster = await arrived("A", "B", "C")
    await cluster.outcome(cluster.change("A", "m"))
    for (const name of ["A", "B"]) await cluster.lose(name)
    expect(await cluster.outcome(cluster.change("C", "never"))).toEqual({ _tag: "Refused", reason: "NoQuorum" })
    await recover(cluster, ["C"], ["A", "B"])
    await expectWell(cluster, "C")
    await cluster.add("D", "C")
    await expectWell(cluster, "C", "D")
    expect(await cluster.outcome(cluster.change("D", "n"))).toEqual({ _tag: "Done" })
    expect(cluster.schema("D")).toEqual(["m", "n"])
  })

  test("those that are left have different schemas, and come out with both", async () => {
    const cluster = await arrived("A", "B", "C", "D", "E")
    for (const name of ["A", "B", "C"]) await cluster.lose(name)
    for (const name of ["D", "E"]) await cluster.edit(name, write)
    for (const name of ["D", "E"]) await cluster.restart(name)
    cluster.separate("D", "E")
    expect(await cluster.outcome(cluster.change("D", "ofD"))).toEqual({ _tag: "Done" })
    expect(await cluster.outcome(cluster.change("E", "ofE"))).toEqual({ _tag: "Done" })
    cluster.reunite("D", "E")
    await recover(cluster, ["D", "E"], ["A", "B", "C"])
    await expectWell(cluster, "D", "E")
    expect(cluster.schema("D")).toEqual(["ofD", "ofE"])
  })

  test("each law has something to judge in a cluster that arrives, loses a node, and comes out of recovery one by one", async () => {
    const { cluster } = await Storm.of(16, 60)
    await cluster.add("E", "B")
    await cluster.until(() => cluster.hasArrived("E"))
    const names = [...cluster.names]
    await cluster.outcome(cluster.change("B", "last"))
    await cluster.outcome(cluster.on("A").operator.decommission())
    await cluster.crash("A")
    const left = names.filter((name) => name !== "A")
    await recover(cluster, left, [])
    await expectWell(cluster, ...left)
    expect(notSeen(cluster.labels)).toEqual([])
  })

  test("M47: what an operator writes while the upgrade runs is not written over", async () => {
    const cluster = await Cluster.start()
    cluster.inject("A", "group0_upgrade_pause_before_synchronize")
    for (const name of cluster.names) await cluster.boot(name)
    await cluster.until(() => cluster.member("A").injections.reached("group0_upgrade_pause_before_synchronize") > 0)
    await cluster.edit("A", write)
    cluster.member("A").injections.disable("group0_upgrade_pause_before_synchronize")
    await cluster.pass(10_000)
    expect(cluster.of("FiberFailed").map(({ why }) => why)).toEqual([
      "an operator has written recovery as the state of A"
    ])
    await cluster.restart("A")
    expect(cluster.state("A")).toBe("recovery")
    expect(judged(cluster.labels).filter((broken) => !broken.includes("in the end"))).toEqual([])
  })
})
