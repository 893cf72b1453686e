import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { setup, small } from "../../model/dcp/bounds.ts"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { checkDcp, type DcpSetting, dcpGround, dcpToken } from "../kit/dcp/dcp-roles.ts"
import { decodeToken, encodeToken, type Replay } from "../kit/token.ts"
import { counterexampleFile } from "./counterexamples.ts"
import { exploreScope } from "./explored-scope.ts"
import { protocolNamed, scopeNamed } from "./protocols.ts"
import { portcullis, RecordingShell } from "./shell.test-support.ts"

const setting: DcpSetting = { environment: "alone", variant: "beforeFix", bounds: { ...small, requests: [setup(0)] } }

/** Our consumer connection does not follow the design before the fix, and that makes a divergence to play with. */
const divergence = async (): Promise<string> => {
  const result = await checkDcp(consumerAdapter(), dcpGround("dcp/consumer-connection", setting), {
    seed: 1,
    runs: 500
  })
  return dcpToken(result, setting) ?? ""
}

describe("cli: replay", () => {
  let folder = ""
  let token = ""
  let replay: Replay

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-replay-"))
    token = await divergence()
    replay = decodeToken(token)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const file = (value: unknown): string => {
    const path = join(folder, "replay.json")
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value))
    return path
  }

  it("a token of the kit tells the same divergence again, and fails", async () => {
    const { status, out } = await portcullis("replay", token)
    expect(status).toBe(1)
    expect(out).toContain("portcullis as dcp/consumer-connection does what its model does not allow\n")
    expect(out).toMatch(/\n\nfail: it diverges as it did then\n$/)
  })

  it("a file with what a token holds, or with the token, does as well", async () => {
    const { out } = await portcullis("replay", token)
    expect(await portcullis("replay", file(replay))).toEqual({ status: 1, out, err: "" })
    expect(await portcullis("replay", file(`${token}\n`))).toEqual({ status: 1, out, err: "" })
  })

  it("a divergence that is gone passes", async () => {
    const fixed = encodeToken({ ...replay, setting: { ...setting, variant: "reference" } })
    expect(await portcullis("replay", fixed)).toMatchObject({
      status: 0,
      out: "pass: implementation and model agree in every step\n"
    })
  })

  it("a step that no longer exists leaves it unknown", async () => {
    const lost = encodeToken({ ...replay, steps: [{ rule: "prayer", choice: null }] })
    expect(await portcullis("replay", lost)).toMatchObject({ status: 2 })
  })

  it("a token of an exploration explores again and tells the same story", async () => {
    const { status, out } = await portcullis("replay", "dcp/asShippedTakeover/DCP-L3")
    const { out: explored } = await portcullis("explore", "dcp", "--scope", "asShippedTakeover")
    expect(status).toBe(1)
    expect(explored).toContain(out.slice(0, out.indexOf("fail:")).trimEnd())
  })

  it("a law that holds there passes", async () => {
    expect(await portcullis("replay", "dcp/oneStream/DCP-L1")).toMatchObject({ status: 0 })
  })

  it("a counterexample in a file is followed step by step, and a story that cannot happen is unknown", async () => {
    const dcp = protocolNamed("dcp")
    const overrides = { variant: {}, without: [] }
    const explored = exploreScope(scopeNamed(dcp, "asShippedTakeover"), overrides, new RecordingShell())
    const hang = explored.found.laws.find(({ id }) => id === "DCP-L3")
    const kept = counterexampleFile(dcp, explored, hang!)
    expect(await portcullis("replay", file(kept))).toMatchObject({ status: 1 })
    expect(await portcullis("replay", file({ ...kept, law: "DCP-S1" }))).toMatchObject({ status: 0 })
    expect(await portcullis("replay", file({ ...kept, story: kept.story.slice(1) }))).toMatchObject({ status: 2 })
  })

  it("JSON says whether it shows, and tells the story in lines", async () => {
    const { out } = await portcullis("replay", token, "--json")
    expect(JSON.parse(out)).toMatchObject({ shows: true, sentence: "it diverges as it did then" })
  })

  it("garbage is told from a token, with where it is wrong and what was expected", async () => {
    const garbage: ReadonlyArray<readonly [text: string, complaint: string]> = [
      ["gibberish", '"gibberish" is neither a file nor a token; a token is PROTOCOL/SCOPE/LAW'],
      [token.slice(0, 40), "this token was cut or changed on its way: its checksum does not fit"],
      [token.replace("portcullis1", "portcullis7"), "this token has version 7, but this kit reads version 1"],
      ["dcp/nowhere/DCP-L1", 'there is no scope of dcp "nowhere"; there is oneStream'],
      ["dcp/oneStream/DCP-Z9", 'there is no law of dcp "DCP-Z9"; there is DCP-S1'],
      ["dcp/oneStream/DCP-S18", "DCP-S18 is not judged in scope oneStream; there is DCP-S1"],
      ["dcp/oneStream/DCP-L1+endPolicy=pray", 'dcp parameter endPolicy cannot be "pray"'],
      [encodeToken({ ...replay, role: "dcp/king" }), "this replay is about dcp/king (in process); there is dcp/"],
      [
        encodeToken({ ...replay, implementation: "theirs" }),
        'there is no implementation "theirs"; there is portcullis'
      ],
      [encodeToken({ ...replay, setting: { environment: "space" } }), "this replay cannot be set up: Expected "],
      [
        encodeToken({ ...replay, setting: { ...setting, bounds: { ...setting.bounds, vbuckets: 1e9 } } }),
        'this replay cannot be set up: Expected a value between 0 and 64; at ["bounds"]["vbuckets"]'
      ],
      [folder, `cannot read ${folder}: `],
      [file("{"), `${join(folder, "replay.json")} holds neither a token nor JSON: `]
    ]
    for (const [text, complaint] of garbage) {
      const { status, out, err } = await portcullis("replay", text)
      expect({ status, out, err: err.slice(0, complaint.length + 12) }).toEqual({
        status: 4,
        out: "",
        err: `portcullis: ${complaint}`
      })
    }
    expect((await portcullis("replay", file({ protocol: "dcp" }))).err).toMatch(
      / is no replay: Missing key; at \["role"\]/
    )
  })
})
