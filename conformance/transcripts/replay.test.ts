import { expect, test } from "vitest"
import { asShipped, beforeFix, reference } from "../../model/dcp/variants.ts"
import { differencesByClass, recording, replay } from "./replay.ts"

test("dcp: transcripts: asShipped tells what the real module told, in all 30,293 steps", () => {
  const replayed = replay(recording("dcp-consumer-connection"), asShipped)
  expect(replayed.differences[0]).toBeUndefined()
  expect(replayed).toMatchObject({ runs: 2000, steps: 30293 })
})

test("dcp: transcripts: beforeFix tells what the module told before MB-53445 was fixed, in all 30,767 steps", () => {
  const replayed = replay(recording("dcp-consumer-connection-before-fix"), beforeFix)
  expect(replayed.differences[0]).toBeUndefined()
  expect(replayed).toMatchObject({ runs: 2000, steps: 30767 })
})

test("dcp: transcripts: the reference differs only where it repairs something", () => {
  const classes = differencesByClass(recording("dcp-consumer-connection"), reference)
  expect(Object.fromEntries(classes)).toMatchInlineSnapshot(`
    {
      "endOfTakeover": 142,
      "matchRule": 520,
      "ownerUnderShut": 208,
      "several together": 3,
      "tolerateOnClose": 154,
    }
  `)
})
