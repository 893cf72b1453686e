/** Walking with several threads: each takes its share of the walks, and one tells what they all came through. */
import { Worker } from "node:worker_threads"
import type { Exploration } from "../../model/explorer/exploration.ts"
import { tellWalks, type WalkOptions, walk } from "../../model/explorer/walk.ts"
import { together, type Walked } from "../../model/explorer/walked.ts"
import type { Way } from "../../model/explorer/wander.ts"
import { programBeside } from "../package/program.ts"
import { type Source, systemFrom } from "./source.ts"

/** What a walker is started with: it takes every so manieth walk, beginning with its own. */
export interface WalkersTask {
  readonly source: Source
  readonly way: Way
  readonly walks: number
  readonly me: number
  readonly workers: number
  /** How many walks were begun, and whether to stop. */
  readonly control: SharedArrayBuffer
}

/** Where in the control array things stand. */
export const controlWord = { begun: 0, stop: 1 } as const

const lookEvery = 100

/** Walks with `workers` threads: the same report as with one. `interrupted` is asked now and then. */
export const walkInTeam = async (
  source: Source,
  workers: number,
  options: WalkOptions,
  onBegun: (walks: number) => void = () => undefined
): Promise<Exploration<unknown>> => {
  const system = await systemFrom(source)
  if (workers <= 1) return walk(system, options)
  const control = new SharedArrayBuffer(8)
  const words = new Int32Array(control)
  const { walks, steps, seed, interrupted } = options
  const look = setInterval(() => {
    onBegun(Atomics.load(words, controlWord.begun))
    if (interrupted?.() === true) Atomics.store(words, controlWord.stop, 1)
  }, lookEvery)
  try {
    const tasks = Array.from(
      { length: Math.min(workers, walks) },
      (_, me): WalkersTask => ({ source, way: { steps, seed }, walks, me, workers: Math.min(workers, walks), control })
    )
    return tellWalks(system, options, together(await Promise.all(tasks.map(walkedBy))))
  } finally {
    clearInterval(look)
  }
}

const walkedBy = (workerData: WalkersTask): Promise<Walked> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(programBeside(import.meta.url, "walker-thread"), { workerData, execArgv: [] })
    worker.once("message", resolve)
    worker.once("error", reject)
  })
