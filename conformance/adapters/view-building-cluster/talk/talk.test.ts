// Goal: our clusters say what the conversations say. Method: play them; UPDATE_TALK=1 writes down what was heard instead.
import { describe, expect, test } from "vitest"
import { readScenario, rewriteScenario, scenario, scenarioNames } from "../../../talk/scenarios.ts"
import { parseTalk, printTalk } from "../../../talk/talk-file.ts"
import { playBuilding } from "./play.test-support.ts"

describe("view-building: conversations", () => {
  test.each(scenarioNames("view-building"))("view-building: conversations: %s", async (name) => {
    const conversation = scenario("view-building", name)
    const { heard, faults } = await playBuilding(conversation)
    if (process.env.UPDATE_TALK === "1") rewriteScenario("view-building", name, conversation, heard)
    else expect(printTalk(conversation, heard)).toBe(readScenario("view-building", name))
    expect(faults).toEqual([])
  })

  test.each([
    ["make haste", '"make haste" says nothing to a cluster'],
    ["pause lunch", '"lunch" is none of tasks, observer, registrator, flush'],
    ["move 7 of t from A.0 to B.0", "t has no tablet 7"]
  ])("view-building: conversations: a line that cannot be done is told with its place: %s", async (line, problem) => {
    const text = `# why\n\ncluster A B\ntable t: 9 on A.0\n${line}\n----\n`
    const playing = playBuilding(parseTalk("a.talk", text))
    await expect(playing).rejects.toThrow(`a.talk:5: ${problem}`)
  })

  test("view-building: conversations: what does not come to pass is told, and is a fault", async () => {
    const text =
      "# why\n\ncluster A\ntable t: 9 on A.0\npause tasks\ncreate view v on t\nbe brief\nuntil v is built\n----\n"
    const { heard, faults } = await playBuilding(parseTalk("a.talk", text))
    expect(heard[0]?.at(-1)).toBe('"until v is built" does not come to pass')
    expect(faults).toContain('"until v is built" does not come to pass')
  })
})
