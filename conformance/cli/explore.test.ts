import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { run } from "./program.ts"
import { portcullis, RecordingShell } from "./shell.test-support.ts"

const Explored = Schema.Struct({
  protocol: Schema.Literal("dcp"),
  scopes: Schema.Array(
    Schema.Struct({
      scope: Schema.String,
      distinct: Schema.Int,
      generated: Schema.Int,
      depth: Schema.Int,
      seconds: Schema.Number,
      complete: Schema.Boolean,
      stoppedBecause: Schema.optionalKey(Schema.Literals(["maxStates", "maxMemory", "interrupted", "walked"])),
      asExpected: Schema.Boolean,
      laws: Schema.Array(
        Schema.Struct({
          id: Schema.String,
          verdict: Schema.Literals(["holds", "violated", "witnessed", "never", "unknown"]),
          length: Schema.optionalKey(Schema.Int),
          replay: Schema.optionalKey(Schema.String)
        })
      )
    })
  )
})

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Explored), { onExcessProperty: "error" })

const explored = async (...words: ReadonlyArray<string>) => {
  const { status, out, err } = await portcullis("explore", "dcp", ...words, "--json")
  expect(err).toBe("")
  return { status, scopes: decode(out).scopes }
}

describe("cli: explore", () => {
  it("a scope in which all is as pinned is a table and a word", async () => {
    const { status, out } = await portcullis("explore", "dcp", "--scope", "oneStream")
    expect(status).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/explore-one-stream.txt")
  })

  it("a scope asked for by name tells the story of every law that it must break, and passes", async () => {
    const { status, out } = await portcullis("explore", "dcp", "--scope", "asShippedTakeover")
    expect(status).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/explore-as-shipped-takeover.txt")
  })

  it("JSON says of each law what became of it", async () => {
    const { status, scopes } = await explored("--scope", "oneStream")
    expect(status).toBe(0)
    expect(scopes).toMatchObject([{ scope: "oneStream", complete: true, asExpected: true }])
    expect(scopes[0]?.laws).toContainEqual({ id: "DCP-S1", verdict: "holds" })
  })

  it("a changed design is judged by the laws alone: whatever is violated fails", async () => {
    const { status, scopes } = await explored("--scope", "oneStream", "--variant", "endPolicy=ignore")
    expect(status).toBe(1)
    expect(scopes[0]?.asExpected).toBe(false)
    const hang = scopes[0]?.laws.find(({ id }) => id === "DCP-L1")
    expect(hang).toMatchObject({ verdict: "violated", replay: "dcp/oneStream/DCP-L1+endPolicy=ignore" })
  })

  it("a change that changes nothing passes", async () => {
    expect(await explored("--scope", "oneStream", "--variant", "base=reference")).toMatchObject({ status: 0 })
  })

  it("without an assumption what stood on it breaks, and the story is told", async () => {
    const { status, out } = await portcullis("explore", "dcp", "--scope", "oneStream", "--without", "A4")
    expect(status).toBe(1)
    expect(out).toContain("✗ DCP-L1  ")
    expect(out).toContain("portcullis replay dcp/oneStream/DCP-L1+without=A4\n")
  })

  it("Ctrl-C ends it with what was found so far, and nothing is claimed", async () => {
    const shell = new RecordingShell(3)
    const status = await run(["explore", "dcp", "--scope", "everyFlow", "--json"], shell)
    const { scopes } = decode(shell.out)
    expect({ status, complete: scopes[0]?.complete, asExpected: scopes[0]?.asExpected }).toEqual({
      status: 2,
      complete: false,
      asExpected: false
    })
    expect(scopes[0]?.laws.map(({ verdict }) => verdict)).not.toContain("holds")
  })
})
