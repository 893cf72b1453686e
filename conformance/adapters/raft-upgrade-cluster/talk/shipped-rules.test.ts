// Goal: where the reference repairs what ships, a conversation is told otherwise by what ships. Method: play it with that repair taken out.
import { describe, expect, test } from "vitest"
import type { UpgradeOptions } from "../../../../impl/raft-upgrade/options.ts"
import { scenario } from "../../../talk/scenarios.ts"
import { playUpgrade } from "./play.test-support.ts"

interface Without {
  readonly talk: string
  readonly upgrade: Partial<UpgradeOptions>
  /** The law that the conversation then breaks; none where it is only heard. */
  readonly breaks?: string
}

const cases: ReadonlyArray<Without> = [
  { talk: "b-creator-falls-unnamed", upgrade: { tellsOfGroup: "asServerStarts" }, breaks: "RU-S2" },
  { talk: "b-joiner-falls-unnamed", upgrade: { foundRows: "overwritten" }, breaks: "RU-V7" },
  { talk: "b-newcomer-falls", upgrade: { repeatedBootstrap: "goesBack" }, breaks: "RU-S5" },
  { talk: "g-joiner-while-looking", upgrade: { outsider: "takesPart" } },
  { talk: "join-leave-replace", upgrade: { firstIndex: 0 } }
]

describe("raft upgrade: conversations", () => {
  test.each(cases)(
    "raft upgrade: conversations: $talk is another without its repair ($breaks)",
    async ({ talk, upgrade, breaks }) => {
      const conversation = scenario("raft-upgrade", talk)
      const { heard, faults } = await playUpgrade(conversation, { upgrade })
      expect([heard, faults]).not.toEqual([conversation.exchanges.map((exchange) => exchange.heard), []])
      if (breaks !== undefined) expect(faults.map((fault) => fault.split(" ")[0])).toContain(breaks)
    }
  )
})
