import { describe, expect, test } from "vitest"
import { SessionId } from "../../../spec/sessions/ids.ts"
import { at, Cluster, put, t1 } from "./cluster.test-support.ts"

const repair = { _tag: "Repair", tablet: t1 } as const
const replicas = ["A", "B", "C"]

/** A cluster in which a row was written and deleted on every replica. */
const deleted = async (): Promise<Cluster> => {
  const cluster = await Cluster.start()
  await cluster.write("B", put("k", 1))
  await cluster.write("B", put("k", 2, null))
  return cluster
}

const repaired = async (cluster: Cluster, by = "B"): Promise<void> => {
  await cluster.order(by, repair)
  await cluster.untilIdle()
}

const purge = async (cluster: Cluster, before = 100): Promise<ReadonlyArray<string>> => {
  const from = cluster.of("Purged").length
  for (const node of replicas)
    expect(await cluster.order(node, { _tag: "Purge", tablet: t1, before })).toEqual({ _tag: "Done" })
  return cluster
    .of("Purged")
    .slice(from)
    .map(({ node, before }) => `${node} ${before}`)
}

describe("sessions: node: purge", () => {
  test("D2 without a repair every tombstone stays", async () => {
    const cluster = await deleted()
    expect(await purge(cluster)).toEqual([])
    expect(await cluster.data("A")).toEqual(["k=null"])
  })

  test("D2 a repair that reached every replica is noted in group 0, and its tombstones may go", async () => {
    const cluster = await deleted()
    await repaired(cluster)
    expect(cluster.tablet().repaired).toBe("repair-t1@1")
    expect(await purge(cluster)).toEqual(["A 3", "B 3", "C 3"])
    expect(await purge(cluster)).toEqual([])
    for (const node of replicas) expect(await cluster.data(node)).toEqual([])
  })

  test("D2 a deletion that came after the repair stays, and all that is later", async () => {
    const cluster = await deleted()
    await cluster.write("B", put("z", 9, null))
    await repaired(cluster)
    await cluster.write("B", put("l", 5, null))
    expect(await purge(cluster)).toEqual(["A 5", "B 5", "C 5"])
    expect(await cluster.data("A")).toEqual(["l=null", "z=null"])
  })

  test("D2 a repair that failed after it had reached some is not noted, and nothing is purged by it", async () => {
    const cluster = await deleted()
    cluster.fate = ({ tag, to }) => (tag === "RepairRows" && to === "C" ? "lose" : "deliver")
    await repaired(cluster)
    expect(cluster.tablet().repaired).toBeUndefined()
    expect(await purge(cluster)).toEqual([])
  })

  test("D2 a repair without a replica that is declared dead is not noted", async () => {
    const cluster = await deleted()
    await cluster.crash("C")
    await cluster.order("A", { _tag: "Exclude", node: at("C").node })
    await repaired(cluster)
    expect(cluster.tablet().repaired).toBeUndefined()
  })

  test("L6 a repair that the next coordinator ends is noted as well", async () => {
    const cluster = await deleted()
    cluster.whenIn("repair", () => void cluster.group0.elect(at("B").node))
    await repaired(cluster, "C")
    expect(cluster.tablet().repaired).toBe(SessionId.make("repair-t1@1"))
    expect(await purge(cluster)).toEqual(["A 3", "B 3", "C 3"])
  })

  test("D2 a replica that was started anew still knows what was repaired; one that has moved since does not", async () => {
    const cluster = await deleted()
    await repaired(cluster)
    await cluster.restart("B")
    await cluster.flush()
    await cluster.migrate(at("A"), at("D"))
    await cluster.untilIdle()
    for (const node of ["B", "C", "D"]) await cluster.order(node, { _tag: "Purge", tablet: t1, before: 100 })
    expect(cluster.of("Purged").map(({ node }) => node)).toEqual(["B", "C"])
    expect(await cluster.data("D")).toEqual(["k=null"])
  })

  test("D2 a repair that a rebuild does first is none that allows a purge", async () => {
    const cluster = await deleted()
    const order = { _tag: "Rebuild", tablet: t1, lost: at("C"), to: at("D"), kind: "rebuild_v2" } as const
    await cluster.order("B", order)
    await cluster.untilIdle()
    expect(cluster.tablet().repaired).toBeUndefined()
    expect(await purge(cluster)).toEqual([])
  })
})
