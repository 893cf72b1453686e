import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import type { Told } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

/** That a member can be found is that it answers. */
class HearsAllOrNobody extends LastSteps {
  protected override throughOf(asked: ReadonlyArray<NodeId>, told: ReadonlyArray<Told>): NodeId | undefined {
    return told.length === asked.length ? super.throughOf(asked, told) : undefined
  }
}

export const M14 = mutant(
  "M14",
  {
    sentence: "Who waits for all to be in synchronize hears nobody as long as one of them cannot be found.",
    origin: "scylladb commit a45e0765e4, issue 13543; dossier 5, row 14",
    breaks: ["V3"],
    seenIn: "the first has arrived, another is lost, and the third is still in synchronize"
  },
  { machinery: { LastSteps: HearsAllOrNobody } }
)
