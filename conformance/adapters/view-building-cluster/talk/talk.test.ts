// Goal: our clusters say what the conversations say. Method: play them; UPDATE_TALK=1 writes down what was heard instead.
import { describe, expect, test } from "vitest"
import { readScenario, rewriteScenario, scenario, scenarioNames } from "../../../talk/scenarios.ts"
import { printTalk } from "../../../talk/talk-file.ts"
import { playBuilding } from "./play.test-support.ts"

describe("view-building: conversations", () => {
  test.each(scenarioNames("view-building"))("view-building: conversations: %s", async (name) => {
    const conversation = scenario("view-building", name)
    const { heard, faults } = await playBuilding(conversation)
    if (process.env.UPDATE_TALK === "1") rewriteScenario("view-building", name, conversation, heard)
    else expect(printTalk(conversation, heard)).toBe(readScenario("view-building", name))
    expect(faults).toEqual([])
  })
})
