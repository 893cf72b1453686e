import { describe, expect, it } from "vitest"
import { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { Change } from "../../../spec/view-building/messages.ts"
import { renderSvg } from "../svg-diagram.ts"
import { malformation } from "../well-formed.ts"
import { buildingDiagram } from "./building-story.ts"
import { buildingSentence } from "./building-words.ts"
import { changeWords } from "./change-words.ts"
import { everyChange, everyLabel } from "./sample-labels.ts"

describe("report: view building: words", () => {
  it("every kind of label is a sentence", () => {
    expect(new Set(everyLabel.map(({ _tag }) => _tag))).toEqual(new Set(Object.keys(ViewBuildingLabel.cases)))
    expect(everyLabel.map(buildingSentence).join("\n")).toMatchInlineSnapshot(`
      "A leads in term 2
      the coordinator of term 1 stops
      the registrator of A takes a guard at 3
      the coordinator of term 2 collects task 1 (at 4)
      the coordinator of term 2 comes too late: group 0 is at 4, not at 3
      a command of an operator fails
      A applies group 0 up to 4
      A cannot apply what group 0 says at 4
      A takes B for down
      the coordinator of term 2 calls A.1 for tasks 1, 2 (call 1)
      call 1 comes back: Disconnected
      call 1 of term 2 asks A.1 for task 1
      call 1 has caught up on A.1: 4, term 2
      call 1 waits for batch 1 on A.1
      A.1 answers call 1: tasks 1, 2 done
      A.1 begins batch 1 of tasks 1, 2: build_range of tablet 4 of t
      batch 1 on A.1 lets go of task 2
      batch 1 on A.1 reads k = x @1 of s on shard 0
      v gets k deleted @2 from A.1
      the attempt of batch 1 on A.1 fails
      batch 1 on A.1 is aborted
      A.1 begins to flush t
      A.1 has flushed t for v
      w1 sets out for A.1 (staging): k = x @1, sent on to no view
      w1 has come to A.1 in s
      t is truncated
      A.1 drops its data of tablet 4 of t
      s waits to be registered for A.1
      s is on the list of A.1 for task 1
      s on A.1 leaves staging
      s on A.1 is written anew as s2
      A knows what is in staging on its disk
      A takes no view for built
      the worker of A is drained
      A falls
      A comes back
      200 ms pass"
    `)
  })

  it("every kind of change has words", () => {
    expect(new Set(everyChange.map(({ _tag }) => _tag))).toEqual(new Set(Object.keys(Change.cases)))
    expect(everyChange.map(changeWords).join("\n")).toMatchInlineSnapshot(`
      "makes older guards worthless
      takes t in hand
      says that v is built and is through with t
      fills in statuses of t
      collects tasks 1, 2
      starts task 1
      finishes no task
      puts s to task 3
      creates t
      creates view v of t, which is empty
      drops view v
      drops t
      drops t and u
      moves tablet 4 of t on to write_both_read_old
      moves tablet 4 of t from end_migration to the end
      splits the tablets of t
      lets B join
      begins to take B out
      lets B go
      enables VIEW_BUILDING_COORDINATOR
      changes something else"
    `)
  })

  it("a story of every kind of label can be drawn", () => {
    const story = everyLabel.map((label, k) => ({ rule: `${k}`, actor: "A", labels: [label] }))
    expect(malformation(renderSvg(buildingDiagram("everything", story)))).toBeUndefined()
  })
})
