import type { Group0 } from "../../../../impl/raft-upgrade/group0/raft-server.ts"
import { Operator } from "../../../../impl/raft-upgrade/node/operator.ts"
import { recovery } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

/** Whoever is in no group takes others off the ring at once, as scylladb does before commit 563998b69a. */
export class SeesNoGroup extends Operator {
  protected override async group(): Promise<Group0 | undefined> {
    const { state, signal } = this.context
    if (state.now === recovery || this.membership.group === null) return undefined
    await state.upgraded(signal)
    return this.membership.server
  }
}

export const M32 = mutant(
  "M32",
  {
    sentence:
      "A node that is in no group itself takes one off the ring that is in it, and all others wait for that one.",
    origin: "admitted: service/raft/raft_group0.cc remove_from_group0; dossier 5, row 32",
    breaks: ["V7", "V9"],
    seenIn: "a node dies in the group, and is removed by one that is on its way there"
  },
  { machinery: { Operator: SeesNoGroup } }
)
