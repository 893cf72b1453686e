// Goal: each rule of order has a conversation that fails without it. Method: play it with the rule taken out; either what is heard is
// another thing, or it does not come to its end.
import { afterEach, describe, expect, test, vi } from "vitest"
import { AppliedState } from "../../../../impl/view-building/node/applied-state.ts"
import { StagingShard } from "../../../../impl/view-building/node/staging-shard.ts"
import { Term } from "../../../../spec/metadata.ts"
import { scenario, scenarioNames } from "../../../talk/scenarios.ts"
import { playBuilding } from "./play.test-support.ts"
import type { ClusterOptions } from "./twin.test-support.ts"

/** A rule taken out. */
interface Without {
  /** The conversation about it. */
  readonly talk: string
  /** The number of the mutant that it is like. */
  readonly like?: string
  /** The law that the conversation then breaks; none where it is only heard. */
  readonly breaks?: string
  readonly options?: ClusterOptions
  /** Where the twin has no choice: takes the rule out of it. */
  readonly tamper?: () => void
}

const worker = (choice: ClusterOptions["worker"]): ClusterOptions => (choice === undefined ? {} : { worker: choice })
const coordinator = (choice: ClusterOptions["coordinator"]): ClusterOptions =>
  choice === undefined ? {} : { coordinator: choice }

/** An sstable leaves the list as it is chosen. */
const takenOffAsChosen = (): void => {
  const { of } = StagingShard.prototype
  vi.spyOn(StagingShard.prototype, "of").mockImplementation(function (this: StagingShard, base, range) {
    const chosen = of.call(this, base, range)
    for (const sstable of chosen) this.remove(sstable)
    return chosen
  })
}

/** Nobody notes that a staging task has begun. */
const begunUnnoted = (): void => {
  vi.spyOn(StagingShard.prototype, "start").mockResolvedValue()
}

/** A worker takes every coordinator for that of the first term. */
const firstTermForEver = (): void => {
  vi.spyOn(AppliedState.prototype, "term", "get").mockReturnValue(Term.make(1))
}

const cases: ReadonlyArray<Without> = [
  { talk: "order-views-before-the-wait", like: "M61", breaks: "S17", options: worker({ flushFor: "beforeFlush" }) },
  { talk: "order-registered-as-things-stand", like: "M41", breaks: "S14", options: worker({ tablet: "asItCame" }) },
  { talk: "order-begun-before-looked-for", like: "M13", breaks: "S16", tamper: begunUnnoted },
  { talk: "order-off-the-list-last", like: "M17", breaks: "S14", tamper: takenOffAsChosen },
  { talk: "order-found-on-disk-is-queued", like: "M42", breaks: "S16", options: worker({ discovers: "attaches" }) },
  { talk: "order-found-on-disk-is-queued", like: "M42", breaks: "S16", options: worker({ reuses: "notStarted" }) },
  { talk: "order-look-before-sleep", like: "M44", breaks: "L6", options: coordinator({ hears: "callsOnly" }) },
  { talk: "order-observer-holds-nothing", like: "M46", options: worker({ observer: "keepsApply" }) },
  {
    talk: "order-revert-takes-pending-tasks",
    like: "M39",
    breaks: "S7",
    options: coordinator({ pendingStaging: "kept" })
  },
  { talk: "order-rollback-of-its-own-tablet", like: "M37", options: coordinator({ rollsBack: "everyTablet" }) },
  { talk: "order-drop-takes-staging", like: "M40", breaks: "S7", options: coordinator({ dropTable: "leaves" }) },
  { talk: "order-drop-takes-staging", like: "M40", breaks: "S7", options: worker({ droppedTable: "registered" }) },
  { talk: "order-cleanup-of-its-own-shard", like: "M43", breaks: "L6r", options: worker({ cleansUp: "everyShard" }) },
  { talk: "order-staged-from-creation-on", breaks: "D2", options: worker({ stages: "ifStarted" }) },
  { talk: "order-rewritten-under-its-new-name", like: "M33", breaks: "L4", options: worker({ rewritten: "stale" }) },
  { talk: "order-stopped-is-not-done", like: "M38", breaks: "S14", options: worker({ generatorStopped: "done" }) },
  { talk: "order-term-after-the-barrier", like: "M06", tamper: firstTermForEver },
  { talk: "truncation", like: "M34", breaks: "D3", options: worker({ truncation: "uncoordinated" }) }
]

describe("view-building: ordering rules", () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test.each(cases)(
    "view-building: ordering rules: $talk fails without it ($like, $breaks)",
    async ({ talk, breaks, options, tamper }) => {
      tamper?.()
      const conversation = scenario("view-building", talk)
      const { heard, faults } = await playBuilding(conversation, options)
      expect(heard).not.toEqual(conversation.exchanges.map((exchange) => exchange.heard))
      if (breaks !== undefined) expect(faults.map((fault) => fault.split(" ")[0])).toContain(`VB-${breaks}`)
    }
  )

  test("view-building: ordering rules: what is said to be about one is, but where no part of the twin can be without it", () => {
    const named = scenarioNames("view-building").filter((name) => name.startsWith("order-"))
    const shown = new Set(cases.map(({ talk }) => talk))
    expect(named.filter((name) => !shown.has(name))).toEqual([
      "order-building-before-staging",
      "order-collection-looks-again"
    ])
  })
})
