/** What the reference repairs, one parameter at a time: shipped value, repaired value, and what breaks if only this is undone. */
import { asShipped, reference, type Variant } from "../../model/dcp/variants.ts"
import { breaks, commandFor, exploredScope, table } from "./exploring.ts"

/** Where undoing a repair shows, and what the repair is for. */
const repairs: { readonly [K in keyof Variant]?: { readonly scope: string; readonly why: string } } = {
  matchRule: { scope: "oneStream", why: "an end carries the stream's opaque, not the vBucket's number" },
  endAfterAck: { scope: "twoStreams", why: "an acknowledged stream that ended is an error of the call that wants it" },
  tolerateOnClose: { scope: "asShippedV7Codes", why: "the v7 code for a stream that is gone means the same as 0x01" },
  endOfTakeover: { scope: "takeovers", why: "a takeover whose stream is over has nothing to wait for" },
  producerCloseUnderShut: { scope: "shutOverSetup", why: "an answer that is to be ignored is ignored" },
  addUnderShut: { scope: "shutOverSetup", why: "kv need not answer the ADD_STREAM of a stream that was closed" },
  ownerUnderShut: { scope: "shutOverSetup", why: "a caller that is overtaken by a shut is told so" },
  shutOverNothing: { scope: "shutOverSetup", why: "a shut looks at once whether anything is left to wait for" },
  duplicates: { scope: "asShippedDuplicates", why: "two requests under one opaque cannot be told apart" },
  replicatorsBy: { scope: "manager", why: "a dead replicator is missed although its sibling lives" }
}

/** Parameters in which the shipped design differs from the reference. */
export const repaired = (Object.keys(reference) as ReadonlyArray<keyof Variant>).filter(
  (parameter) => reference[parameter] !== asShipped[parameter]
)

/** One row a repair. */
export const repairsTable = (): string =>
  table(
    ["parameter", "shipped", "reference", "why", "undone alone it breaks, in steps", "where"],
    repaired.map((parameter) => {
      const repair = repairs[parameter]
      if (repair === undefined) throw new TypeError(`the chapter does not say why ${parameter} is repaired`)
      const variant = { base: "reference", [parameter]: asShipped[parameter] }
      return [
        `\`${parameter}\``,
        asShipped[parameter],
        reference[parameter],
        repair.why,
        breaks(exploredScope(repair.scope, { variant })),
        `\`${commandFor(repair.scope, { variant: { base: "reference", [parameter]: asShipped[parameter] } })}\``
      ]
    })
  )
