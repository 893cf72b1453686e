import type { Self } from "../../../../impl/raft-upgrade/discovery/discovery.ts"
import type { RaftServer } from "../../../../impl/raft-upgrade/group0/raft-server.ts"
import { Membership } from "../../../../impl/raft-upgrade/upgrade/membership.ts"
import type { GroupId } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"
import { bySteps } from "./recipe.ts"

class TakesTheRowsThatAreThere extends Membership {
  protected override begin(me: Self, group: GroupId, isCreator: boolean): Promise<RaftServer> {
    const [old = group] = isCreator ? [] : this.context.store.groups
    return super.begin(me, old, isCreator)
  }
}

export const M58 = mutant(
  "M58",
  {
    sentence: "A joiner takes the Raft rows that it finds for those of its group, and asks in the name of the old one.",
    origin: "plausible; scylladb issues 15014, 17918; dossier 5, row 58",
    breaks: ["V4", "S1"],
    seenIn: bySteps
  },
  { machinery: { Membership: TakesTheRowsThatAreThere } }
)
