import type { Rounds } from "../../../../impl/raft-upgrade/upgrade/rounds.ts"
import { UpgradeFiber } from "../../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import { mutant } from "../mutant.ts"

class WaitsOnly extends UpgradeFiber {
  protected override async restAndLookAround(rounds: Rounds): Promise<void> {
    await rounds.rest()
  }
}

export const M73 = mutant(
  "M73",
  {
    sentence: "Whoever did not hear that a dead node is off the ring waits for it until its own end.",
    origin: "ours: a repair of the reference; decision 0029",
    breaks: ["V7"],
    seenIn: "a dead node is off the ring, and one of the others does not hear of it"
  },
  { machinery: { UpgradeFiber: WaitsOnly } }
)
