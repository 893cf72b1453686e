// Goal: no order of faults makes the twin break a law. Method: seeds decide what happens to a cluster on its way and when; then all is
// well, everybody must arrive, and the laws judge all of it.
import { describe, expect, test } from "vitest"
import { judged } from "./judged.ts"
import { Storm } from "./storm.ts"

const seeds = Number(process.env.STORM_SEEDS ?? 20)
const first = Number(process.env.STORM_FIRST ?? 1)

describe("raft upgrade: cluster: storms", () => {
  for (let seed = first; seed < first + seeds; seed++)
    test(`every law holds in storm ${seed}`, async () => {
      const { cluster } = await Storm.of(seed, 60)
      expect(judged(cluster.labels)).toEqual([])
      expect(cluster.defects).toEqual([])
      expect(cluster.of("FiberFailed")).toEqual([])
      const schemas = new Set(cluster.names.map((name) => cluster.schema(name).join()))
      expect([...schemas].length).toBe(1)
    })

  for (let seed = first; seed < first + seeds; seed++)
    test(`every law holds in storm ${seed}, of which some nodes do not come back and the others recover`, async () => {
      const { cluster, left } = await Storm.recovered(seed, 40)
      expect(judged(cluster.labels)).toEqual([])
      expect(cluster.defects).toEqual([])
      expect(new Set(left.map((name) => cluster.schema(name).join())).size).toBe(1)
    })
})
