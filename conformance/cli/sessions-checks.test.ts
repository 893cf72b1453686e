import { describe, expect, it } from "vitest"
import { everything } from "../../model/sessions/registry/registry-alone.ts"
import { decodeToken, encodeToken } from "../kit/token.ts"
import { M05 } from "../museum/sessions/mutants/m05-drain-without-waiting.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { renderDivergence } from "../report/divergence.ts"
import { registryCheck } from "./sessions-checks.ts"
import { sessionsTranscripts } from "./sessions-transcripts.ts"

const effort = { seed: 1, runs: 300, interrupted: () => false, onProgress: () => undefined }

const hasty = registryCheck(
  registryAdapter("hasty", () => new M05.subject()),
  { variant: { base: "inCreationOrder" }, bounds: { sessions: 2, guards: 2, drains: 2, asks: everything } },
  300
)

describe("cli: sessions checks", () => {
  it("a registry that does not wait fails, with a story in sentences and a token that tells it again", async () => {
    const { verdict, role, divergences } = await hasty.check(effort)
    expect({ verdict, role }).toEqual({ verdict: "fail", role: "registry" })
    const [found] = divergences
    const { replay, ...told } = found!
    await expect(`${renderDivergence(told)}\n`).toMatchFileSnapshot("goldens/divergence-hasty-registry.txt")
    expect(await hasty.replay?.(decodeToken(replay ?? ""))).toEqual({ _tag: "Diverged", same: true, divergence: told })
  })

  it("a setting that is none is refused", async () => {
    const { divergences } = await hasty.check(effort)
    const replay = decodeToken(divergences[0]?.replay ?? "")
    const wide = decodeToken(encodeToken({ ...replay, setting: { variant: {}, bounds: { sessions: 99 } } }))
    await expect(hasty.replay?.(wide)).rejects.toThrow()
  })

  it("the recording is explained by the model and by ours, and stopping early is no pass", async () => {
    const rows = await Promise.all(sessionsTranscripts.map((check) => check.check({ ...effort, runs: 750 })))
    expect(rows.map(({ verdict, runs }) => ({ verdict, runs }))).toEqual([
      { verdict: "pass", runs: 750 },
      { verdict: "pass", runs: 750 }
    ])
    const [first] = sessionsTranscripts
    expect(await first?.check({ ...effort, interrupted: () => true })).toMatchObject({ verdict: "unknown", runs: 0 })
  })
})
