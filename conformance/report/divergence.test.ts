import { describe, expect, it } from "vitest"
import { type Divergence, renderDivergence } from "./divergence.ts"
import { answerAfterCrash, ghost } from "./sample-stories.ts"

const follows: Divergence = {
  implementation: "my_impl.py",
  role: "dcp/consumer-connection",
  relation: "follows",
  story: ghost.slice(0, 9),
  expected: ["crash: UnexpectedStreamEnd vb=5", "reply c1: errors [stream-ended StateChanged vb=5]"],
  actual: [],
  replay: "dcp-crash-4KX9",
  picture: "report/divergence-1.svg"
}

describe("report: divergence", () => {
  it("shows what the model allows beside what came", async () => {
    await expect(`${renderDivergence(follows)}\n`).toMatchFileSnapshot("goldens/divergence-follows.txt")
  })

  it("names the law that an implementation breaks", async () => {
    const breaks: Divergence = {
      ...follows,
      relation: "laws",
      story: answerAfterCrash,
      expected: [],
      actual: ["crash: UnexpectedStreamEnd vb=5", "reply c1: ok"],
      law: {
        id: "DCP-S1",
        sentence: "each call gets at most one answer, and none after the connection crashed",
        why: "c1 was answered after the crash"
      }
    }
    await expect(`${renderDivergence(breaks)}\n`).toMatchFileSnapshot("goldens/divergence-laws.txt")
  })

  it("prints what an implementation said without its control sequences", () => {
    const text = renderDivergence({ ...follows, actual: ["\u001b[1A\u001b[2Kverdict\npass"] })
    expect(text).toContain("  actual   verdict pass\n")
    expect(text).not.toContain("\u001b")
  })
})
