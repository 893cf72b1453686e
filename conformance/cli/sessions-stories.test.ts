/**
 * Goal: a cluster's long stories are read at a glance. Method: golden texts and pictures of two.
 *
 * To find a story of half a million states again would take too long here, so it is kept, and followed through the model.
 * It is what `portcullis replay sessions/noWaiting/SES-D2 --json` prints as its counterexample.
 */
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { apartIn } from "../report/counterexample.ts"
import { storyDiagram } from "../report/story.ts"
import { renderSvg } from "../report/svg-diagram.ts"
import { toldCounterexample } from "./counterexamples.ts"
import { protocolNamed } from "./protocols.ts"
import { replayInput } from "./replay-input.ts"
import { portcullis } from "./shell.test-support.ts"

const kept = fileURLToPath(new URL("goldens/no-waiting-d2.json", import.meta.url))

describe("cli: stories of sessions", () => {
  it("scenario J: a barrier that does not wait, and the row is back", async () => {
    const { status, out } = await portcullis("replay", kept)
    await expect(out).toMatchFileSnapshot("goldens/no-waiting-d2.txt")
    expect(status).toBe(1)
  })

  it("scenario J as a picture, under the same numbers", async () => {
    const input = replayInput(kept)
    if (input._tag !== "Counterexample") throw new TypeError("the file holds no counterexample")
    const told = toldCounterexample(protocolNamed("sessions"), input.file)
    const drawn = storyDiagram("No waiting", told.story, apartIn(told))
    await expect(renderSvg(drawn)).toMatchFileSnapshot("goldens/no-waiting-d2.svg")
    const { out } = await portcullis("replay", kept)
    for (const { step } of drawn.events) expect(out).toMatch(new RegExp(`^ +([0-9]+-)?${step}  `, "m"))
  })

  it("a restore that ends without a barrier leaves somebody behind", async () => {
    const { out } = await portcullis("explore", "sessions", "--scope", "asShippedRestore")
    await expect(out).toMatchFileSnapshot("goldens/as-shipped-restore-s8.txt")
  })

  it("JSON keeps every step and every word, and can be replayed itself", async () => {
    const { out } = await portcullis("replay", "sessions/asShippedRestore/SES-S8", "--json")
    const { counterexample, told } = JSON.parse(out)
    expect(counterexample.story).toHaveLength(14)
    expect(told.join("\n")).toContain("14 steps, told in 7 lines")
  })

  it("a registry's story is a sentence a step", async () => {
    const { out } = await portcullis("replay", "sessions/registry.drainsOnlyNew/SES-S3")
    expect(out).toContain("\n       10  enter 2 as g1: refused: GateClosed\n      2 is open and refuses entry\n")
  })
})
