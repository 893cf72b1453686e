/** What the soak of the way to group 0 consists of. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { type Soak, type Soaking, type SoakOptions, soakWith } from "../soak.ts"
import { judging } from "./judged.ts"
import { live } from "./life.ts"
import { planOf } from "./plan.ts"
import { storyOf } from "./story.ts"

const isRefusal = (label: RaftUpgradeLabel): boolean =>
  label._tag === "OperationRefused" || (label._tag === "ReconfigurationEnded" && label.failure !== null)

const soaking: Soaking<RaftUpgradeLabel> = {
  roundsOfLife: 1,
  lanes: 3,
  laws: judging.length,
  live,
  planOf,
  storyOf: ({ labels }, at) => storyOf(labels, at),
  roundAt: ({ rounds }) => rounds[0]?.round ?? 0,
  isRefusal
}

export const soak = (options: SoakOptions): Promise<Soak> => soakWith(soaking, options)
