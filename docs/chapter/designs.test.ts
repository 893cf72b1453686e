import { describe, expect, test } from "vitest"
import { designs, result, traces } from "./designs.ts"

/**
 * Dossier 6.2 in the chapter's words: what callers see under the four debated designs, and what is believed open.
 *
 * T8 is given for the error list as the dossier's "same unless", T10 as it says of ends matched by vBucket.
 */
const dossier: Readonly<Record<string, ReadonlyArray<string>>> = {
  T1: ["waits; open []", "error (0); open []", "waits; open []", "exit"],
  T2: ["ok; open [0]", "error (0); open []", "error (0); open []", "exit"],
  T3: ["error (0); open []", "error (0); open []", "error (0); open []", "exit"],
  T4: ["error (0); open []", "error (0); open []", "error (0); open []", "error (0); open []"],
  T5: ["waits; open [1]", "error (0); open [1]", "waits; open [1]", "exit"],
  T6: ["waits; open []", "waits; open []", "waits; open []", "exit"],
  T7: ["ok; open [0, 1]", "exit", "error (0); open [1]", "exit"],
  T8: ["ok; open [1]", "ok; open [1]", "ok; open [1]", "ok; open [1]"],
  T9: [
    "ok, then refused; open [0]",
    "error (0), then ok; open [0]",
    "error (0), then refused; open []",
    "exit, then ok; open [0]"
  ],
  T10: ["ok; open [0]", "ok; open [0]", "ok; open [0]", "ok; open [0]"],
  "T10 by vBucket": ["ok; open [0]", "error (0); open []", "error (0); open []", "exit"]
}

/** Strays that go to the producer are no caller's affair. The dossier names them only where they matter. */
const seenByCallers = (told: string): string => told.replace(/; an(?:swers go| answer goes) to the producer$/, "")

describe("dcp: designs", () => {
  for (const trace of traces)
    test(`dcp: designs: ${trace.name} comes to what the dossier worked out by hand`, () => {
      const debated = designs.slice(0, 4)
      expect(debated.map((design) => seenByCallers(result(trace, design)))).toEqual(dossier[trace.name])
    })

  test("dcp: designs: what ships is told apart from no fix by no trace", () => {
    const [ignore] = designs
    const shipped = designs.find(({ name }) => name === "as shipped")
    for (const trace of traces) expect(result(trace, shipped!)).toBe(result(trace, ignore!))
  })

  test("dcp: designs: the reference is the crash design but for T8, where it reports", () => {
    const [crash, repaired] = ["crash", "reference"].map((name) => designs.find((design) => design.name === name)!)
    const differ = traces.filter((trace) => result(trace, crash!) !== result(trace, repaired!)).map(({ name }) => name)
    expect(differ).toEqual(["T8"])
  })
})
