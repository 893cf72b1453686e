// Goal: who is lawful passes whatever their design, and is told which it is. Method: three designs of the same connection.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { setup, small } from "../../../model/dcp/bounds.ts"
import { pair } from "../../../model/dcp/pair.ts"
import { errorList } from "../../../model/dcp/variants.ts"
import { explore } from "../../../model/explorer/explore.ts"
import { adapterRow, variantLine } from "../../cli/adapter-row.ts"
import { portcullis } from "../../cli/shell.test-support.ts"
import { patient } from "../../remote/altered.test-support.ts"
import { casesOf, verdictOf } from "../../remote/cases.ts"
import { checkRemote, type RemoteOptions } from "../../remote/check-remote.ts"
import { Line } from "../../remote/line.ts"
import { consumerConnectionRole } from "../../remote/roles/consumer-connection.ts"
import { serve } from "../../remote/serve.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { type LawfulDesign, lawfulDesign, lawfulDesigns } from "./designs.ts"

const checked = ({ served }: LawfulDesign, more: Partial<RemoteOptions>) =>
  checkRemote(
    consumerConnectionRole,
    new Line(memoryDialer("design", serve([served])), { version: "test", specs: [], budgets: patient }),
    { seed: 1, runs: 10, tour: false, interrupted: () => false, onProgress: () => undefined, ...more }
  )

const seeds = Array.from({ length: 10 }, (_, index) => index + 1)

describe.each(lawfulDesigns)("designs: $name", (design) => {
  it("obeys the laws, and is explained by its own variant and by no other, whatever the seed", async () => {
    for (const seed of seeds) {
      const result = await checked(design, { seed })
      expect(result.trouble).toBeUndefined()
      expect(result.broken).toEqual([])
      const explaining = result.variants.filter(({ verdict }) => verdict === "pass").map(({ name }) => name)
      expect([seed, ...explaining]).toEqual([seed, ...(design.variant === undefined ? [] : [design.variant])])
      expect(verdictOf(casesOf(result, false))).toBe("pass")
    }
  })

  it("is told so in these words", async () => {
    const result = await checked(design, {})
    const cases = casesOf(result, false).filter(({ id }) => id.includes("/follows/"))
    const told = [
      variantLine(result),
      ...cases.map(({ id, verdict, why }) => `${id}: ${verdict}${why === undefined ? "" : `: ${why}`}`)
    ]
    expect(adapterRow(result, casesOf(result, false), false).divergences).toEqual([])
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(`goldens/${design.name}.txt`)
  })
})

describe("designs: told apart", () => {
  it("the error list takes every transition of its variant", async () => {
    const { tour } = await checked(lawfulDesign("error-list"), { tour: true })
    expect(tour).toMatchObject({
      variant: "errorList",
      transitions: 2_171,
      untried: 0,
      complete: true,
      doubtful: false
    })
  })

  it("the error list as it is modelled breaks no law in any state of a scope", () => {
    const { laws, counts } = explore(pair(errorList, { ...small, vbuckets: 1, calls: 1, requests: [setup(0)] }, []))
    expect(counts.distinct).toBe(56)
    expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
  })

  it.each([
    ["crash", "errorList"],
    ["error-list", "reference"],
    ["last-words", "reference"]
  ])("%s fails where %s is asked for by name, in a story of a few steps", async (name, variant) => {
    const result = await checked(lawfulDesign(name), { variant, runs: 60 })
    const [found] = result.variants
    expect(found).toMatchObject({ name: variant, verdict: "fail" })
    expect(found?.divergence?.story.length).toBeLessThanOrEqual(12)
    expect(verdictOf(casesOf(result, true))).toBe("fail")
  })
})

describe("designs: behind a pipe", () => {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-designs-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const child = fileURLToPath(new URL("child.mjs", import.meta.url))

  it("a design that nobody has thought of is green", async () => {
    const adapter = `exec '${process.execPath}' '${child}' last-words`
    const words = ["--role", "consumer-connection", "--runs", "30", "--report", join(folder, "report")]
    const { status, out } = await portcullis("check", "--adapter", adapter, ...words)
    expect(status).toBe(0)
    await expect(out.replaceAll(folder, "")).toMatchFileSnapshot("goldens/last-words-behind-a-pipe.txt")
  })
})
