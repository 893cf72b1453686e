// Goal: one node that looks keeps its laws in every design, and a wrong one breaks them. Method: explore all that a small alphabet can say.
import { expect, test } from "vitest"
import { discoveryRoleLaws } from "../../../../spec/raft-upgrade/discovery/laws.ts"
import { explore } from "../../../explorer/explore.ts"
import { boundedTwice, type OneBounds, small } from "./bounds.ts"
import { designNames, lately, type OneDesign, oneDesigns } from "./design.ts"
import { oneLooking } from "./one.ts"

/** Distinct states and firings. */
const size = (design: OneDesign, bounds: OneBounds): readonly [number, number] => {
  const { distinct, generated } = explore(oneLooking(design, bounds, [])).counts
  return [distinct, generated]
}

test("raft upgrade: discovery: one: its worlds are as large as they are", () => {
  expect(designNames.map((name) => size(oneDesigns[name], small))).toEqual([
    [224, 6_278],
    [151, 4_144],
    [222, 5_784],
    [151, 4_144]
  ])
  expect(size(lately, boundedTwice)).toEqual([222, 4_385])
})

test("raft upgrade: discovery: one: every design keeps the laws, and M2 one that keeps peers in its memory alone breaks S3", () => {
  const broken = (design: OneDesign): ReadonlyArray<string> =>
    explore(oneLooking(design, small, discoveryRoleLaws))
      .laws.filter(({ verdict }) => verdict === "violated")
      .map(({ id }) => id)
  expect(designNames.flatMap((name) => broken(oneDesigns[name]))).toEqual([])
  expect(broken({ ...lately, discovery: { ...lately.discovery, peersOn: "memory" } })).toEqual(["RU-S3"])
})
