import { describe, expect, test } from "vitest"
import type { Stage } from "../../../spec/sessions/metadata.ts"
import { at, Cluster, put, t1 } from "../node/cluster.test-support.ts"

const forward: ReadonlyArray<Stage> = [
  "allow_write_both_read_old",
  "write_both_read_old",
  "streaming",
  "write_both_read_new",
  "use_new",
  "cleanup",
  "end_migration"
]

const everythingMoved = async (cluster: Cluster): Promise<void> => {
  await cluster.untilIdle()
  expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
  expect(await cluster.data("D")).toEqual(["k=k1"])
  expect(cluster.of("ShardCommitted").at(-1)).toMatchObject({ open: [] })
}

describe("sessions: coordinator: failover", () => {
  test.each(forward)("L6 in %s: the next coordinator goes on under the same session", async (stage) => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.whenIn(stage, () => void cluster.group0.elect(at("C").node))
    await cluster.migrate(at("A"), at("D"))
    await everythingMoved(cluster)
    const sessions = cluster.of("Committed").map(({ metadata }) => metadata.tablets[0]?.transition?.session ?? null)
    expect(new Set(sessions.filter((session) => session !== null)).size).toBe(1)
  })

  test.each(forward)("L6 in %s: also when the old coordinator's node is gone, once it is back", async (stage) => {
    const cluster = await Cluster.start()
    await cluster.write("B", put("k", 1))
    cluster.whenIn(stage, () => {
      cluster.group0.elect(at("C").node)
      void cluster.crash("A")
    })
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.clock.now() >= 5000)
    await cluster.boot("A")
    await everythingMoved(cluster)
  })

  test("C1 after a new coordinator's first commit no older one commits anything", async () => {
    const cluster = await Cluster.start()
    cluster.inject("A", "handle_tablet_migration_end_migration")
    await cluster.migrate(at("A"), at("D"))
    await cluster.until(() => cluster.stage() === "end_migration")
    cluster.group0.elect(at("B").node)
    await cluster.untilIdle()
    cluster.member("A").injections.message("handle_tablet_migration_end_migration")
    await cluster.flush()
    const terms = cluster.of("Committed").flatMap(({ by }) => (by._tag === "Coordinator" ? by.term : []))
    expect(terms).toEqual([...terms].sort((one, other) => one - other))
    expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
  })

  test("V5 a command of a term that is over is refused", async () => {
    const cluster = await Cluster.start()
    cluster.group0.elect(at("B").node)
    await cluster.flush()
    const answer = await cluster.member("A").network.ask(at("C").node, command(1, 50))
    expect(answer).toEqual({ _tag: "Refused", reason: "TermChanged" })
  })

  test("V5 M32 a command that is overtaken by a later one is refused", async () => {
    const cluster = await Cluster.start()
    const { network } = cluster.member("B")
    expect(await network.ask(at("C").node, command(1, 50))).toEqual({ _tag: "Ok" })
    expect(await network.ask(at("C").node, command(1, 50))).toEqual({ _tag: "Refused", reason: "OldCommand" })
    expect(await network.ask(at("C").node, command(1, 49))).toEqual({ _tag: "Refused", reason: "OldCommand" })
  })

  test("L6 without a leader nothing happens, and with one it goes on", async () => {
    const cluster = await Cluster.start()
    cluster.group0.partition(at("A").node)
    expect(await cluster.migrate(at("A"), at("D"), t1)).toMatchObject({ _tag: "Failed" })
    cluster.group0.elect(at("B").node)
    await cluster.migrate(at("A"), at("D"), t1)
    await cluster.until(() => cluster.clock.now() >= 5000)
    expect(cluster.stage()).toBe("allow_write_both_read_old")
    cluster.group0.heal(at("A").node)
    await cluster.untilIdle()
    expect(cluster.replicas()).toEqual(["D0", "B0", "C0"])
  })
})

const command = (term: number, index: number) =>
  ({ _tag: "TopologyCommand", term, index, command: "barrier_and_drain" }) as never
