/** One part of the battery: a story that somebody wrote, or a storm that a seed decides. */
import type { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { Storm } from "../../adapters/raft-upgrade-cluster/storm.ts"
import type { Change } from "./mutant.ts"
import { lawsOf, type Story, type Told, tell } from "./story.ts"

export interface Trial {
  readonly name: string
  /** What it can be judged by. */
  readonly laws: ReadonlyArray<Law<RaftUpgradeLabel>>
  readonly tell: (change: Change) => Promise<Told>
}

export const trialOf = (story: Story): Trial => ({
  name: story.name,
  laws: lawsOf(story),
  tell: (change) => tell(story, change)
})

const steps = 60
const stepsBeforeRecovery = 40

/** A storm that all come out of. */
export const storm = (seed: number): Trial =>
  blown(`storm ${seed}`, (change, began) => Storm.of(seed, steps, { ...change, began }))

/** A storm that takes some nodes away for good, so that the others go through the recipe. */
export const stormAndRecovery = (seed: number): Trial =>
  blown(`storm and recovery ${seed}`, (change, began) =>
    Storm.recovered(seed, stepsBeforeRecovery, { ...change, began })
  )

const blown = (name: string, blow: (change: Change, began: (cluster: Cluster) => void) => Promise<unknown>): Trial => ({
  name,
  laws: lawsOf({}),
  tell: async (change) => {
    const begun: Cluster[] = []
    const stuck: unknown[] = []
    try {
      await blow(change, (cluster) => begun.push(cluster))
    } catch (error) {
      // A storm that something is stuck in does not end well, and what was told of it says why.
      stuck.push(error)
    }
    const labels = begun.flatMap((cluster) => cluster.labels)
    return { labels, defects: [...begun.flatMap(({ defects }) => defects), ...stuck].map(String) }
  }
})
