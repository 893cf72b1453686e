import type { Told } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import { UpgradeFiber } from "../../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class WaitsForSomebody extends UpgradeFiber {
  protected override haveAnswered(asked: ReadonlyArray<NodeId>, told: ReadonlyArray<Told>): boolean {
    return asked.length > 0 && super.haveAnswered(asked, told)
  }
}

export const M12 = mutant(
  "M12",
  {
    sentence: "A node that has nobody to ask waits until it has.",
    origin: "near miss in scylladb commit b35af73fdf, pull request 18285; dossier 5, row 12",
    breaks: ["V1", "V4"],
    seenIn: "one node, and a change"
  },
  { machinery: { UpgradeFiber: WaitsForSomebody } }
)
