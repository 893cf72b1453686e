import type { Group0 } from "../../../../impl/raft-upgrade/group0/raft-server.ts"
import { Operator } from "../../../../impl/raft-upgrade/node/operator.ts"
import { mutant } from "../mutant.ts"

class WaitsForNothing extends Operator {
  protected override group(): Promise<Group0 | undefined> {
    return Promise.resolve(this.membership.server)
  }
}

export const M34 = mutant(
  "M34",
  {
    sentence: "A node leaves the group, or has another leave it, before it has arrived.",
    origin: "plausible; dossier 5, row 34",
    breaks: ["S14", "S8"],
    seenIn: "a node is to leave before it is in synchronize, and the others are"
  },
  { machinery: { Operator: WaitsForNothing } }
)
