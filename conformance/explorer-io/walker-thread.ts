/** The thread of a walker. */
import { parentPort, workerData } from "node:worker_threads"
import { wander } from "../../model/explorer/wander.ts"
import { systemFrom } from "./source.ts"
import { controlWord, type WalkersTask } from "./walkers.ts"

const { source, way, walks, me, workers, control } = workerData as WalkersTask
const words = new Int32Array(control)

function* share(): Generator<number> {
  for (let number = me; number < walks; number += workers) {
    Atomics.add(words, controlWord.begun, 1)
    yield number
  }
}

parentPort?.postMessage(
  wander(await systemFrom(source), way, share(), () => Atomics.load(words, controlWord.stop) === 1)
)
