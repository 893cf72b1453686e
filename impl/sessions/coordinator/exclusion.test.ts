import { describe, expect, test } from "vitest"
import type { Stage } from "../../../spec/sessions/metadata.ts"
import { at, Cluster, put, t1 } from "../node/cluster.test-support.ts"

const before: ReadonlyArray<Stage> = ["allow_write_both_read_old", "write_both_read_old", "streaming"]
const switched: Stage = "write_both_read_new"
const after: ReadonlyArray<Stage> = ["use_new"]

/** A migration from A to D whose node of that name dies in a stage and is declared dead; B coordinates. */
const losing = async (lost: string, stage: Stage): Promise<Cluster> => {
  const cluster = await Cluster.start()
  cluster.group0.elect(at("B").node)
  await cluster.write("B", put("k", 1))
  cluster.whenIn(stage, () => void cluster.crash(lost))
  await cluster.migrate(at("A"), at("D"))
  await cluster.flush()
  // No stream needs the third replica, so that one is missed by the next barrier only.
  expect(cluster.stage()).toBe(stage === "streaming" && lost === "C" ? switched : stage)
  cluster.clock.advance(500)
  expect(await cluster.order("B", { _tag: "Exclude", node: at(lost).node })).toEqual({ _tag: "Done" })
  await cluster.untilIdle()
  return cluster
}

const open = (cluster: Cluster): ReadonlyArray<string> => cluster.of("ShardCommitted").at(-1)?.open ?? []

describe("sessions: coordinator: L4 a node that is lost and declared dead", () => {
  test.each([...before, switched, ...after])("is waited for in %s until then", async (stage) => {
    const cluster = await Cluster.start()
    cluster.group0.elect(at("B").node)
    cluster.whenIn(stage, () => void cluster.crash("C"))
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.clock.now() >= 20_000)
    // A stream does not need the third replica; the barrier behind it does.
    expect(cluster.stage()).toBe(stage === "streaming" ? switched : stage)
  })

  test.each(before)("as pending replica in %s: back to where the tablet was", async (stage) => {
    const cluster = await losing("D", stage)
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
    expect(cluster.stages().slice(-4)).toEqual([stage, "cleanup_target", "revert_migration", "-"])
    expect(open(cluster)).toEqual([])
  })

  test("as pending replica in write_both_read_new: reads go back first, then writes", async () => {
    const cluster = await losing("D", switched)
    const back = [switched, "write_both_read_old_fallback_cleanup", "cleanup_target", "revert_migration", "-"]
    expect(cluster.stages().slice(-5)).toEqual(back)
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
  })

  test.each(before)("as leaving replica in %s: back, for there is nobody to stream from", async (stage) => {
    const cluster = await losing("A", stage)
    expect(cluster.replicas()).toEqual(["A0", "B0", "C0"])
    expect(await cluster.data("D")).toEqual([])
  })

  test.each([switched, ...after, "cleanup", "end_migration"] as const)(
    "as leaving replica in %s: forward",
    async (stage) => {
      const cluster = await losing("A", stage)
      expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
      expect(await cluster.data("D")).toEqual(["k=k1"])
    }
  )

  test.each([...before, switched, ...after])("as third replica in %s: forward without it", async (stage) => {
    const cluster = await losing("C", stage)
    expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
  })

  test("M43 is refused by everybody, whatever it still has to say", async () => {
    const cluster = await Cluster.start()
    await cluster.order("B", { _tag: "Exclude", node: at("D").node })
    await cluster.flush()
    const { network } = cluster.member("D")
    const read = { _tag: "Read", request: "r", version: 0, tablet: t1, key: "k" } as never
    await expect(network.ask(at("B").node, read)).rejects.toThrow("banned")
  })

  test("M68 a barrier that failed for another reason does not lead back", async () => {
    const cluster = await Cluster.start()
    cluster.whenIn("write_both_read_old", () => cluster.inject("C", "raft_topology_barrier_and_drain_fail_before"))
    await cluster.migrate(at("A"), at("D"))
    await cluster.untilIdle()
    expect(cluster.of("BarrierEnded").filter(({ ok }) => !ok).length).toBe(1)
    expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
  })
})
