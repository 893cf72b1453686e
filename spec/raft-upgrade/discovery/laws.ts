/** The laws that one node that looks for group 0 can be held to: those of the whole, judged on what its steps show. */
import { type HistoryLaw, history, type Law, type Memory } from "../../law.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { S2, S3 } from "../laws/groups.ts"
import { type Cluster, cluster } from "../memories/cluster.ts"
import type { DiscoveryLabel } from "./labels.ts"
import { seenAs } from "./seen.ts"

const clusterOfSteps: Memory<Cluster, DiscoveryLabel> = {
  name: cluster.name,
  init: cluster.init,
  on: (memory, step) => seenAs(step).reduce(cluster.on, memory)
}

/** The same law of steps; it goes by what it remembers between the labels of one. */
const onSteps = ({
  id,
  sentence,
  source,
  reading,
  breaks
}: HistoryLaw<RaftUpgradeLabel, Cluster>): HistoryLaw<DiscoveryLabel, Cluster> =>
  history(id, {
    sentence,
    source,
    ...(reading === undefined ? {} : { reading }),
    follows: clusterOfSteps,
    breaks: (before, step) => {
      let now = before
      for (const label of seenAs(step)) {
        const next = cluster.on(now, label)
        const why = breaks(now, label, next)
        if (why !== undefined) return why
        now = next
      }
      return undefined
    }
  })

/** What a node that looks for the group is judged by, whoever built it. */
export const discoveryRoleLaws: ReadonlyArray<Law<DiscoveryLabel>> = [onSteps(S2), onSteps(S3)]
