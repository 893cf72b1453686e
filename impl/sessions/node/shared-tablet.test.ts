// Goal: tables that share a tablet go where it goes. Method: two tables of one row in group 0, and what nodes tell of each.
import { describe, expect, test } from "vitest"
import { type Tablet, TabletId } from "../../../spec/sessions/metadata.ts"
import { at, Cluster, put, t1, tablet } from "./cluster.test-support.ts"

const t1b = TabletId.make("t1b")
const shared: Tablet = { ...tablet(t1, at("A"), at("B"), at("C")), colocated: [t1b] }

const begin = async (): Promise<Cluster> => {
  const cluster = await Cluster.start({ tablets: [shared] })
  await cluster.write("C", put("a", 1))
  await cluster.write("C", put("b", 2), "ALL", t1b)
  return cluster
}

/** What was done, each with the node and the table. */
const done = (cluster: Cluster): ReadonlyArray<string> =>
  cluster.of("OperationEnded").map(({ node, operation, tablet: table, reason }) => {
    const how = reason === null ? "" : `: ${reason}`
    return `${node} ${operation} ${table}${how}`
  })

describe("sessions: node: tables that share a tablet", () => {
  test("D8 S9 are streamed and cleaned up one after the other, under one session", async () => {
    const cluster = await begin()
    await cluster.migrate(at("A"), at("D", 1))
    await cluster.untilIdle()
    expect(done(cluster)).toEqual(["D stream t1", "D stream t1b", "A cleanup t1", "A cleanup t1b"])
    expect(new Set(cluster.of("Landed").map(({ session }) => session)).size).toBe(1)
    expect(cluster.tablet()).toEqual({ ...shared, replicas: [at("D", 1), at("B"), at("C")] })
    expect(await cluster.data("D", 1)).toEqual(["a=a1"])
    expect(await cluster.data("D", 1, t1b)).toEqual(["b=b2"])
    for (const name of [t1, t1b]) expect(await cluster.data("A", 0, name)).toEqual([])
  })

  test("D8 the second is not begun with before the first is done", async () => {
    const cluster = await begin()
    cluster.inject("D", "migration_streaming_wait")
    await cluster.migrate(at("A"), at("D"))
    await cluster.flush()
    expect(cluster.of("OperationBegan").map((label) => label.tablet)).toEqual([t1])
    cluster.member("D").injections.message("migration_streaming_wait")
    await cluster.untilIdle()
    expect(done(cluster).slice(0, 2)).toEqual(["D stream t1", "D stream t1b"])
  })

  test("D8 a failure of the second has all of them done again, under the same session", async () => {
    const cluster = await begin()
    const { injections } = cluster.member("D")
    injections.enable("stream_tablet_wait", { once: true })
    await cluster.migrate(at("A"), at("D"))
    await cluster.flush()
    injections.enable("stream_tablet_fail", { once: true })
    injections.message("stream_tablet_wait")
    await cluster.untilIdle()
    const streams = ["D stream t1", "D stream t1b: StreamFailed", "D stream t1", "D stream t1b"]
    expect(done(cluster).slice(0, 4)).toEqual(streams)
    expect(new Set(cluster.of("Landed").map(({ session }) => session)).size).toBe(1)
    expect(await cluster.data("D", 0, t1b)).toEqual(["b=b2"])
  })

  test("D8 are all repaired before a rebuild streams them", async () => {
    const cluster = await begin()
    await cluster.crash("C")
    await cluster.order("B", { _tag: "Exclude", node: at("C").node })
    await cluster.order("B", { _tag: "Rebuild", tablet: t1, lost: at("C"), to: at("D"), kind: "rebuild_v2" })
    await cluster.untilIdle()
    expect(done(cluster)).toEqual(["A repair t1", "A repair t1b", "D stream t1", "D stream t1b"])
    expect(await cluster.data("D", 0, t1b)).toEqual(["b=b2"])
  })

  test.each(["Repair", "Restore"] as const)("%s is for the first of them alone", async (order) => {
    const cluster = await begin()
    expect(await cluster.order("B", { _tag: order, tablet: t1b })).toEqual({
      _tag: "Failed",
      why: "t1b shares t1, and goes where that goes"
    })
    await cluster.order("B", { _tag: order, tablet: t1 })
    await cluster.untilIdle()
    expect(new Set(cluster.of("OperationBegan").map((label) => label.tablet))).toEqual(new Set([t1]))
  })

  test("D4 are written to by the stage of the one row", async () => {
    const cluster = await begin()
    await cluster.migrate(at("A"), at("D"))
    cluster.whenIn("write_both_read_new", () => void cluster.write("B", put("c", 3), "ALL", t1b))
    await cluster.untilIdle()
    expect(await cluster.data("D", 0, t1b)).toEqual(["b=b2", "c=c3"])
  })
})
