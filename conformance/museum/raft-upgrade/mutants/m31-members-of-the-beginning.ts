import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class WaitsForThoseOfTheBeginning extends LastSteps {
  #first: ReadonlyArray<NodeId> | undefined

  protected override get others(): ReadonlyArray<NodeId> {
    this.#first ??= super.others
    return this.#first
  }
}

export const M31 = mutant(
  "M31",
  {
    sentence: "Who waits for all to be in synchronize waits for one that has arrived and left meanwhile.",
    origin: "admitted in scylladb service/raft/raft_group0.cc leave_group0; dossier 5, row 31",
    breaks: ["V7"],
    seenIn: "the first that arrives leaves while the others ask it in vain"
  },
  { machinery: { LastSteps: WaitsForThoseOfTheBeginning } }
)
