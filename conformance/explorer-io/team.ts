/** Exploring with several threads: the model's team, with worker threads for helpers. */
import { once } from "node:events"
import { Worker } from "node:worker_threads"
import type { Exploration, ExploreOptions } from "../../model/explorer/exploration.ts"
import { explore } from "../../model/explorer/explore.ts"
import { mostWorkers, type SharedMemory, sharedMemory } from "../../model/explorer/team/shared.ts"
import { programBeside } from "../package/program.ts"
import { type Source, systemFrom } from "./source.ts"

/** What a helper is started with. */
export interface Task {
  readonly source: Source
  readonly me: number
  readonly memory: SharedMemory
}

/** Explores with `workers` threads, this one included: the same report as with one. */
export const exploreInTeam = async (
  source: Source,
  workers: number,
  options: ExploreOptions = {}
): Promise<Exploration<unknown>> => {
  const system = await systemFrom(source)
  if (workers <= 1) return explore(system, options)
  if (workers > mostWorkers) throw new RangeError(`a team has at most ${mostWorkers} workers`)
  const memory = sharedMemory(workers, system.rules.length)
  const helpers = Array.from({ length: workers - 1 }, (_, index) => {
    const workerData: Task = { source, me: index + 1, memory }
    return new Worker(programBeside(import.meta.url, "helper-thread"), { workerData, execArgv: [] })
  })
  try {
    // Only once every helper waits may this thread block.
    await Promise.all(helpers.map((helper) => once(helper, "message")))
    return explore(system, { ...options, team: memory })
  } finally {
    await Promise.all(helpers.map((helper) => helper.terminate()))
  }
}
