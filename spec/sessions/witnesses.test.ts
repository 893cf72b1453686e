// Goal: no law of a cluster holds for want of anything to judge. Method: every law is named by a witness, and each witness names laws that there are.
import { describe, expect, test } from "vitest"
import { witnessed } from "../witness.ts"
import { topologyWitness } from "./laws/topology-witnesses.ts"
import { clusterLaws, clusterWitnesses } from "./laws.ts"

describe("sessions: witnesses", () => {
  test("every law of a cluster has a witness that its premise occurs", () => {
    // What group 0 says of the topology's session is said on the global track alone.
    const witnesses = [...clusterWitnesses, topologyWitness("W41")]
    const seen = new Set(witnesses.flatMap(witnessed))
    expect(clusterLaws.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([])
  })

  test("every witness is for laws that there are, and has a number of its own", () => {
    const laws = new Set(clusterLaws.map(({ id }) => id))
    expect(clusterWitnesses.flatMap(witnessed).filter((id) => !laws.has(id))).toEqual([])
    expect(new Set(clusterWitnesses.map(({ id }) => id)).size).toBe(clusterWitnesses.length)
  })
})
