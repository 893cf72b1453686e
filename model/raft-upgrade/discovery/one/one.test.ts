// Goal: one node that looks keeps its laws in every design, and a wrong one breaks them. Method: explore all that a small alphabet can say.
import { expect, test } from "vitest"
import { discoveryRoleLaws } from "../../../../spec/raft-upgrade/discovery/laws.ts"
import { explore } from "../../../explorer/explore.ts"
import { boundedTwice, type OneBounds, small } from "./bounds.ts"
import { designNames, lately, oneDesigns } from "./design.ts"
import { oneLooking } from "./one.ts"

/** Distinct states and firings of each design. */
const sizes = (bounds: OneBounds) =>
  designNames.map((name) => {
    const { distinct, generated } = explore(oneLooking(oneDesigns[name], bounds, [])).counts
    return [name, distinct, generated]
  })

test("raft upgrade: discovery: one: its worlds are as large as they are", () => {
  expect(sizes(small)).toEqual([
    ["reference", 224, 6_278],
    ["lately", 151, 4_144],
    ["asShipped", 222, 5_784],
    ["latelyAsShipped", 151, 4_144]
  ])
  expect(sizes(boundedTwice)).toEqual([
    ["reference", 345, 7_235],
    ["lately", 222, 4_385],
    ["asShipped", 255, 4_723],
    ["latelyAsShipped", 202, 3_951]
  ])
})

test("raft upgrade: discovery: one: every design keeps the laws, and M2 one that keeps peers in its memory alone breaks S3", () => {
  const broken = (design: (typeof oneDesigns)[keyof typeof oneDesigns]): ReadonlyArray<string> =>
    explore(oneLooking(design, small, discoveryRoleLaws))
      .laws.filter(({ verdict }) => verdict === "violated")
      .map(({ id }) => id)
  expect(designNames.flatMap((name) => broken(oneDesigns[name]))).toEqual([])
  expect(broken({ ...lately, discovery: { ...lately.discovery, peersOn: "memory" } })).toEqual(["RU-S3"])
})
