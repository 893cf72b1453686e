import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import type { Told } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import { Questions } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { GroupId } from "../../../../spec/raft-upgrade/ids.ts"
import { post } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

/** An answer does not say which group it is of. */
class HearsNoGroup extends Questions {
  override finisher(_group: GroupId | null, told: ReadonlyArray<Told>): NodeId | undefined {
    return told.find(({ state }) => state === post)?.node
  }
}

class AsksPeers extends LastSteps {
  protected override async allSynchronize(): Promise<NodeId | undefined> {
    const { questions, store } = this.context
    const told = await questions.states(store.ring.value.peers)
    return questions.finisher(this.membership.group, told) ?? (await super.allSynchronize())
  }
}

export const M60 = mutant(
  "M60",
  {
    sentence:
      "Who may stop waiting asks its peers, and not the members of its group, and does not ask of which group they are.",
    origin: "plausible; dossier 5, row 60",
    breaks: ["S17", "S8"],
    seenIn: "the first has arrived, another is lost, and the third is still in synchronize",
    lawful:
      "whoever sets out looks for the group among its peers first, and finds the one that is there (S1); later none of another group comes to be a peer (S23)"
  },
  { machinery: { LastSteps: AsksPeers, Questions: HearsNoGroup } }
)
