import { describe, expect, it } from "vitest"
import { type Counterexample, renderCounterexample } from "./counterexample.ts"
import { ghost, hang } from "./sample-stories.ts"

const waits: Counterexample = {
  law: { id: "DCP-L1", sentence: "every set-up call is answered, or its caller exits" },
  where: "dcp, policy ignore, 2 vBuckets",
  why: "c1 waits for ADD_STREAM response 5; the stream that owed it is gone",
  length: hang.length,
  story: hang,
  replay: "dcp-ignore-7Q2M",
  picture: "report/dcp-l1.svg"
}

describe("report: counterexample", () => {
  it("tells the hang of MB-53445 in one glance", async () => {
    await expect(`${renderCounterexample(waits)}\n`).toMatchFileSnapshot("goldens/counterexample-hang.txt")
  })

  it("tells the ghost of MB-51223 with a sentence too long for the headline", async () => {
    const found: Counterexample = {
      law: {
        id: "DCP-S4",
        sentence:
          "a vBucket is believed open exactly while the last thing delivered for its current incarnation was the successful answer to ADD_STREAM"
      },
      where: "dcp, policy ignore, 1 vBucket",
      why: "vBucket 5 is believed open, but the end of its stream #0x1d000000 was delivered at step 7",
      length: ghost.length,
      story: ghost
    }
    await expect(`${renderCounterexample(found)}\n`).toMatchFileSnapshot("goldens/counterexample-ghost.txt")
  })

  it("prints nothing that came from outside unsanitized", () => {
    const text = renderCounterexample({ ...waits, where: "\u001b[2Jscope", why: "because\n✓ pass", replay: "\u0007T" })
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u)
    expect(text).toContain("      because ✓ pass\n")
    expect(text).toContain("portcullis replay T\n")
  })

  it("of a run that stops says that nothing that must happen can happen", () => {
    const text = renderCounterexample({ ...waits, forever: { _tag: "Stops" } })
    expect(text).toContain("      And then nothing that must happen can happen: the run stops here.\n      c1 waits")
  })

  it("of a run that goes round says which steps come again and again, by the numbers that are drawn", () => {
    const text = renderCounterexample({ ...waits, forever: { _tag: "Loops", from: hang.length - 2 } })
    expect(text).toMatch(/ {2}shortest story: \d+ steps, the last 2 of them again and again/)
    expect(text).toMatch(/\n {6}From here on, steps? \d+( to \d+)? again and again\.\n/)
  })

  it("of a loop that no diagram shows names the rules", () => {
    const unseen = { actor: "network", rule: "delay", labels: [] }
    const story = [...hang, unseen, unseen]
    const text = renderCounterexample({
      ...waits,
      story,
      length: story.length,
      forever: { _tag: "Loops", from: hang.length }
    })
    expect(text).toContain("From here on, what is not drawn happens again and again: network: delay.")
  })
})
