import { describe, expect, test } from "vitest"
import { talkStage } from "../adapters/dcp-talk-stage.ts"
import { modelStage } from "./dcp-model-stage.ts"
import { play, variantsOf } from "./dcp-play.ts"
import type { DcpStage } from "./dcp-stage.ts"
import { readScenario, rewriteScenario, scenario, scenarioNames } from "./scenarios.ts"
import { printTalk } from "./talk-file.ts"

/** Designs that exist in bytes as well. Of the others there is only the model. */
const inBytes: Readonly<Record<string, () => Promise<DcpStage>>> = { reference: () => talkStage() }

const rewriting = process.env.UPDATE_TALK === "1"

describe("dcp: conversations", () => {
  for (const name of scenarioNames("dcp")) {
    const conversation = scenario("dcp", name)
    for (const [index, { name: variant, variant: design }] of variantsOf(conversation).entries()) {
      test(`dcp: conversations: ${name}: the model tells it (${variant})`, async () => {
        const heard = await play(conversation, () => modelStage(design))
        // The others must tell the same, so only the first is written down.
        if (rewriting && index === 0) rewriteScenario("dcp", name, conversation, heard)
        expect(printTalk(conversation, heard)).toBe(readScenario("dcp", name))
      })
      const start = inBytes[variant]
      if (start !== undefined)
        test(`dcp: conversations: ${name}: our proxy pair tells it in bytes (${variant})`, async () => {
          const heard = await play(conversation, start)
          expect(printTalk(conversation, heard)).toBe(readScenario("dcp", name))
        })
    }
  }

  test("dcp: conversations: each is kept for a reason of its own", () => {
    const reasons = scenarioNames("dcp").map((name) => scenario("dcp", name).why.join("\n"))
    expect(new Set(reasons).size).toBe(reasons.length)
    expect(Math.min(...reasons.map((why) => why.length))).toBeGreaterThan(60)
  })
})
