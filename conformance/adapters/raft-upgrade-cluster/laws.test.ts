// Goal: a cluster of the twin obeys every law on its way to group 0, and comes to what it should. Method: nodes in one process, stopped
// at named places; the laws judge what they tell. Where nodes fall, the museum's stories say (conformance/museum/raft-upgrade).
import { describe, expect, test } from "vitest"
import { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import { judged } from "./judged.ts"

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

describe("raft upgrade: cluster: goes to group 0", () => {
  test("one node, two, and three, which all have the same group and can change the schema after that", async () => {
    for (const nodes of [["A"], ["A", "B"], ["A", "B", "C"]]) {
      const cluster = await Cluster.running({ nodes })
      await cluster.until(() => cluster.hasArrived(...nodes))
      const last = nodes.at(-1)!
      expect(await cluster.outcome(cluster.change(last, "m"))).toEqual({ _tag: "Done" })
      await expectWell(cluster, ...nodes)
      expect(cluster.schema("A")).toEqual(["m"])
      expect(cluster.of("CommandApplied").length).toBe(nodes.length)
    }
  })

  test("by a restart of one node after another, with group 0 switched on", async () => {
    const cluster = await Cluster.running({ supports: false })
    await cluster.outcome(cluster.change("B", "old"))
    await cluster.restart("A", { supports: true })
    await cluster.restart("B", { supports: true })
    await cluster.pass(10_000)
    expect(cluster.of("FeatureSeen")).toEqual([])
    await cluster.restart("C", { supports: true })
    await expectWell(cluster, "A", "B", "C")
    expect(cluster.schema("C")).toEqual(["old"])
    await expect(cluster.restart("A", { supports: false })).rejects.toThrow("cannot be started without it")
  })
})

describe("raft upgrade: cluster: schema changes", () => {
  test("one on its old path keeps its node from leaving it, and is in what the group begins with", async () => {
    const cluster = await Cluster.start()
    const injections = cluster.inject("B", "schema_change_pause_before_push")
    for (const name of cluster.names) await cluster.boot(name)
    const change = cluster.change("B", "slow")
    await cluster.pass(30_000)
    // B waits for the lock, and whoever asks how far it is waits behind it: nobody gets further.
    expect(cluster.of("StateEntered")).toEqual([])
    injections.disable("schema_change_pause_before_push")
    expect(await cluster.outcome(change)).toEqual({ _tag: "Done" })
    await expectWell(cluster, "A", "B", "C")
    expect(cluster.schema("A")).toEqual(["slow"])
  })

  test("whose pushes are all lost reaches everybody by the synchronisation", async () => {
    const cluster = await Cluster.start({ fate: ({ tag }) => (tag === "DefinitionsUpdate" ? "lose" : undefined) })
    for (const name of cluster.names) await cluster.boot(name)
    const changes = ["A", "B", "C"].map((name) => cluster.change(name, `of${name}`))
    for (const change of changes) expect(await cluster.outcome(change)).toEqual({ _tag: "Done" })
    await expectWell(cluster, "A", "B", "C")
    expect(cluster.schema("B")).toEqual(["ofA", "ofB", "ofC"])
  })

  test("one that comes in synchronize waits, and is a command if its patience lasts", async () => {
    const cluster = await Cluster.start()
    const injections = cluster.inject("A", "group0_upgrade_pause_before_second_sync")
    cluster.inject("B", "group0_upgrade_pause_before_second_sync")
    cluster.inject("C", "group0_upgrade_pause_before_second_sync")
    for (const name of cluster.names) await cluster.boot(name)
    await cluster.until(() => cluster.names.every((name) => cluster.state(name) === "synchronize"))
    expect(await cluster.outcome(cluster.change("C", "early"))).toEqual({ _tag: "Refused", reason: "Synchronizing" })
    const patient = cluster.change("A", "later")
    injections.disable("group0_upgrade_pause_before_second_sync")
    expect(await cluster.outcome(patient)).toEqual({ _tag: "Done" })
    for (const name of ["B", "C"]) cluster.member(name).injections.disable("group0_upgrade_pause_before_second_sync")
    await expectWell(cluster, "A", "B", "C")
    expect(cluster.schema("C")).toEqual(["later"])
  })
})
