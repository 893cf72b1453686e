/** What the soak of sessions consists of. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type Life, type Soak, type Soaking, type SoakOptions, soakWith } from "../soak.ts"
import { judging } from "./judged.ts"
import { live } from "./life.ts"
import { planOf } from "./plan.ts"
import { storyOf } from "./story.ts"

const isRefusal = (label: ClusterLabel): boolean =>
  label._tag === "CommitRefused" || ("reason" in label && label.reason !== null)

/** The last round whose clients have asked for anything before a place. */
const roundAt = ({ labels, rounds }: Life<ClusterLabel>, at: number): number => {
  const asked = labels.slice(0, at + 1).findLast((label) => label._tag === "RequestBegan")
  const own = rounds.find(({ round }) => asked?._tag === "RequestBegan" && asked.tablet === planOf(0, round).tablet)
  return own?.round ?? rounds[0]?.round ?? 0
}

const soaking: Soaking<ClusterLabel> = {
  roundsOfLife: 10,
  lanes: 2,
  laws: judging.length,
  live,
  planOf,
  storyOf: (life, at, round) => storyOf(life, at, planOf(0, round).tablet),
  roundAt,
  isRefusal
}

export const soak = (options: SoakOptions): Promise<Soak> => soakWith(soaking, options)
