/** The thread that does the work of one command line. */
import { writeSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"
import { watchGroups } from "../transport/process-groups.ts"
import { run } from "./program.ts"
import { ProgressLine } from "./progress-line.ts"
import type { Shell } from "./shell.ts"
import type { ThreadData, ThreadMessage } from "./thread-messages.ts"

const { argv, stop, errIsTerminal, columns, colour }: ThreadData = workerData
const flag = new Int32Array(stop)

const send = (message: ThreadMessage): void => parentPort?.postMessage(message)

/** Straight to the terminal, because a thread that computes does not get to send messages in time. */
const toTerminal = (text: string): void => {
  try {
    writeSync(2, text)
  } catch {
    // A terminal that is busy loses a line of progress, which the next one replaces anyway.
  }
}

watchGroups((group, lives) => send({ _tag: "Group", group, lives }))

const progress = new ProgressLine(errIsTerminal ? toTerminal : () => undefined, () => performance.now())

const shell: Shell = {
  print: (text) => {
    progress.clear()
    send({ _tag: "Out", text: `${text}\n` })
  },
  complain: (text) => {
    progress.clear()
    send({ _tag: "Err", text: `${text}\n` })
  },
  progress: (text) => progress.show(text),
  interrupted: () => Atomics.load(flag, 0) === 1,
  now: () => performance.now(),
  style: columns === 0 ? { colour } : { colour, width: Math.max(60, Math.min(columns, 110)) }
}

send({ _tag: "Done", status: await run(argv, shell) })
