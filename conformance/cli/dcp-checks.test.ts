import { describe, expect, it } from "vitest"
import { setup, small } from "../../model/dcp/bounds.ts"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { decodeToken } from "../kit/token.ts"
import { dcpCheck } from "./dcp-checks.ts"

const beforeFix = dcpCheck(
  consumerAdapter(),
  "alone",
  { environment: "alone", variant: "beforeFix", bounds: { ...small, requests: [setup(0)] } },
  500
)
const effort = { seed: 1, runs: 500, interrupted: () => false, onProgress: () => undefined }

describe("cli: dcp checks", () => {
  it("an implementation that does not follow its variant fails, with a story and a token that tells it again", async () => {
    const { verdict, role, divergences } = await beforeFix.check(effort)
    expect({ verdict, role }).toEqual({ verdict: "fail", role: "consumer-connection alone" })
    const [found] = divergences
    expect(found?.story.length).toBeGreaterThan(0)
    const { replay, ...told } = found!
    expect(await beforeFix.replay?.(decodeToken(replay ?? ""))).toEqual({
      _tag: "Diverged",
      same: true,
      divergence: told
    })
  })

  it("a run that somebody stops is no pass", async () => {
    expect(await beforeFix.check({ ...effort, interrupted: () => true })).toMatchObject({ verdict: "unknown", runs: 0 })
  })
})
