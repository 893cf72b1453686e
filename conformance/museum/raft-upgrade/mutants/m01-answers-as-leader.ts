import { PersistentDiscovery } from "../../../../impl/raft-upgrade/discovery/persistent-discovery.ts"
import { Membership } from "../../../../impl/raft-upgrade/upgrade/membership.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { ExchangeAnswer, PeerList } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

/** Until its group is stored it says whom it knows, and takes nobody in any more. */
class AnswersAsLeader extends PersistentDiscovery {
  override async answer(from: NodeId, peers: PeerList): Promise<ExchangeAnswer> {
    return this.discovery.isLeader ? { _tag: "Peers", peers: this.told } : super.answer(from, peers)
  }
}

class KeepsDiscovery extends Membership {
  protected override afterDiscovery(): PersistentDiscovery | undefined {
    return this.discovery
  }
}

export const M01 = mutant(
  "M01",
  {
    sentence: "A node that has come to create the group goes on telling those who look for it whom it knows.",
    origin: "scylladb commit 586ef8fc23; dossier 5, row 1",
    breaks: ["S4", "S1"],
    seenIn: "a node that the others do not know looks for the group when one of them has come to create it"
  },
  { machinery: { PersistentDiscovery: AnswersAsLeader, Membership: KeepsDiscovery } }
)
