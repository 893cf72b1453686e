/** What came of running a cluster's replay again, whatever its protocol: the laws that it breaks this time, beside those that were told. */
import type { ClusterOutcomeOf } from "../kit/cluster/check-cluster.ts"
import type { Replay } from "../kit/token.ts"
import type { Label } from "../report/story.ts"
import type { ReplayedRole } from "./role-check.ts"

export const replayedCluster = (
  implementation: string,
  role: string,
  { labels, broken }: Pick<ClusterOutcomeOf<Label>, "labels" | "broken">,
  replay: Replay
): ReplayedRole => {
  if (broken.length === 0) return { _tag: "Agreed" }
  const actual = broken.map(({ law, why }) => `${law}: ${why}`)
  const story = [{ rule: "cluster", actor: "cluster", labels }]
  const divergence = { implementation, role, relation: "laws" as const, story, expected: [], actual }
  return { _tag: "Diverged", same: actual.join() === replay.actual.join(), divergence }
}
