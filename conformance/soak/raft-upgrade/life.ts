/** The life of one cluster: it begins without group 0, goes there while it is killed, and ends in one of many ways; then it is judged. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { readJournal } from "../../adapters/raft-upgrade-processes.ts"
import { mergedJournals, toldSoFar } from "../journals.ts"
import type { Life, LifeOptions, RoundResult } from "../soak.ts"
import { Stuck, within } from "../waiting.ts"
import { Performance } from "./acts.ts"
import { Clients } from "./clients.ts"
import { end } from "./endings.ts"
import { Ground } from "./ground.ts"
import { isOwed, judged } from "./judged.ts"
import { type Plan, planOf } from "./plan.ts"

/** How long a cluster may take, once nothing is asked of it any more, until nobody in it waits for anything. */
const quietMs = 30_000
const readEveryMs = 50

/**
 * Starts a cluster, has something done with it, and ends it. Resolves with all that happened. Throws where the processes or their
 * journals cannot be relied on.
 */
export const historyOf = async (
  options: Pick<LifeOptions, "directory" | "fence">,
  play: (ground: Ground) => Promise<void>
): Promise<ReadonlyArray<RaftUpgradeLabel>> => {
  const { directory } = options
  const ground = await Ground.start(options)
  try {
    await play(ground)
    // Somebody may be in the middle of something, and a history that is cut off there would say that he waits for ever.
    const isQuiet = async (): Promise<boolean> => !isOwed(toldSoFar(readJournal, directory, ground.tellers))
    await within(quietMs, isQuiet, readEveryMs)
  } finally {
    await ground.end()
  }
  return mergedJournals(readJournal, directory, ground.tellers).map(({ label }) => label)
}

/** Runs rounds on a cluster that is started for them, and judges what happened. Throws where nothing can be said of it. */
export const live = async ({ directory, seed, rounds, fence }: LifeOptions): Promise<Life<RaftUpgradeLabel>> => {
  const results: RoundResult[] = []
  // A cluster goes to group 0 once, so each round has one of its own.
  const labels = await historyOf({ directory, fence }, async (ground) => {
    for (const round of rounds) results.push(await play(ground, planOf(seed, round)))
  })
  return { directory, rounds: results, labels, breaches: judged(labels) }
}

const play = async (ground: Ground, plan: Plan): Promise<RoundResult> => {
  const began = performance.now()
  const clients = new Clients(ground)
  const performing = new Performance(ground, clients)
  const complaints: string[] = []
  let orders = 0
  try {
    await performing.perform(plan)
    orders = await end({ ground, clients, performance: performing }, plan.ending)
    await settle(ground, clients)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    complaints.push(error.message)
  }
  const { met } = performing
  const seconds = (performance.now() - began) / 1000
  return { round: plan.round, operations: clients.asked + orders, kills: ground.kills, met, complaints, seconds }
}

/** Whoever is left makes changes, all have them, and nothing is gone that a client was told is done. */
const settle = async (ground: Ground, clients: Clients): Promise<void> => {
  await clients.settled()
  for (const node of ground.nodes) await clients.insist(node)
  await ground.untilArrived()
  await ground.untilAgreed(clients.acknowledged)
}
