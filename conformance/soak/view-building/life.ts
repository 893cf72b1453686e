/** The life of one cluster: some rounds one after the other, each with a base and clients of its own, and then the judgement. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { tableOf } from "../../../spec/view-building/metadata.ts"
import { tellersOf } from "../../adapters/processes.ts"
import { labelOf, readJournal, startProcesses } from "../../adapters/view-building-processes.ts"
import { checkLog, mergedJournals, toldSoFar } from "../journals.ts"
import type { Life, LifeOptions, RoundResult } from "../soak.ts"
import { Stuck, within } from "../waiting.ts"
import { Performance } from "./acts.ts"
import { Clients } from "./clients.ts"
import { Ground } from "./ground.ts"
import { isOwed, judged } from "./judged.ts"
import { keys, nodes, type Plan, planOf, shards } from "./plan.ts"
import { settled } from "./settlement.ts"

/** How long a cluster may take, once nothing is asked of it any more, until nobody in it waits for anything. */
const quietMs = 30_000

/** How often the journals are read meanwhile, which are long. */
const readEveryMs = 250

/**
 * Starts a cluster, has something done with it, and ends it. Resolves with all that happened. Throws where the processes or their
 * journals cannot be relied on.
 */
export const historyOf = async (
  { directory, fence }: Pick<LifeOptions, "directory" | "fence">,
  play: (ground: Ground) => Promise<void>
): Promise<ReadonlyArray<ViewBuildingLabel>> => {
  const ground = new Ground(await startProcesses({ directory, nodes, shards, fence }), nodes, directory)
  const tellers = tellersOf(nodes)
  let head = 0
  try {
    await ground.elect(nodes[0]!)
    await play(ground)
    // Somebody may be in the middle of something, and a history that is cut off there would say that he waits for ever.
    const isQuiet = async (): Promise<boolean> => !isOwed(toldSoFar(readJournal, directory, tellers).map(labelOf))
    await within(quietMs, isQuiet, readEveryMs)
    head = await ground.head()
  } finally {
    await ground.end()
  }
  const labels = mergedJournals(readJournal, directory, tellers).map(({ label }) => labelOf(label))
  checkLog(
    labels.flatMap((label) => (label._tag === "Committed" ? [label.at] : [])),
    head
  )
  return labels
}

/** Runs rounds on a cluster that is started for them, and judges what happened. Throws where nothing can be said of it. */
export const live = async ({ directory, seed, rounds, fence }: LifeOptions): Promise<Life<ViewBuildingLabel>> => {
  const results: RoundResult[] = []
  const labels = await historyOf({ directory, fence }, async (ground) => {
    for (const round of rounds) {
      const result = await play(ground, planOf(seed, round))
      results.push(result)
      // What one round has left behind would be held against the next.
      if (result.complaints.length > 0) break
    }
  })
  return { directory, rounds: results, labels, breaches: judged(labels) }
}

const play = async (ground: Ground, plan: Plan): Promise<RoundResult> => {
  const { round, base, acts } = plan
  const began = performance.now()
  const killed = ground.kills
  const clients = new Clients(ground, base)
  const performing = new Performance(ground, clients, base)
  const complaints: string[] = []
  try {
    await begin(ground, clients, plan)
    for (const act of acts) await performing.perform(act)
    complaints.push(...(await settled(ground, clients, base)))
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

/** A base with a row for each key, which no view has been sent. */
const begin = async (ground: Ground, clients: Clients, { base, tablets }: Plan): Promise<void> => {
  const still = tablets.map((tablet) => ({ ...tablet, transition: null }))
  await ground.insistAnywhere(
    { _tag: "CreateTable", base, tablets: still },
    async () => tableOf(await ground.state(), base) !== undefined
  )
  await ground.untilCaughtUp(base)
  await clients.run(
    [...keys.keys()].map((key, k) => ({ what: "write", key, via: nodes[k % nodes.length]!, restMs: 0 }))
  )
}
