import { Bootstrap } from "../../../../impl/raft-upgrade/upgrade/bootstrap.ts"
import { mutant } from "../mutant.ts"

class GoesByWhatItKnows extends Bootstrap {
  protected override readBarrier(): Promise<void> {
    return Promise.resolve()
  }
}

export const M27 = mutant(
  "M27",
  {
    sentence: "A new node waits for the members that it knows of, and it knows of none yet.",
    origin: "derived: scylladb service/raft/raft_group0.cc setup_group0; dossier 5, row 27",
    breaks: ["S8"],
    seenIn: "a new node is let in while the others have not gone to synchronize, and does not learn by whom"
  },
  { machinery: { Bootstrap: GoesByWhatItKnows } }
)
