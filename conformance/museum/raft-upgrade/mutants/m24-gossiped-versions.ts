import type { Membership } from "../../../../impl/raft-upgrade/upgrade/membership.ts"
import { type Collected, SchemaSynchronisation } from "../../../../impl/raft-upgrade/upgrade/schema-synchronisation.ts"
import { mutant } from "../mutant.ts"

const gossiped = new WeakMap<Membership, Collected>()

/** What it has heard of versions before is as good as what gossip would say. */
class GoesByGossip extends SchemaSynchronisation {
  protected override async collect(): Promise<Collected> {
    const known = gossiped.get(this.membership)
    if (this.mayFinishEarly && known !== undefined) return known
    const collected = await super.collect()
    gossiped.set(this.membership, collected)
    return collected
  }
}

export const M24 = mutant(
  "M24",
  {
    sentence: "The second comparison goes by versions that were heard some time ago.",
    origin: "admitted: rejected in the review of scylladb pull request 10835; dossier 5, row 24",
    breaks: ["S10", "S11"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { SchemaSynchronisation: GoesByGossip } }
)
