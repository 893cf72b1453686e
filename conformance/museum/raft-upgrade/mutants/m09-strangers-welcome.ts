import { Ring } from "../../../../impl/raft-upgrade/node/ring.ts"
import { mutant } from "../mutant.ts"

class WelcomesAll extends Ring {
  protected override isStranger(): boolean {
    return false
  }
}

export const M09 = mutant(
  "M09",
  {
    sentence: "A node takes one of another group for its peer.",
    origin: "scylladb commit 2230abc9b2, issue 14448; dossier 5, row 9",
    breaks: ["S23"],
    seenIn: "a node of the group before, which was on its way to the ring, is started again after a recovery"
  },
  { machinery: { Ring: WelcomesAll } }
)
