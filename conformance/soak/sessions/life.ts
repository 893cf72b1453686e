/** The life of one cluster: some rounds one after the other, each with a tablet and clients of its own, and then the judgement. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type Metadata, type Tablet, Version } from "../../../spec/sessions/metadata.ts"
import { tellersOf } from "../../adapters/processes.ts"
import { readJournal, startProcesses } from "../../adapters/sessions-processes.ts"
import { mergedJournals, toldSoFar } from "../journals.ts"
import type { Life, LifeOptions, RoundResult } from "../soak.ts"
import { Stuck, within } from "../waiting.ts"
import { Performance } from "./acts.ts"
import { Clients } from "./clients.ts"
import { Ground } from "./ground.ts"
import { checkComplete, type Heard } from "./history.ts"
import { isOwed, judged } from "./judged.ts"
import { nodes, type Plan, planOf, shards } from "./plan.ts"
import { settled } from "./settlement.ts"

/** A cluster, and where its tablets are at first. */
export interface ClusterOptions extends Pick<LifeOptions, "directory" | "fence"> {
  readonly tablets: ReadonlyArray<Pick<Tablet, "tablet" | "replicas">>
}

/** How long a cluster may take, once nothing is asked of it any more, until nobody in it waits for anything. */
const quietMs = 30_000

/**
 * Starts a cluster, has something done with it that says what clients have heard, and ends it. Resolves with all that happened.
 * Throws where the processes or their journals cannot be relied on.
 */
export const historyOf = async (
  { directory, fence, tablets }: ClusterOptions,
  play: (ground: Ground) => Promise<ReadonlyArray<Heard>>
): Promise<ReadonlyArray<ClusterLabel>> => {
  const one = Version.make(1)
  const idle = tablets.map((tablet) => ({ ...tablet, transition: null }))
  const first: Metadata = { version: one, fence: one, session: null, nodes, ignored: [], tablets: idle }
  const cluster = await startProcesses({ directory, first, shards, fence })
  const ground = new Ground(cluster, nodes, directory)
  const tellers = tellersOf(nodes)
  let heard: ReadonlyArray<Heard> = []
  let head = 0
  try {
    heard = await play(ground)
    // A coordinator may be in the middle of a barrier of its own, and a history that is cut off there would say that it waits for ever.
    await within(quietMs, async () => !isOwed(toldSoFar(readJournal, directory, tellers)))
    head = await ground.head()
  } finally {
    await ground.end()
  }
  const labels = mergedJournals(readJournal, directory, tellers).map(({ label }) => label)
  checkComplete(labels, heard, head)
  return labels
}

/** Runs rounds on a cluster that is started for them, and judges what happened. Throws where nothing can be said of it. */
export const live = async ({ directory, seed, rounds, fence }: LifeOptions): Promise<Life<ClusterLabel>> => {
  const plans = rounds.map((round) => planOf(seed, round))
  const results: RoundResult[] = []
  const tablets = plans.map(({ tablet, replicas }) => ({ tablet, replicas }))
  const labels = await historyOf({ directory, fence, tablets }, async (ground) => {
    const heard: Heard[] = []
    for (const plan of plans) {
      const clients = new Clients(ground, plan.tablet)
      const result = await play(ground, clients, plan)
      results.push(result)
      heard.push(...clients.heard)
      // What one round has left behind would be held against the next.
      if (result.complaints.length > 0) break
    }
    return heard
  })
  return { directory, rounds: results, labels, breaches: judged(labels) }
}

const play = async (ground: Ground, clients: Clients, { round, tablet, acts }: Plan): Promise<RoundResult> => {
  const began = performance.now()
  const killed = ground.kills
  const performing = new Performance(ground, clients, tablet)
  const complaints: string[] = []
  try {
    for (const act of acts) await performing.perform(act)
    complaints.push(...(await settled(ground, clients, tablet)))
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    complaints.push(error.message)
  }
  return {
    round,
    operations: clients.asked + acts.length,
    kills: ground.kills - killed,
    met: performing.met,
    complaints,
    seconds: (performance.now() - began) / 1000
  }
}
