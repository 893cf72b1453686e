import { crc32, deflateRawSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { asShipped, reference } from "../../model/dcp/variants.ts"
import { checkDcp, dcpGround, dcpToken, replayDcp } from "./dcp/dcp-roles.ts"
import { modelMade } from "./dcp/model-made.test-support.ts"
import { alone } from "./dcp/settings.ts"
import { decodeToken, encodeToken, type Replay } from "./token.ts"

const replay: Replay = {
  protocol: "dcp",
  role: "dcp/consumer-connection",
  way: "in process",
  implementation: "mine",
  setting: { environment: "alone", variant: "reference", bounds: {} },
  steps: [{ rule: "call", choice: { _tag: "Call", request: { _tag: "SetupStreams", vbuckets: [0] } } }],
  expected: ["reply c1: ok"],
  actual: []
}
const token = encodeToken(replay)

const whyNot = (text: string): string => {
  try {
    decodeToken(text)
    return "read"
  } catch (error) {
    return String(error)
  }
}

describe("kit: token", () => {
  test("what was put in comes out, also with blanks around it", () => {
    expect(decodeToken(`  ${token}\n`)).toEqual(replay)
    expect(token).toMatch(/^portcullis1\.[A-Za-z0-9_-]+\.[a-z0-9]+$/)
  })

  test("garbage is told apart by what is wrong with it", () => {
    const packed = deflateRawSync(JSON.stringify({ protocol: "dcp" }))
    const sealed = `portcullis1.${packed.toString("base64url")}.${crc32(packed).toString(36)}`
    const texts = {
      "another word": whyNot("dcp-crash-4KX9"),
      "a token of the future": whyNot(token.replace("portcullis1", "portcullis7")),
      "a token with a stranger in it": whyNot(token.replace(/^(.{30})./, "$1%")),
      "a token that was cut": whyNot(token.slice(0, -20)),
      "a token with one letter changed": whyNot(token.replace(/^(.{30})./, "$1_")),
      "somebody else's content": whyNot(sealed)
    }
    expect(texts).toMatchInlineSnapshot(`
      {
        "a token of the future": "TokenError: this token has version 7, but this kit reads version 1: replay it with its own kit",
        "a token that was cut": "TokenError: this token was cut or changed on its way: its checksum does not fit",
        "a token with a stranger in it": "TokenError: this token has "%" at position 30, which no token has",
        "a token with one letter changed": "TokenError: this token was cut or changed on its way: its checksum does not fit",
        "another word": "TokenError: this is no replay token: one begins with "portcullis1.", not with "dcp-crash-4KX9"",
        "somebody else's content": "TokenError: this token holds no replay: Missing key at ["role"]",
      }
    `)
  })

  test("no text makes it fail in any other way", () => {
    const text = fc.oneof(
      fc.string(),
      fc.base64String().map((body) => `portcullis1.${body}.1`)
    )
    fc.assert(fc.property(text, (garbage) => whyNot(garbage).startsWith("TokenError: ")))
  })

  test("a divergence is seen again from its token, and not with another implementation", async () => {
    const result = await checkDcp(modelMade(asShipped), dcpGround("dcp/consumer-connection", alone), {
      seed: 1,
      runs: 500
    })
    const story = decodeToken(dcpToken(result, alone)!)
    expect(await replayDcp(story, modelMade(asShipped))).toMatchObject({ _tag: "Same", divergence: result.divergence })
    expect(await replayDcp(story, modelMade(reference))).toEqual({ _tag: "Agreed" })
  })

  test("a story that the model does not allow is told with the step where it leaves it", async () => {
    const steps = [...replay.steps, { rule: "call", choice: { _tag: "Dance" } }]
    const story = { ...replay, setting: alone, steps }
    expect(await replayDcp(story, modelMade())).toEqual({ _tag: "Impossible", rule: "call", position: 2 })
  })

  test("a token of another role or another protocol's setting is refused", () => {
    expect(() => replayDcp({ ...replay, role: "dcp/proxy-pair" }, modelMade())).toThrow(
      "this token is about dcp/proxy-pair, but model-made plays dcp/consumer-connection"
    )
    expect(() => replayDcp({ ...replay, setting: 7 }, modelMade())).toThrow("names no variant")
  })
})
