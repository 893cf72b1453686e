import { UpgradeFiber } from "../../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import { mutant } from "../mutant.ts"

class WaitsForNobodyToJoin extends UpgradeFiber {
  protected override allJoined(): Promise<void> {
    return Promise.resolve()
  }
}

export const M63 = mutant(
  "M63",
  {
    sentence: "A node that has joined the group goes on without waiting for its peers to join.",
    origin: "ours: dossier 2.7, U3",
    breaks: ["S13"],
    seenIn: "who joins the group falls when it knows of the group"
  },
  { machinery: { UpgradeFiber: WaitsForNobodyToJoin } }
)
