/** The thread of a helper. */
import { parentPort, workerData } from "node:worker_threads"
import { help } from "../../model/explorer/team/helper.ts"
import { systemFrom } from "./source.ts"
import type { Task } from "./team.ts"

const { source, me, memory } = workerData as Task
help(await systemFrom(source), me, memory, () => parentPort?.postMessage("ready"))
