// Goal: one node alone keeps its laws whatever others do, and comes to everything that it may come to. Method: explore small worlds whole.
import { expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { nodeAlone } from "./alone.ts"
import { nodeLaws } from "./laws.ts"
import { type NodeBounds, pair, pairChanging, small } from "./surroundings.ts"

/** Distinct states and firings. */
const size = (bounds: NodeBounds): readonly [number, number] => {
  const { distinct, generated } = explore(nodeAlone(bounds, [])).counts
  return [distinct, generated]
}

test("raft upgrade: node: alone: its worlds are as large as they are", () => {
  expect([small, pair, pairChanging].map(size)).toEqual([
    [261, 1_278],
    [1_485, 8_044],
    [867, 4_957]
  ])
})

test("raft upgrade: node: alone: it keeps the laws that are its own, whatever others answer", () => {
  for (const bounds of [small, pairChanging]) {
    const { laws } = explore(nodeAlone(bounds, nodeLaws))
    expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
  }
})
