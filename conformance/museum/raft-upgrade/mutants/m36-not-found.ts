import type { Group0 } from "../../../../impl/raft-upgrade/group0/raft-server.ts"
import { Operator } from "../../../../impl/raft-upgrade/node/operator.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { Purpose } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

class GoesByWhatItHasHeard extends Operator {
  protected override async reconfigure(server: Group0, purpose: Purpose, of: NodeId): Promise<void> {
    const isKnown = server.configuration.members.some(({ node }) => node === of)
    if (isKnown) await super.reconfigure(server, purpose, of)
  }
}

export const M36 = mutant(
  "M36",
  {
    sentence:
      "Whoever removes a node that he does not find in the group takes it for one that is out, and it keeps its vote.",
    origin: "scylladb commits ee19411783, 4429885543; dossier 5, row 36",
    breaks: ["V8"],
    seenIn: "a node dies that its remover does not know to be in the group"
  },
  { machinery: { Operator: GoesByWhatItHasHeard } }
)
