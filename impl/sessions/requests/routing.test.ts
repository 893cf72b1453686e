import { describe, expect, test } from "vitest"
import { type Kind, type NodeId, type Stage, stages, type Tablet } from "../../../spec/sessions/metadata.ts"
import { selectors } from "../../../spec/sessions/selectors.ts"
import { at, t1 } from "../node/cluster.test-support.ts"
import { readReplicas, readTargets, writeReplicas, writeTargets } from "./routing.ts"

const moving = (stage: Stage, kind: Kind = "migration", to = at("D")): Tablet => ({
  tablet: t1,
  replicas: [at("A"), at("B"), at("C")],
  transition: { kind, stage, next: [to, at("B"), at("C")], session: null }
})

/** All ways to take `count` of the nodes. */
const choices = (nodes: ReadonlyArray<NodeId>, count: number): ReadonlyArray<ReadonlyArray<NodeId>> => {
  const [first, ...others] = nodes
  if (count === 0) return [[]]
  if (first === undefined) return []
  return [...choices(others, count - 1).map((rest) => [first, ...rest]), ...choices(others, count)]
}

describe("sessions: requests: routing", () => {
  test("D1 while both sets are written, whoever acknowledges a QUORUM write is a quorum of each", () => {
    for (const stage of stages) {
      const tablet = moving(stage)
      const { nodes, needed } = writeTargets(tablet, "QUORUM")
      const sets = {
        prev: [tablet.replicas],
        next: [tablet.transition!.next],
        both: [tablet.replicas, tablet.transition!.next]
      }
      for (const acknowledged of choices(nodes, needed))
        for (const set of sets[selectors[stage].writes]) {
          const inSet = set.filter(({ node }) => acknowledged.includes(node)).length
          expect(inSet, `${stage}: ${acknowledged}`).toBeGreaterThanOrEqual(2)
        }
    }
  })

  test("D4 whoever acknowledges a QUORUM write meets whoever answers a QUORUM read, also one stage on", () => {
    const path: ReadonlyArray<Stage> = ["write_both_read_old", "streaming", "write_both_read_new", "use_new", "cleanup"]
    for (const [position, stage] of path.entries()) {
      const writes = writeTargets(moving(stage), "QUORUM")
      for (const later of path.slice(position, position + 2)) {
        const reads = readTargets(moving(later), "QUORUM")
        for (const writers of choices(writes.nodes, writes.needed))
          for (const readers of choices(reads.nodes, reads.needed))
            expect(
              writers.some((node) => readers.includes(node)),
              `${stage}, ${later}`
            ).toBe(true)
      }
    }
  })

  test("between shards of a node the node is one target, and sees to its shards by the stage", () => {
    const inside = (stage: Stage) => moving(stage, "intranode_migration", at("A", 1))
    const shards = (stage: Stage) => {
      const [tablet, { node }] = [inside(stage), at("A")]
      return [writeReplicas(tablet, node), readReplicas(tablet, node)].map((all) => all.map(({ shard }) => shard))
    }
    expect(writeTargets(inside("streaming"), "ALL")).toEqual({ nodes: ["A", "B", "C"], needed: 3 })
    expect(shards("allow_write_both_read_old")).toEqual([[0], [0]])
    expect(shards("streaming")).toEqual([[0, 1], [0]])
    expect(shards("write_both_read_new")).toEqual([[0, 1], [1]])
    expect(shards("use_new")).toEqual([[1], [1]])
  })

  test("between nodes a node's shard is the same in every stage", () => {
    for (const stage of stages) {
      expect(writeReplicas(moving(stage), at("A").node)).toEqual([at("A")])
      expect(readReplicas(moving(stage), at("D").node)).toEqual([at("D")])
    }
    expect(readReplicas(moving("streaming"), at("E").node)).toEqual([])
  })
})
