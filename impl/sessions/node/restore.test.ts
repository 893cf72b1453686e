import { describe, expect, test } from "vitest"
import { Cluster, put, t1 } from "./cluster.test-support.ts"

describe("sessions: node: restore", () => {
  const backup = () => [put("k", 1), put("l", 1)]

  test("Q3 M72 brings the backup's rows to every replica, and ends behind a barrier", async () => {
    const cluster = await Cluster.start({ backup })
    await cluster.write("B", put("k", 2))
    await cluster.order("B", { _tag: "Restore", tablet: t1 })
    await cluster.untilIdle()
    expect(cluster.stages()).toEqual(["-", "restore", "end_restore", "-"])
    for (const node of ["A", "B", "C"]) expect(await cluster.data(node)).toEqual(["k=k2", "l=l1"])
    expect(cluster.of("Forgotten").length).toBe(8)
  })

  test("ends all the same when it fails", async () => {
    const cluster = await Cluster.start({ backup })
    cluster.fate = ({ tag, to }) => (tag === "Trigger" && to === "C" ? "lose" : "deliver")
    await cluster.order("B", { _tag: "Restore", tablet: t1 })
    await cluster.untilIdle()
    expect(cluster.stages()).toEqual(["-", "restore", "end_restore", "-"])
  })
})
