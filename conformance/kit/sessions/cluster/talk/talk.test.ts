// Goal: our clusters say what the conversations say. Method: play them; UPDATE_TALK=1 writes down what was heard instead.
import { describe, expect, test } from "vitest"
import { clusterAdapter } from "../../../../adapters/sessions-cluster/index.ts"
import { readScenario, rewriteScenario, scenario, scenarioNames } from "../../../../talk/scenarios.ts"
import { printTalk } from "../../../../talk/talk-file.ts"
import { playCluster } from "./play.ts"

describe("sessions: conversations", () => {
  test.each(scenarioNames("sessions"))("%s", async (name) => {
    const conversation = scenario("sessions", name)
    const heard = await playCluster(conversation, clusterAdapter())
    if (process.env.UPDATE_TALK === "1") rewriteScenario("sessions", name, conversation, heard)
    else expect(printTalk(conversation, heard)).toBe(readScenario("sessions", name))
    expect(heard.flat().filter((line) => line.includes("is broken"))).toEqual([])
  })
})
