// Goal: our clusters say what the conversations say. Method: play them; UPDATE_TALK=1 writes down what was heard instead.
import { describe, expect, test } from "vitest"
import { readScenario, rewriteScenario, scenario, scenarioNames } from "../../../talk/scenarios.ts"
import { parseTalk, printTalk } from "../../../talk/talk-file.ts"
import { playUpgrade } from "./play.test-support.ts"

describe("raft upgrade: conversations", () => {
  test.each(scenarioNames("raft-upgrade"))("raft upgrade: conversations: %s", async (name) => {
    const conversation = scenario("raft-upgrade", name)
    const { heard, faults } = await playUpgrade(conversation)
    if (process.env.UPDATE_TALK === "1") rewriteScenario("raft-upgrade", name, conversation, heard)
    else expect(printTalk(conversation, heard)).toBe(readScenario("raft-upgrade", name))
    expect(faults).toEqual([])
  })

  test.each([
    ["make haste", '"make haste" says nothing to a cluster'],
    ["pause at lunch at A", '"at lunch" is none of before the dry run, before discovery']
  ])("raft upgrade: conversations: a line that cannot be done is told with its place: %s", async (line, problem) => {
    const playing = playUpgrade(parseTalk("a.talk", `# why\n\ncluster A B\n${line}\n----\n`))
    await expect(playing).rejects.toThrow(`a.talk:4: ${problem}`)
  })

  test("raft upgrade: conversations: what does not come to pass is told, and is a fault", async () => {
    const { heard, faults } = await playUpgrade(
      parseTalk("a.talk", "# why\n\ncluster A B\nbe brief\nstart A\nuntil A has arrived\n----\n")
    )
    expect(heard[0]?.at(-1)).toBe('"until A has arrived" does not come to pass')
    expect(faults).toContain('"until A has arrived" does not come to pass')
  })
})
