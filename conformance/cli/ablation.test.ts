import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { assumptions } from "../../spec/dcp/assumptions.ts"
import { run } from "./program.ts"
import { portcullis, RecordingShell } from "./shell.test-support.ts"

const Ablations = Schema.Struct({
  protocol: Schema.Literal("dcp"),
  ablations: Schema.Array(
    Schema.Struct({
      assumption: Schema.String,
      laws: Schema.Array(Schema.Struct({ id: Schema.String, length: Schema.Int, scope: Schema.String }))
    })
  )
})
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Ablations), { onExcessProperty: "error" })

describe("cli: explore --ablate", () => {
  it("shows what breaks without each assumption, with one story each, and passes", async () => {
    const { status, out } = await portcullis("explore", "dcp", "--ablate")
    expect(status).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/explore-ablate.txt")
  }, 60_000)

  it("JSON lists every assumption in order, and breaks A4 as `--without A4` does", async () => {
    const { status, out } = await portcullis("explore", "dcp", "--ablate", "--scope", "oneStream", "--json")
    expect(status).toBe(0)
    const { ablations } = decode(out)
    expect(ablations.map(({ assumption }) => assumption)).toEqual(assumptions.map(({ id }) => id))
    const without = await portcullis("explore", "dcp", "--scope", "oneStream", "--without", "A4", "--json")
    const [{ laws }] = JSON.parse(without.out).scopes
    const broken = laws.filter((law: { verdict: string }) => law.verdict === "violated")
    expect(ablations.find(({ assumption }) => assumption === "DCP-A4")?.laws).toEqual(
      broken.map(({ id, length }: { id: string; length: number }) => ({ id, length, scope: "oneStream" }))
    )
  })

  it("says so where nothing breaks", async () => {
    const { out } = await portcullis("explore", "dcp", "--ablate", "--scope", "oneStream")
    expect(out).toMatch(/DCP-A6 +nothing breaks in these scopes/)
  })

  it("needs a scope in which every law holds, and lists them", async () => {
    const { status, err } = await portcullis("explore", "dcp", "--ablate", "--scope", "beforeFix")
    expect(status).toBe(4)
    expect(err).toContain("every law holds: oneStream, openAndClose, takeovers")
  })

  it("Ctrl-C ends it with the assumptions that are done", async () => {
    const shell = new RecordingShell(20)
    expect(await run(["explore", "dcp", "--ablate", "--json"], shell)).toBe(2)
    expect(decode(shell.out).ablations.length).toBeLessThan(assumptions.length)
  })
})
