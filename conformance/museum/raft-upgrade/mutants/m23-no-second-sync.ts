import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class ComparesOnce extends LastSteps {
  protected override secondSync(): Promise<NodeId | undefined> {
    return Promise.resolve(undefined)
  }
}

export const M23 = mutant(
  "M23",
  {
    sentence: "Schemas are compared before synchronize, and not again.",
    origin: "synthetic: comment in scylladb do_upgrade_to_group0; dossier 5, row 23",
    breaks: ["S10", "S11", "S18"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { LastSteps: ComparesOnce } }
)
