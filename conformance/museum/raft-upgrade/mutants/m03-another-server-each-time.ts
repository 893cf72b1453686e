import { Membership } from "../../../../impl/raft-upgrade/upgrade/membership.ts"
import type { ServerId } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"

class MintsAnew extends Membership {
  protected override async ownServer(): Promise<ServerId> {
    const { self, store, mint, tell } = this.context
    const server = mint.server()
    await store.local.update((local) => ({ ...local, server }))
    tell({ _tag: "ServerStored", node: self, server })
    return server
  }
}

export const M03a = mutant(
  "M03a",
  {
    sentence: "A node that falls while it looks for the group comes back with another server.",
    origin: "admitted: scylladb service/raft/discovery.hh; dossier 5, row 3",
    breaks: ["S4", "S1"],
    seenIn: "two nodes fall while they look for the group, and the third has not begun",
    lawful: "a node knows its own server best, and nobody creates the group before each has told its own"
  },
  { machinery: { Membership: MintsAnew } }
)

export const M03b = mutant(
  "M03b",
  {
    sentence: "The same, and whoever knew its first server ends itself.",
    origin: "admitted: scylladb service/raft/discovery.hh; dossier 5, rows 3 and 49",
    breaks: ["S19", "V7", "V9"],
    seenIn: "two nodes fall while they look for the group, and the third has not begun",
    beside: { upgrade: { otherServer: "crashes" } }
  },
  { machinery: { Membership: MintsAnew } }
)
