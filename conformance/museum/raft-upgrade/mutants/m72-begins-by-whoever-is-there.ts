import { Membership } from "../../../../impl/raft-upgrade/upgrade/membership.ts"
import { mutant } from "../mutant.ts"

class BeginsByWhoeverIsThere extends Membership {
  override leaveOut(): boolean {
    return !this.hasLooked
  }
}

export const M72 = mutant(
  "M72",
  {
    sentence: "A node says that it has not looked for the group, and begins by the one that asked and goes.",
    origin: "ours: a repair of the reference; decision 0029",
    breaks: ["V7"],
    seenIn: "a node leaves while another sets out, which has said that it has not"
  },
  { machinery: { Membership: BeginsByWhoeverIsThere } }
)
