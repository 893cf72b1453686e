import { UpgradeFiber } from "../../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import { mutant } from "../mutant.ts"

/** The one that has no tokens. */
const tokenless = "C"

class CountsTokens extends UpgradeFiber {
  constructor(...[context, membership, ring, made]: ConstructorParameters<typeof UpgradeFiber>) {
    const withTokens = {
      get peers() {
        return ring.peers.filter((peer) => peer !== tokenless)
      },
      catchUp: () => ring.catchUp()
    }
    super(context, membership, withTokens, made)
  }
}

export const M52 = mutant(
  "M52",
  {
    sentence: "Who has no tokens is left out of the list of peers, and nobody waits until that one is in the group.",
    origin: "scylladb commits 262566216b, 02bb70da19; dossier 5, row 52",
    breaks: ["S13"],
    seenIn: "one of the three has not come to the group, and is held up"
  },
  { machinery: { UpgradeFiber: CountsTokens } }
)
