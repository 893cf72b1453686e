import { describe, expect, it } from "vitest"
import { NodeId } from "../../../spec/metadata.ts"
import { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { renderSvg } from "../svg-diagram.ts"
import { malformation } from "../well-formed.ts"
import { isOpening, openingSentence } from "./opening.ts"
import { sentenceOf } from "./said.ts"
import { everyLabel } from "./sample-labels.ts"
import { upgradeDiagram } from "./upgrade-story.ts"
import { saidOf } from "./upgrade-words.ts"

const stored = everyLabel.find(({ _tag }) => _tag === "GroupStored")

describe("report: raft upgrade: words", () => {
  it("every kind of label is a sentence", () => {
    expect(new Set(everyLabel.map(({ _tag }) => _tag))).toEqual(new Set(Object.keys(RaftUpgradeLabel.cases)))
    expect(everyLabel.map((label) => sentenceOf([saidOf(label)])).join("\n")).toMatchInlineSnapshot(`
      "A begins in pre, with no group on its disk
      A begins in recovery, with the state "pray", group 1 and schema {a1} on its disk
      A stops
      A ends itself: a peer has two servers
      A is new on the ring
      A takes B and C for its peers
      A sees that every node knows of group 0
      A stores recovery
      A stores pre
      A stores synchronize: nobody begins a schema change here any more
      A stores post
      A goes by recovery: group 0 is out of use here
      A goes by pre: schema changes are merged here and pushed to the others
      A goes by synchronize: schema changes are refused here
      A goes by post: schema changes here go by group 0
      A sets out for group 0 from synchronize
      A asks its peers again in 2000 ms (round 2)
      A tries to join again in 2000 ms (round 2)
      A looks again whether all have joined in 2000 ms (round 2)
      A compares schemas again in 2000 ms (round 2)
      A asks the members again in 2000 ms (round 2)
      A asks again who is in synchronize in 2000 ms (round 2)
      A compares schemas again in 2000 ms (round 2)
      A tries to catch up again in 2000 ms (round 2)
      A has had an answer of every peer (U1)
      A has joined (U2)
      A ends its wait for its peers to be in the group (U3)
      A has heard of no schema that differs from its own (U4)
      A has had an answer of every member (U5)
      A ends its wait for the members to be in synchronize (U7)
      A has heard of no schema that differs from its own (U8)
      A has caught up with the group (B3)
      A waits no more: B is through, so everybody was ready
      A gives up until it is restarted: a schema cannot be merged
      A tells B that it is in synchronize
      A hears nothing of how far B is
      A hears which schema B has: a1+b1
      A hears nothing of the schema of B
      A makes itself an identity: server 1
      A looks for the group
      B stores whom it has heard of: A (server 1), C (server unknown)
      A tells B whom it knows: A (server 1), C (server unknown)
      A asks B for the group
      A tells B that it has nothing to tell
      A tells B whom it knows: A (server 1), C (server unknown)
      A tells B of group 1
      B gets no answer of A
      B hears that A has nothing to tell
      B hears whom A knows: A (server 1), C (server unknown)
      B hears of group 1 from A
      A takes it on itself to create the group, and names it 1
      A has found group 1 by way of B
      A makes its first snapshot of group 1 (index 0, as good as none)
      A starts its server of group 1
      A stores that its group is 1
      A asks B to begin as group 1
      A asks B to begin as group 1
      A asks B to be let into group 1
      A asks B to let C into group 1
      A asks B for a vote in group 1
      A asks B to give C a vote in group 1
      A asks B to have no vote in group 1 any more
      A asks B to take the vote of C in group 1 away
      A asks B to be let go by group 1
      A asks B to let C go from group 1
      A asks B to take A out of group 1
      A asks B to take C out of group 1
      A is told that it is done
      A is not told that it is done: no answer came in time, and it may yet be so
      group 1 is A and B (no vote) from now on
      A learns who is in group 1: A and B (no vote), half way to another
      A begins schema change a1 on the old path, in recovery (operation 9)
      A begins schema change a1 by group 0 (operation 9)
      A turns operation 9 away: it is in synchronize
      A acknowledges operation 9
      A pushes {a1} to B
      group 1 agrees on command 1 of A: a1, for whoever is at the beginning
      A applies command 1
      A comes to command 1, and it changes nothing here: the history does not fit
      A loads a snapshot of group 1, with all up to command 1
      A merges the change: it has {a1}
      A merges what was pushed: it has {a1}
      A pulls another's schema: it has {a1}
      A takes in another's schema: it has {a1}
      A merges the command's change: it has {a1}
      A takes over the snapshot's schema: it has {a1}
      A leaves the ring
      A takes B off the ring
      the operator has made sure that B is dead and does not return
      the operator writes "recovery" for the state on the disk of A (R2)
      the operator deletes the state from the disk of A (R7)
      the operator erases the group's name from the disk of A (R5)
      the operator erases from the disk of A whom it knows (R5)
      the operator erases the history of commands from the disk of A (R5)
      the operator erases its server's identity from the disk of A
      1000 ms pass"
    `)
  })

  it("what one node does in one step is one sentence about it", () => {
    const [began, , fell] = everyLabel.map(saidOf)
    expect(sentenceOf([began!, fell!, { who: "B", does: "waits" }])).toBe(
      "A begins in pre, with no group on its disk; stops; B waits"
    )
  })

  it("a story that begins in the middle begins with where everybody is", () => {
    const [began] = everyLabel
    const both = [began!, { ...began!, node: NodeId.make("B") } as typeof began & object, stored!]
    expect(openingSentence(both)).toBe("it has come to this: A is in pre, with group 1; B is in pre")
    expect([isOpening(both), isOpening([began!])]).toEqual([true, false])
  })

  it("a story of every kind of label can be drawn", () => {
    const story = everyLabel.map((label, k) => ({ rule: `${k}`, actor: "A", labels: [label] }))
    expect(malformation(renderSvg(upgradeDiagram("everything", story)))).toBeUndefined()
  })
})
