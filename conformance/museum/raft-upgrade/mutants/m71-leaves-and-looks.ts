import { UpgradeFiber } from "../../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import { mutant } from "../mutant.ts"

class GoesOn extends UpgradeFiber {
  protected override get hasLeft(): boolean {
    return false
  }
}

export const M71 = mutant(
  "M71",
  {
    sentence:
      "A node that has left before anybody had begun looks for the group, and when it stops the others wait for it.",
    origin: "ours: a repair of the reference; decision 0029",
    breaks: ["V7"],
    seenIn: "a node leaves before anybody has begun, and is told to stop after a while"
  },
  { machinery: { UpgradeFiber: GoesOn } }
)
