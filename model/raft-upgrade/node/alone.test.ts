// Goal: one node alone keeps its laws whatever others do, and comes to everything that it may come to. Method: explore small worlds whole.
import { describe, expect, test } from "vitest"
import { history, nothing } from "../../../spec/law.ts"
import { post, recovery } from "../../../spec/raft-upgrade/states.ts"
import { explore } from "../../explorer/explore.ts"
import { nodeAlone } from "./alone.ts"
import { nodeLaws } from "./laws.ts"
import { type NodeBounds, pair, pairChanging, pairCommanding, pairRecovering, small } from "./surroundings.ts"
import type { NodeLabel } from "./words.ts"

/** What may be come to, by what is seen of it. */
type Place = readonly [what: string, is: (label: NodeLabel) => boolean]

/** A law that is broken where something is come to. */
const never = ([what, is]: Place) =>
  history<NodeLabel, null>(what, {
    sentence: `Never: ${what}.`,
    source: "this test",
    follows: nothing,
    breaks: (_, label) => (is(label) ? what : undefined)
  })

const isRefused =
  (reason: string) =>
  (label: NodeLabel): boolean =>
    label._tag === "OperationRefused" && label.reason === reason

const inPost: Place = ["it uses group 0", (label) => label._tag === "StateEntered" && label.state === post]

describe("raft upgrade: node: alone: its worlds are as large as they are, and it comes to everything there", () => {
  const worlds: ReadonlyArray<readonly [string, NodeBounds, readonly [number, number], ReadonlyArray<Place>]> = [
    ["one other", small, [357, 1_866], [inPost, ["it is let through", ({ _tag }) => _tag === "FinishedEarly"]]],
    [
      "a fall",
      pair,
      [2_517, 14_632],
      [["it begins in post", (label) => label._tag === "Booted" && label.state === post]]
    ],
    [
      "a change",
      pairChanging,
      [1_263, 7_576],
      [
        ["a change waits too long", isRefused("Synchronizing")],
        ["nobody agrees", isRefused("NoQuorum")]
      ]
    ],
    [
      "recovery",
      pairRecovering,
      [4_667, 26_552],
      [
        ["an operator's word stays", ({ _tag }) => _tag === "FiberFailed"],
        ["it begins in recovery", (label) => label._tag === "Booted" && label.state === recovery]
      ]
    ],
    [
      "a command of another",
      pairCommanding,
      [2_907, 19_453],
      [["the other command was first", isRefused("ConcurrentModification")]]
    ]
  ]

  for (const [name, bounds, size, places] of worlds)
    test(name, () => {
      const { counts, laws } = explore(nodeAlone(bounds, places.map(never)))
      expect([counts.distinct, counts.generated]).toEqual(size)
      expect(laws.filter(({ verdict }) => verdict !== "violated").map(({ id }) => id)).toEqual([])
    })
})

test("raft upgrade: node: alone: it keeps the laws that are its own, whatever others answer", () => {
  for (const bounds of [small, pairChanging]) {
    const { laws } = explore(nodeAlone(bounds, nodeLaws))
    expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
  }
})
