// Goal: one node alone keeps its laws whatever others do, and comes to everything that it may come to. Method: explore small worlds whole.
import { describe, expect, test } from "vitest"
import { history, nothing } from "../../../spec/law.ts"
import { post, recovery } from "../../../spec/raft-upgrade/states.ts"
import { explore } from "../../explorer/explore.ts"
import { nodeAlone } from "./alone.ts"
import { nodeLaws } from "./laws.ts"
import { type NodeBounds, pair, pairChanging, pairCommanding, pairRecovering, small } from "./surroundings.ts"
import type { NodeLabel } from "./words.ts"

/** Distinct states and firings. */
const size = (bounds: NodeBounds): readonly [number, number] => {
  const { distinct, generated } = explore(nodeAlone(bounds, [])).counts
  return [distinct, generated]
}

test("raft upgrade: node: alone: its worlds are as large as they are", () => {
  expect([small, pair, pairChanging, pairRecovering, pairCommanding].map(size)).toEqual([
    [357, 1_866],
    [2_517, 14_632],
    [1_263, 7_576],
    [4_667, 26_552],
    [2_907, 19_453]
  ])
})

test("raft upgrade: node: alone: it keeps the laws that are its own, whatever others answer", () => {
  for (const bounds of [small, pairChanging]) {
    const { laws } = explore(nodeAlone(bounds, nodeLaws))
    expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
  }
})

describe("raft upgrade: node: alone: it comes to everything", () => {
  const places: ReadonlyArray<readonly [string, NodeBounds, (label: NodeLabel) => boolean]> = [
    ["it uses group 0", small, (label) => label._tag === "StateEntered" && label.state === post],
    ["it is let through", small, ({ _tag }) => _tag === "FinishedEarly"],
    ["a change waits too long", pairChanging, (label) => isRefused(label, "Synchronizing")],
    ["another command was first", pairCommanding, (label) => isRefused(label, "ConcurrentModification")],
    ["nobody agrees", pairChanging, (label) => isRefused(label, "NoQuorum")],
    ["an operator's word stays", pairRecovering, ({ _tag }) => _tag === "FiberFailed"],
    ["it begins in recovery", pairRecovering, (label) => label._tag === "Booted" && label.state === recovery]
  ]
  const isRefused = (label: NodeLabel, reason: string): boolean =>
    label._tag === "OperationRefused" && label.reason === reason

  for (const [what, bounds, is] of places)
    test(what, () => {
      const never = history<NodeLabel, null>("never", {
        sentence: `Never: ${what}.`,
        source: "this test",
        follows: nothing,
        breaks: (_, label) => (is(label) ? what : undefined)
      })
      expect(explore(nodeAlone(bounds, [never])).laws.map(({ verdict }) => verdict)).toEqual(["violated"])
    })
})
