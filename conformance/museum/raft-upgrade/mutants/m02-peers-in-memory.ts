import { PersistentDiscovery } from "../../../../impl/raft-upgrade/discovery/persistent-discovery.ts"
import type { PeerList } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

class RemembersPeers extends PersistentDiscovery {
  protected override get told(): PeerList {
    return this.discovery.peerList
  }

  protected override store(): Promise<void> {
    return Promise.resolve()
  }
}

export const M02 = mutant(
  "M02",
  {
    sentence: "Whom a node discovers is kept in memory only.",
    origin: "scylladb commit 4147ef94b0, issue 9593; dossier 5, row 2",
    breaks: ["S3", "S4", "S1"],
    seenIn: "a node that the others do not know comes to create the group, and those that it has asked fall"
  },
  { machinery: { PersistentDiscovery: RemembersPeers } }
)
