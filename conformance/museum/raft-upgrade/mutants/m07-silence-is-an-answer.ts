import { PersistentDiscovery } from "../../../../impl/raft-upgrade/discovery/persistent-discovery.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { ExchangeAnswer } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

class TakesSilenceForAnAnswer extends PersistentDiscovery {
  protected override hear(of: NodeId, answer: ExchangeAnswer | undefined): void {
    super.hear(of, answer ?? { _tag: "Peers", peers: [] })
  }
}

export const M07 = mutant(
  "M07",
  {
    sentence: "Who does not answer one who looks for the group counts as one who has answered.",
    origin: "synthetic; dossier 5, row 7",
    breaks: ["S4", "S1"],
    seenIn: "a node that the others do not know looks for the group, and one of them does not answer"
  },
  { machinery: { PersistentDiscovery: TakesSilenceForAnAnswer } }
)
